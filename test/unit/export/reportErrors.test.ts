import assert from 'node:assert/strict';
import { redact, reveal } from '../../../src/export/redact';
import { errorLinks, exchangeError } from '../../../src/export/reportErrors';
import { brokenUpload, ERRORS, errorInfo, exchange, urlError } from '../../support/exchanges';

describe('exchangeError', () => {
  it('is the failing call’s own error, with what the program got as the chain', () => {
    const error = exchangeError(brokenUpload(ERRORS.brokenPipe), reveal);
    assert.deepEqual(
      [error?.type, error?.errno, error?.errnoName, error?.operation, error?.phase],
      ['BrokenPipeError', 32, 'EPIPE', 'sendall', 'send'],
    );
    assert.deepEqual(
      error?.chain.map(({ type, relation, of }) => [type, relation, of]),
      [
        ['URLError', null, null],
        ['BrokenPipeError', 'reason', 0],
      ],
    );
  });

  it('is the innermost of the chain where no call failed', () => {
    const error = exchangeError(exchange({ raised: urlError(ERRORS.remoteDisconnected) }), reveal);
    assert.deepEqual([error?.type, error?.operation], ['RemoteDisconnected', null]);
  });

  it('is null when all went well', () => {
    assert.equal(exchangeError(exchange(), reveal), null);
  });

  it('masks secrets in messages and args', () => {
    const error = errorInfo('OSError', { message: 'no https://u:hunter2@h/', args: ["'token=hunter2'"] });
    assert.doesNotMatch(JSON.stringify(errorLinks([error], redact)), /hunter2/);
    assert.match(JSON.stringify(errorLinks([error], reveal)), /hunter2/);
  });
});
