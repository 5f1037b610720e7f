import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { RangeSet } from '../../../src/base/rangeSet';
import { random } from '../../support/random';

const range = (start: number, end: number) => new ByteRange(start, end);

describe('RangeSet', () => {
  it('joins what overlaps or touches, in any order', () => {
    const set = new RangeSet();
    for (const [start, end] of [
      [10, 20],
      [30, 40],
      [0, 5],
      [20, 30],
      [4, 6],
    ] as const) {
      set.add(range(start, end));
    }
    assert.deepEqual(set.ranges.map(String), ['[0, 6)', '[10, 40)']);
  });

  it('covers only what is wholly inside, and always nothing', () => {
    const set = new RangeSet();
    set.add(range(10, 20));
    assert.equal(set.covers(range(10, 20)), true);
    assert.equal(set.covers(range(9, 20)), false);
    assert.equal(set.covers(range(15, 21)), false);
    assert.equal(set.covers(range(50, 50)), true);
  });

  it('tells what is missing', () => {
    const set = new RangeSet();
    set.add(range(10, 20));
    set.add(range(30, 40));
    assert.deepEqual(set.missing(range(0, 50)).map(String), ['[0, 10)', '[20, 30)', '[40, 50)']);
    assert.deepEqual(set.missing(range(12, 18)), []);
    assert.deepEqual(set.missing(range(20, 30)).map(String), ['[20, 30)']);
  });

  it('is cut at an offset', () => {
    const set = new RangeSet();
    set.add(range(0, 10));
    set.add(range(20, 30));
    set.truncate(25);
    assert.deepEqual(set.ranges.map(String), ['[0, 10)', '[20, 25)']);
    set.truncate(10);
    assert.deepEqual(set.ranges.map(String), ['[0, 10)']);
    set.truncate(0);
    assert.deepEqual(set.ranges, []);
  });

  it('agrees with a plain array of flags', () => {
    const next = random(7);
    const set = new RangeSet();
    const flags = new Array<boolean>(200).fill(false);
    for (let round = 0; round < 500; round += 1) {
      const start = next(200);
      const end = start + next(200 - start);
      if (next(10) === 0) {
        set.truncate(start);
        flags.fill(false, start);
      } else {
        set.add(range(start, end));
        flags.fill(true, start, end);
      }
      const from = set.ranges.flatMap((one) => Array.from({ length: one.length }, (_, index) => one.start + index));
      assert.deepEqual(
        from,
        flags.flatMap((flag, offset) => (flag ? [offset] : [])),
        `after round ${round}`,
      );
      const missing = set.missing(range(start, end)).reduce((sum, one) => sum + one.length, 0);
      assert.equal(missing, flags.slice(start, end).filter((flag) => !flag).length, `missing, round ${round}`);
    }
  });
});
