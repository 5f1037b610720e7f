import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import type { Message } from '../../../src/decode/exchange';
import { PreviewStore } from '../../../src/decode/previewStore';
import { TextSource } from '../../support/bytes';

const message = (length: number) =>
  ({ headers: [], chunked: false, bodyRange: new ByteRange(0, length) }) as unknown as Message;

describe('PreviewStore', () => {
  it('decodes again only when there is more', async () => {
    const store = new PreviewStore();
    const source = new TextSource('x'.repeat(200_000));
    assert.equal((await store.get('a', source, message(10), true)).bodyPreview?.length, 10);
    await store.get('a', source, message(10), true);
    assert.equal(source.reads, 1);
    const whole = await store.get('a', source, message(200_000), true);
    assert.deepEqual([whole.bodyPreview?.length, whole.bodyPreviewTruncated], [65_536, true]);
    await store.get('a', source, message(150_000), true);
    assert.equal(source.reads, 2);
  });

  it('keeps less of what does not matter', async () => {
    const found = await new PreviewStore().get('a', new TextSource('x'.repeat(200_000)), message(200_000), false);
    assert.deepEqual([found.bodyPreview?.length, found.bodyPreviewTruncated], [8192, true]);
  });

  it('ends when all of them together are too large', async () => {
    const store = new PreviewStore();
    const source = new TextSource('x'.repeat(65_536));
    let total = 0;
    for (let index = 0; index < 600; index += 1) {
      const { bodyPreview, bodyPreviewTruncated } = await store.get(`${index}`, source, message(65_536), true);
      store.forget(`${index}`);
      total += bodyPreview?.length ?? 0;
      if (bodyPreview === null) assert.equal(bodyPreviewTruncated, true);
    }
    assert.equal(total, 32 * 1024 * 1024);
  });
});
