import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { ByteRange } from '../../../src/base/byteRange';
import { decodeBody } from '../../../src/decode/preview';
import { TextSource } from '../../support/bytes';

async function preview(body: string, coding: string | null, { chunked = false, limit = 1000 } = {}) {
  const headers = coding ? [{ name: 'Content-Encoding', value: coding }] : [];
  const message = { headers, chunked, bodyRange: new ByteRange(4, 4 + body.length) };
  const decoded = await decodeBody(new TextSource(`head${body}tail`), message, limit);
  return decoded && [Buffer.from(decoded.bytes).toString(), decoded.truncated];
}

describe('the decoded body', () => {
  it('is the body alone, up to the limit', async () => {
    assert.deepEqual(await preview('hello', null), ['hello', false]);
    assert.deepEqual(await preview('hello', null, { limit: 5 }), ['hello', false]);
    assert.deepEqual(await preview('hello', null, { limit: 4 }), ['hell', true]);
    assert.equal(await preview('', null), null);
  });

  it('has its codings undone', async () => {
    const packed = gzipSync('text '.repeat(100)).toString('latin1');
    assert.deepEqual(await preview(packed, 'gzip'), ['text '.repeat(100), false]);
    const chunks = `${packed.length.toString(16)}\r\n${packed}\r\n0\r\n\r\n`;
    assert.deepEqual(await preview(chunks, 'GZIP', { chunked: true, limit: 10 }), ['text text ', true]);
    assert.equal(await preview('not packed', 'gzip'), null);
    assert.equal(await preview('abc', 'secret'), null);
  });

  it('reads no more than the limit calls for', async () => {
    const source = new TextSource('x'.repeat(10_000_000));
    const message = { headers: [], chunked: false, bodyRange: new ByteRange(0, 10_000_000) };
    const decoded = await decodeBody(source, message, 100);
    assert.deepEqual([decoded?.bytes.length, decoded?.truncated, source.reads], [100, true, 1]);
  });
});
