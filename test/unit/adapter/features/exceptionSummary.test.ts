import assert from 'node:assert/strict';
import { summarizeChain } from '../../../../src/adapter/features/exceptionSummary';
import { exceptionSummary } from '../../../../src/messages/dapExceptions';
import type { ErrorChain } from '../../../../src/wire/model';
import { errorInfo } from '../../../support/exchanges';

const frame = (file: string, line: number) => ({ file, line, function: 'f' });

const CHAIN: ErrorChain = [
  errorInfo('HTTPError', {
    module: 'urllib.error',
    bases: ['URLError', 'OSError', 'Exception'],
    message: 'HTTP Error 401: Unauthorized',
    attributes: [
      { name: 'code', value: '401' },
      { name: 'filename', value: "'https://host/x?token=hush'" },
      { name: 'api_key', value: "'hush'" },
      { name: 'fp', value: 'None' },
    ],
    headers: [
      { name: 'Server', value: 'nginx' },
      { name: 'Set-Cookie', value: 'id=hush' },
    ],
    notes: ['password=hush was tried'],
    frames: [frame('/usr/lib/python3.11/urllib/request.py', 5)],
  }),
  errorInfo('SSLEOFError', {
    module: 'ssl',
    bases: ['SSLError', 'OSError', 'Exception'],
    errno: 8,
    args: ['8', "'EOF'"],
    reason: 'UNEXPECTED_EOF',
    relation: 'reason',
    of: 0,
  }),
  errorInfo('BrokenPipeError', {
    errno: 32,
    errnoName: 'EPIPE',
    errnoMeaning: 'Broken pipe',
    relation: 'context',
    of: 1,
    frames: [frame('/home/user/a.py', 7)],
  }),
];

describe('the summary of an exception', () => {
  const [http, ssl, pipe] = summarizeChain(CHAIN, [], '$exception');

  it('says what it is, what it was made with and what it holds, without secrets', () => {
    assert.deepEqual([http?.name, http?.type], ['HTTPError', 'urllib.error.HTTPError']);
    assert.deepEqual(http?.attributes[0], { name: 'code', value: '401' });
    assert.equal(http?.attributes.length, 3);
    assert.deepEqual(
      http?.headers.map(({ name }) => name),
      ['Server', 'Set-Cookie'],
    );
    assert.ok(!JSON.stringify(http).includes('hush'), JSON.stringify(http));
  });

  it('names numbers of the system, and those of OpenSSL', () => {
    assert.deepEqual(pipe?.errno, { number: 32, name: 'EPIPE', meaning: 'Broken pipe' });
    assert.equal(ssl?.errno?.name, 'SSL_ERROR_EOF');
    assert.deepEqual(ssl?.attributes, [{ name: 'reason', value: "'UNEXPECTED_EOF'" }]);
    assert.equal(http?.errno, null);
  });

  it('gives an expression for each that has one', () => {
    assert.deepEqual(
      [http, ssl, pipe].map((link) => link?.expression),
      ['$exception', '$exception.reason', '$exception.reason.__context__'],
    );
    const other: ErrorChain = [errorInfo('ProtocolError'), errorInfo('OSError', { relation: 'reason', of: 0 })];
    assert.equal(summarizeChain(other, [], '$exception')[1]?.expression, null, 'it may stand in args');
    assert.equal(summarizeChain(CHAIN, [], null)[0]?.expression, null);
  });

  it("tells the user's own frames from a library's, and leaves out the middle of a very long stack", () => {
    assert.deepEqual(
      [http, pipe].map((link) => link?.frames[0]?.own),
      [false, true],
    );
    const deep = Array.from({ length: 1000 }, (_, line) => frame('/home/user/a.py', line + 1));
    const [{ frames } = { frames: [] }] = summarizeChain(CHAIN, deep, null);
    assert.deepEqual([frames.length, frames[0]?.line, frames.at(-1)?.line], [100, 1, 1000]);
  });

  it('fits its description', () => {
    const whole = {
      id: 'x',
      process: null,
      pid: null,
      fate: 'stopped',
      at: null,
      where: null,
      exchange: null,
      chain: [http, ssl, pipe],
    };
    assert.equal(exceptionSummary.check(whole, 'exception'), null);
  });
});
