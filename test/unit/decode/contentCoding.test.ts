import assert from 'node:assert/strict';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { decodeContent } from '../../../src/decode/contentCoding';
import { random } from '../../support/random';

const TEXT = Array.from({ length: 5000 }, (_, index) => `line ${index}\n`).join('');
const LIMIT = 1_000_000;
async function decode(body: Uint8Array, codings: string[], limit = LIMIT) {
  const decoded = await decodeContent(body, codings, limit);
  return decoded && { text: Buffer.from(decoded.bytes).toString(), truncated: decoded.truncated };
}

describe('content codings', () => {
  const text = Buffer.from(TEXT);
  for (const [name, coded, codings] of [
    ['gzip', gzipSync(text), ['gzip']],
    ['x-gzip', gzipSync(text), ['x-gzip']],
    ['deflate in zlib', deflateSync(text), ['deflate']],
    ['deflate alone', deflateRawSync(text), ['deflate']],
    ['br', brotliCompressSync(text), ['br']],
    ['two of them', brotliCompressSync(gzipSync(text)), ['gzip', 'identity', 'br']],
    ['none', text, []],
    ['identity', text, ['identity']],
  ] as const) {
    it(`undo ${name}`, async () => {
      assert.deepEqual(await decode(coded, [...codings]), { text: TEXT, truncated: false });
    });
    it(`undo ${name} as far as it goes when it is cut short`, async () => {
      const decoded = await decode(coded.subarray(0, Math.floor(coded.length / 2)), [...codings]);
      assert.ok(decoded && TEXT.startsWith(decoded.text), name);
      if (name !== 'two of them') assert.ok(decoded.text.length > 1000, `${decoded.text.length} bytes of ${name}`);
    });
  }

  it('stop at the limit, also of a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const decoded = await decodeContent(bomb, ['gzip'], 1000);
    assert.deepEqual([decoded?.bytes.length, decoded?.truncated], [1000, true]);
    assert.deepEqual(await decode(text, [], 4), { text: 'line', truncated: true });
    const nested = await decodeContent(gzipSync(bomb), ['gzip', 'gzip'], 1000);
    assert.ok(nested === null || nested.bytes.length <= 1000);
  });

  it('are refused when unknown, too many, or nothing comes out', async () => {
    assert.equal(await decode(text, ['zstd']), null);
    assert.equal(await decode(text, ['gzip']), null);
    assert.equal(await decode(text, ['br']), null);
    assert.equal(await decode(gzipSync(text), new Array(6).fill('gzip')), null);
  });

  it('survive damage', async () => {
    const next = random(4);
    for (let round = 0; round < 200; round += 1) {
      const [coded, coding] =
        next(2) === 0 ? [gzipSync(text), 'gzip'] : [brotliCompressSync(text, { params: { 1: 1 } }), 'br'];
      const damaged = Buffer.from(coded);
      damaged[next(damaged.length)] = next(256);
      const decoded = await decode(damaged, [coding]);
      assert.ok(decoded === null || decoded.text.length <= LIMIT);
    }
  });
});
