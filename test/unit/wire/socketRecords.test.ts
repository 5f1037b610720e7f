import assert from 'node:assert/strict';
import type { ErrorChain, Frame } from '../../../src/wire/model';
import {
  parseBody,
  parseConnect,
  parseLastWords,
  parseOptions,
  parseResolve,
  parseTls,
  type Resolver,
} from '../../../src/wire/socketRecords';

const frame: Frame = { file: '/app/a.py', line: 1, function: 'f' };
const failure = [{ type: 'gaierror' }] as unknown as ErrorChain;
const resolver: Resolver = {
  stack: (id) => (id === 4 ? [frame] : []),
  error: (id) => (id === 9 ? failure : null),
};

describe('records that speak of a socket', () => {
  it('resolve the ids of what they name', () => {
    const resolve = parseResolve(
      {
        thread: 1,
        stack: 4,
        scope: 3,
        duration: 5,
        function: 'getaddrinfo',
        host: 'localhost',
        port: 80,
        error: 9,
        addresses: [{ family: 'AF_INET', address: '127.0.0.1', port: 80 }, { family: 'AF_INET' }, null],
      },
      77,
      resolver,
    );
    assert.deepEqual(resolve, {
      at: 77,
      duration: 5,
      error: failure,
      stack: [frame],
      thread: 1,
      scope: 3,
      function: 'getaddrinfo',
      host: 'localhost',
      port: '80',
      addresses: [{ family: 'AF_INET', address: '127.0.0.1', port: 80 }],
    });
  });

  it('take a service name for a port that was asked for', () => {
    assert.equal(parseResolve({ port: 'https' }, 1, resolver).port, 'https');
    assert.equal(parseResolve({}, 1, resolver).port, null);
  });

  it('take a connect of unknown outcome for a failure', () => {
    assert.equal(parseConnect({ result: 'connected', timeout: 2.5 }, 1, resolver).timeout, 2.5);
    assert.equal(parseConnect({ result: 'perhaps' }, 1, resolver).result, 'failed');
  });

  it('leave what they do not say not known', () => {
    const tls = parseTls(
      { version: 'TLSv1.3', reused: false, verifyMode: 'sometimes', certificate: 'AAAA' },
      1,
      resolver,
    );
    assert.deepEqual(
      [tls.side, tls.reused, tls.verifyMode, tls.certificate, tls.alpn],
      ['client', false, null, null, null],
    );
    const options = parseOptions({ noDelay: true, sendBuffer: -5 }, 1);
    assert.deepEqual([options.noDelay, options.sendBuffer, options.timeout], [true, null, null]);
    assert.deepEqual(parseLastWords({ outcome: 'maybe' }, 1), {
      at: 1,
      moment: 'closing',
      outcome: 'not-attempted',
      reason: null,
      alert: null,
      bytes: 0,
    });
  });

  it('tell where a body came from', () => {
    const body = parseBody(
      {
        scope: 1,
        type: 'bytes',
        size: 10,
        storage: 'memory',
        sources: [{ path: '/a', size: 7, position: 7 }, { size: 3 }],
      },
      1,
    );
    assert.deepEqual([body.file, body.sources], [null, [{ path: '/a', size: 7, position: 7 }]]);
    assert.deepEqual(parseBody({ storage: 'file', file: { path: '/b', size: 3 } }, 1).file, { path: '/b', size: 3 });
  });
});
