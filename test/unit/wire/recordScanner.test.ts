import assert from 'node:assert/strict';
import { BlockCache } from '../../../src/wire/blockCache';
import type { RawRecord } from '../../../src/wire/format';
import { RecordScanner } from '../../../src/wire/recordScanner';
import { CaptureFolder, ioRecord, jsonRecord, record } from '../../support/captureWriter';
import { random } from '../../support/random';

describe('RecordScanner', () => {
  let folder: CaptureFolder;
  beforeEach(() => {
    folder = new CaptureFolder();
    folder.begin();
  });
  afterEach(() => folder.remove());

  /** What it finds, and how it ended. */
  async function scan(until = Number.POSITIVE_INFINITY, from = 64) {
    const scanner = await RecordScanner.open(folder.file(), new BlockCache());
    const found: RawRecord[] = [];
    try {
      const end = await scanner.scan(from, until, (one) => {
        found.push(one);
        return one.offset + one.size;
      });
      return { end, found, scanner };
    } finally {
      await scanner.close();
    }
  }

  it('finds every record, however small or large what lies between', async () => {
    const next = random(11);
    const written: { at: number; size: number }[] = [];
    for (let at = 1; at <= 600; at += 1) {
      const large = at % 40 < 8;
      const payload = Buffer.alloc(large ? 9000 + next(60_000) : next(50), at);
      const bytes =
        at % 3 === 0
          ? jsonRecord('thread', at, { id: at, name: 'x'.repeat(next(6000)) })
          : ioRecord({ socket: 1, op: 2, at, handed: payload.length, result: payload.length, offset: 0, payload });
      written.push({ at, size: bytes.length });
      folder.add(bytes);
    }
    const { end, found } = await scan();
    assert.equal(end, 'end');
    assert.deepEqual(
      found.map(({ at, size }) => ({ at, size })),
      written,
    );
    for (const { type, bytes, size } of found) assert.equal(bytes.length, type === 0x41 ? 80 : size);
  });

  it('stops before a record that is not whole, at what is none, and when time is up', async () => {
    folder.add(jsonRecord('thread', 1, { id: 1 }), record(0x41, 2, Buffer.alloc(200)).subarray(0, 100));
    const cut = await scan();
    assert.deepEqual([cut.end, cut.found.length], ['end', 1]);
    const { scanner, found } = await scan(0);
    assert.deepEqual(
      [scanner.size, found.length],
      [64 + (found[0]?.size ?? 0) + 100, 1],
      'a few are not worth a look at the clock',
    );
    folder.add(Buffer.alloc(100), Buffer.alloc(64));
    assert.equal((await scan(undefined, 64 + (found[0]?.size ?? 0) + 200)).end, 'corrupt');
  });

  it('goes on where time was up', async () => {
    for (let at = 1; at <= 1000; at += 1) folder.add(jsonRecord('thread', at, { id: at }));
    const first = await scan(0);
    assert.equal(first.end, 'later');
    const last = first.found.at(-1);
    assert.ok(last && first.found.length < 1000);
    const rest = await scan(undefined, last.offset + last.size);
    assert.equal(first.found.length + rest.found.length, 1000);
  });
});
