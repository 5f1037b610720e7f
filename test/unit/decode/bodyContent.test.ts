import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { BodyContent } from '../../../src/decode/bodyContent';
import { TextSource } from '../../support/bytes';

async function pull(content: BodyContent, end: number): Promise<string> {
  let text = '';
  for (let part = await content.next(end); part; part = await content.next(end))
    text += Buffer.from(part).toString('latin1');
  return text;
}

describe('BodyContent', () => {
  it('gives a plain body and goes on when there is more', async () => {
    const source = new TextSource('head|body and more');
    const content = new BodyContent(source, 5, false);
    assert.equal(await pull(content, 9), 'body');
    assert.equal(await pull(content, 18), ' and more');
    assert.equal(await content.next(18), null);
  });

  it('undoes chunks, wherever what has arrived ends', async () => {
    const text = '5;x\r\nhello\r\n6\r\n world\r\n0\r\n\r\nnext message';
    for (let first = 0; first <= text.length; first += 1) {
      const content = new BodyContent(new TextSource(text), 0, true);
      const before = await pull(content, first);
      assert.equal(before + (await pull(content, text.length)), 'hello world', `cut at ${first}`);
    }
  });

  it('ends where bytes are not stored', async () => {
    const content = new BodyContent(new TextSource('0123456789', [new ByteRange(0, 4)]), 0, false);
    assert.equal(await pull(content, 10), '0123');
  });

  it('ends where the chunks make no sense', async () => {
    assert.equal(await pull(new BodyContent(new TextSource('3\r\nabc\r\nzzz\r\nabc'), 0, true), 17), 'abc');
  });
});
