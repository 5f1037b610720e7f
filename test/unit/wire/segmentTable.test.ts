import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { SegmentTable } from '../../../src/wire/segmentTable';
import { random } from '../../support/random';

describe('SegmentTable', () => {
  it('finds the segment of a byte and knows its gaps', () => {
    const table = new SegmentTable();
    table.add(new ByteRange(0, 10), 1000);
    table.add(new ByteRange(20, 30), 2000);
    assert.deepEqual(table.find(9), { start: 0, end: 10, at: 1000 });
    assert.equal(table.find(10), null);
    assert.deepEqual(table.find(20), { start: 20, end: 30, at: 2000 });
    assert.equal(table.find(30), null);
  });

  it('keeps what was stored first where bytes are stored twice', () => {
    const table = new SegmentTable();
    table.add(new ByteRange(10, 20), 1000);
    table.add(new ByteRange(5, 25), 2000);
    assert.deepEqual(table.find(12), { start: 10, end: 20, at: 1000 });
    assert.deepEqual(table.find(5), { start: 5, end: 10, at: 2000 });
    assert.deepEqual(table.find(24), { start: 20, end: 25, at: 2015 });
    assert.deepEqual(table.ranges.map(String), ['[5, 25)']);
  });

  it('agrees with a plain array of places', () => {
    const next = random(11);
    const table = new SegmentTable();
    const places = new Array<number | null>(300).fill(null);
    for (let round = 0; round < 400; round += 1) {
      const start = next(300);
      const end = start + next(Math.min(30, 300 - start));
      if (next(8) === 0) {
        table.truncate(start);
        places.fill(null, start);
      } else {
        table.add(new ByteRange(start, end), round * 1000);
        for (let offset = start; offset < end; offset += 1) places[offset] ??= round * 1000 + offset - start;
      }
      for (let offset = 0; offset < 300; offset += 7) {
        const segment = table.find(offset);
        assert.equal(
          segment ? segment.at + offset - segment.start : null,
          places[offset],
          `round ${round}, byte ${offset}`,
        );
      }
    }
  });
});
