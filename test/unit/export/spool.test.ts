import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { Spool } from '../../../src/export/spool';
import { useTempFolder } from '../../support/tempFolder';

describe('a spool', () => {
  const temp = useTempFolder();

  async function sorted(pieces: readonly (readonly [at: number, bytes: Uint8Array])[]): Promise<Buffer> {
    const spool = await Spool.create(temp.path);
    try {
      for (const [at, bytes] of pieces) await spool.add(at, bytes);
      assert.equal(spool.size, pieces.length);
      const found: Uint8Array[] = [];
      for await (const bytes of spool.inOrder()) found.push(bytes);
      return Buffer.concat(found);
    } finally {
      await spool.dispose();
    }
  }

  it('gives pieces back by time; equals stay in order', async () => {
    const words = (...list: [number, string][]) => list.map(([at, word]) => [at, Buffer.from(word)] as const);
    assert.equal((await sorted(words([3, 'd'], [1, 'a'], [2, 'b'], [2, 'c'], [9, 'e']))).toString(), 'abcde');
    assert.equal((await sorted([])).length, 0);
  });

  it('holds any number of them, large and small', async () => {
    const count = 5000;
    const pieces = Array.from({ length: count }, (_, index) => {
      const at = (index * 7919) % count;
      return [at, Buffer.alloc(at % 500 === 0 ? 700_000 : 4, String(at).padStart(4, '0'))] as const;
    });
    const expected = Buffer.concat(pieces.toSorted(([a], [b]) => a - b).map(([, bytes]) => bytes));
    assert.ok((await sorted(pieces)).equals(expected));
  });

  it('leaves no file', async () => {
    await sorted([[1, Buffer.from('x')]]);
    assert.deepEqual(readdirSync(temp.path), []);
  });
});
