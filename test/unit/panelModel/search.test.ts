import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import type { SearchOptions } from '../../../src/messages/panel';
import { searchIn } from '../../../src/panelModel/search';
import type { ByteSource } from '../../../src/wire/model';

const PIECE = 256 * 1024;

/** A stream of which everything but the gaps is stored. */
function source(bytes: Buffer, stored = [new ByteRange(0, bytes.length)]): ByteSource {
  return { length: bytes.length, stored, read: async ({ start, end }) => bytes.subarray(start, end) };
}

async function search(bytes: Buffer, pattern: string, kind: SearchOptions['kind'], stored?: ByteRange[]) {
  const told: number[] = [];
  const whole = new ByteRange(0, bytes.length);
  const result = await searchIn(source(bytes, stored), whole, { pattern, kind }, new AbortController().signal, (done) =>
    told.push(done),
  );
  return { ...result, starts: result.matches.map(({ start }) => start), told };
}

describe('searchIn', () => {
  const large = Buffer.alloc(3 * PIECE, '.');
  for (const at of [0, PIECE - 3, 2 * PIECE, 3 * PIECE - 6]) large.write('needle', at);

  for (const [kind, pattern] of [
    ['text', 'needle'],
    ['hex', '6e 65 65 64 6c 65'],
    ['regexp', 'ne+d[a-z]e'],
  ] as const) {
    it(`finds every match by ${kind} once, across the pieces`, async () => {
      const { starts, told } = await search(large, pattern, kind);
      assert.deepEqual(starts, [0, PIECE - 3, 2 * PIECE, 3 * PIECE - 6]);
      assert.equal(told.at(-1), large.length);
    });
  }

  it('looks only where something is stored, and says how much is not', async () => {
    const { starts, notStored } = await search(large, 'needle', 'text', [
      new ByteRange(0, 10),
      new ByteRange(2 * PIECE, 3 * PIECE),
    ]);
    assert.deepEqual(starts, [0, 2 * PIECE, 3 * PIECE - 6]);
    assert.equal(notStored, 2 * PIECE - 10);
  });

  it('finds bytes that are no text', async () => {
    assert.deepEqual((await search(Buffer.from([1, 0xff, 0, 0xff, 0]), 'ff00', 'hex')).starts, [1, 3]);
    assert.deepEqual((await search(Buffer.from([1, 0xff, 0]), '\\xff\\x00', 'regexp')).starts, [1]);
  });

  it('stops at a thousand matches', async () => {
    const { matches, limited } = await search(Buffer.alloc(5000, 'a'), 'a', 'text');
    assert.deepEqual([matches.length, limited], [1000, true]);
  });

  it('says what is wrong with a pattern', async () => {
    await assert.rejects(search(large, '[', 'regexp'), /no regular expression/);
    await assert.rejects(search(large, '1', 'hex'), /pairs of hexadecimal digits/);
    await assert.rejects(search(large, '', 'text'), /nothing to look for/);
  });
});
