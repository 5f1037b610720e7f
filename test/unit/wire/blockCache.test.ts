import assert from 'node:assert/strict';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlockCache } from '../../../src/wire/blockCache';
import { CaptureFolder } from '../../support/captureWriter';
import { random } from '../../support/random';

describe('BlockCache', () => {
  let folder: CaptureFolder;
  let path: string;
  const blocks = () => new BlockCache();
  const text = async (cache: BlockCache, at: number, length: number) =>
    Buffer.from(await cache.read(path, at, length)).toString();
  beforeEach(() => {
    folder = new CaptureFolder();
    path = join(folder.path, 'file');
    writeFileSync(path, '0123456789');
  });
  afterEach(() => folder.remove());

  it('reads from the file once what lies close together', async () => {
    const cache = blocks();
    assert.equal(await text(cache, 2, 3), '234');
    rmSync(path);
    assert.equal(await text(cache, 5, 5), '56789');
    await assert.rejects(cache.read(path, 0, 1), { code: 'ENOENT' });
  });

  it('sees what was appended', async () => {
    const cache = blocks();
    assert.equal(await text(cache, 5, 100), '56789');
    appendFileSync(path, 'abc');
    assert.equal(await text(cache, 5, 100), '56789abc');
    assert.equal(await text(cache, 100, 5), '');
  });

  it('gives what a plain read gives, of any size and anywhere', async () => {
    const content = Buffer.alloc(1_000_000, '0123456789abc');
    writeFileSync(path, content);
    const next = random(2);
    const cache = blocks();
    for (let round = 0; round < 200; round += 1) {
      const at = next(1_050_000);
      const length = next(round % 3 === 0 ? 400_000 : 2_000);
      const found = Buffer.from(await cache.read(path, at, length));
      assert.ok(found.equals(content.subarray(at, at + length)), `round ${round}: ${length} bytes at ${at}`);
    }
  });
});
