import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';

describe('ByteRange', () => {
  it('is half open', () => {
    const range = new ByteRange(2, 5);
    assert.equal(range.length, 3);
    assert.deepEqual(
      [1, 2, 4, 5].map((offset) => range.contains(offset)),
      [false, true, true, false],
    );
    assert.equal(String(range), '[2, 5)');
  });

  it('refuses bounds that are not offsets', () => {
    for (const [start, end] of [
      [-1, 2],
      [3, 2],
      [0.5, 1],
      [0, Number.MAX_VALUE],
      [Number.NaN, 1],
    ] as const) {
      assert.throws(() => new ByteRange(start, end), RangeError);
    }
  });

  it('intersects, and is empty where there is nothing in common', () => {
    const range = new ByteRange(10, 20);
    assert.ok(range.intersect(new ByteRange(15, 30)).equals(new ByteRange(15, 20)));
    assert.ok(range.intersect(new ByteRange(20, 30)).isEmpty);
    assert.equal(range.intersect(new ByteRange(0, 5)).start, 10);
  });

  it('overlaps only when a byte is shared', () => {
    const range = new ByteRange(10, 20);
    assert.equal(range.overlaps(new ByteRange(19, 20)), true);
    assert.equal(range.overlaps(new ByteRange(20, 21)), false);
    assert.equal(range.overlaps(new ByteRange(0, 10)), false);
  });

  it('shifts both ways and is made from a length', () => {
    assert.ok(ByteRange.ofLength(5, 3).shift(-5).equals(new ByteRange(0, 3)));
    assert.throws(() => new ByteRange(1, 2).shift(-2), RangeError);
    assert.equal(ByteRange.empty.length, 0);
  });
});
