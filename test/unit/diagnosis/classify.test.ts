import assert from 'node:assert/strict';
import {
  classify,
  describeError,
  type ErrorKind,
  errnoNameOf,
  errorOfKind,
  isTlsError,
  nameError,
} from '../../../src/diagnosis/classify';
import { certificateError, ERRORS, errorInfo, sslError } from '../../support/exchanges';

describe('classify', () => {
  it('sees the same thing under all its names', () => {
    const cases: Record<ErrorKind, readonly Parameters<typeof classify>[0][]> = {
      cut: [
        ERRORS.brokenPipe,
        ERRORS.reset,
        ERRORS.resetMac,
        ERRORS.protoType,
        ERRORS.winAborted,
        ERRORS.winReset,
        ERRORS.sslEof,
        ERRORS.sslSyscall,
        ERRORS.remoteDisconnected,
        errorInfo('SSLZeroReturnError', { module: 'ssl', errno: 6 }),
        sslError('UNEXPECTED_EOF_WHILE_READING'),
        errorInfo('ServerDisconnectedError', { module: 'aiohttp.client_exceptions' }),
        errorInfo('OwnError', { bases: ['ConnectionResetError', 'OSError'] }),
      ],
      timeout: [ERRORS.timeout, ERRORS.oldTimeout, errorInfo('ReadTimeout', { bases: ['TimeoutError'] })],
      'gave-up': [ERRORS.kernelTimeout, errorInfo('OSError', { errno: 10060 })],
      refused: [ERRORS.refused, errorInfo('OSError', { errno: 10061 })],
      unreachable: [ERRORS.hostUnreachable, ERRORS.networkUnreachable, errorInfo('OSError', { errno: 10065 })],
      certificate: [certificateError(10, 'certificate has expired')],
      tls: [sslError('WRONG_VERSION_NUMBER')],
      incomplete: [ERRORS.incompleteRead],
      'would-block': [ERRORS.wouldBlock, errorInfo('SSLWantReadError', { module: 'ssl', errno: 2 })],
      other: [
        errorInfo('OSError', { errno: 105, errnoName: 'ENOBUFS' }),
        errorInfo('ValueError', { bases: ['Exception'] }),
      ],
    };
    for (const [kind, errors] of Object.entries(cases)) {
      for (const error of errors) assert.equal(classify(error), kind, `${error.type} ${error.errno} ${error.reason}`);
    }
  });

  it("does not take OpenSSL's numbers for the system's", () => {
    // 11 is EAGAIN, 5 is EIO, 8 is ENOEXEC when the system says it
    assert.equal(classify(errorInfo('SSLError', { module: 'ssl', errno: 11, errnoName: 'EAGAIN' })), 'tls');
    assert.equal(classify(errorInfo('OSError', { errno: 11, errnoName: 'EAGAIN' })), 'would-block');
  });
});

describe('errors in words', () => {
  it('have the name of errno.h, also on Windows', () => {
    assert.equal(errnoNameOf(ERRORS.winAborted), 'ECONNABORTED');
    assert.equal(errnoNameOf(ERRORS.winReset), 'ECONNRESET');
    assert.equal(errnoNameOf(ERRORS.timeout), null);
  });

  it('say what there is to say', () => {
    assert.equal(describeError(ERRORS.brokenPipe), 'BrokenPipeError: [Errno 32] Broken pipe');
    assert.equal(describeError(errorInfo('OwnError', { args: ["'why'", '3'] })), "OwnError: 'why', 3");
    assert.equal(describeError(errorInfo('OwnError')), 'OwnError');
    assert.equal(nameError(ERRORS.sslEof), 'SSLEOFError(8)');
    assert.equal(nameError(ERRORS.timeout), 'TimeoutError');
  });

  it('are found in a chain', () => {
    assert.equal(errorOfKind([errorInfo('URLError'), ERRORS.reset], 'cut'), ERRORS.reset);
    assert.equal(errorOfKind([ERRORS.reset], 'timeout'), null);
    assert.ok(isTlsError(ERRORS.sslEof) && !isTlsError(ERRORS.reset));
  });
});
