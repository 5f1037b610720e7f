import assert from 'node:assert/strict';
import { failedRow } from '../../../../src/export/text/errorRows';
import { brokenUpload, ERRORS, errorInfo, exchange, response } from '../../../support/exchanges';
import { rowsOf } from '../../../support/pages';

describe('failedRow', () => {
  it('tells the failing call and the whole chain with its args', async () => {
    assert.equal(
      await rowsOf(brokenUpload(ERRORS.brokenPipe), failedRow),
      [
        '   failed      BrokenPipeError(32) in sendall after 10 ms',
        '   exception   URLError(<BrokenPipeError>) <urlopen error [Errno 32] Broken pipe>',
        "               └ names BrokenPipeError(32, 'Broken pipe')",
        '',
      ].join('\n'),
    );
  });

  it('tells how long the reply had been there', async () => {
    const unread = response(413, 'x', { readByProgram: false, arrivedBeforeFailure: 11e6 });
    assert.match(
      await rowsOf(brokenUpload(ERRORS.reset, { response: unread }), failedRow),
      /in sendall, about 11 ms after the reply had arrived/,
    );
  });

  it('shows how each exception hangs on another', async () => {
    const chain = [
      errorInfo('ConnectionError'),
      errorInfo('ProtocolError', { relation: 'reason', of: 0 }),
      errorInfo('RemoteDisconnected', { relation: 'cause', of: 1 }),
      errorInfo('KeyError', { relation: 'context', of: 0 }),
    ] as const;
    const text = await rowsOf(exchange({ raised: chain }), failedRow);
    assert.match(
      text,
      /exception {3}ConnectionError\(\)\n {15}└ names ProtocolError\(\)\n {17}└ caused by RemoteDisconnected\(\)\n {15}└ while handling KeyError\(\)/,
    );
  });

  it('adds the message where there are no args', async () => {
    const error = errorInfo('HTTPError', { message: 'HTTP Error 404: Not Found' });
    assert.match(await rowsOf(exchange({ raised: [error] }), failedRow), /HTTPError\(\) HTTP Error 404: Not Found/);
  });

  it('shortens what is long, and is not there without an error', async () => {
    const long = errorInfo('OSError', { args: [`'${'x'.repeat(1000)}'`] });
    assert.ok((await rowsOf(exchange({ raised: [long] }), failedRow)).length < 600);
    const many = Array.from({ length: 12 }, (_, index) =>
      errorInfo('E', index === 0 ? {} : { relation: 'cause', of: index - 1 }),
    );
    assert.match(await rowsOf(exchange({ raised: [errorInfo('E'), ...many.slice(1)] }), failedRow), /… and 6 more/);
    assert.equal(await rowsOf(exchange(), failedRow), '');
  });
});
