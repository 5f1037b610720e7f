import assert from 'node:assert/strict';
import { largest, smallest } from '../../../src/base/extremes';

describe('the extremes', () => {
  it('are found among more values than a call takes arguments', () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_, index) => (index * 7919) % 1_000_003);
    assert.deepEqual([largest(values), smallest(values)], [1_000_002, 0]);
  });

  it('are bounded, also where there is nothing', () => {
    assert.deepEqual([largest([1, 2], 5), smallest([1, 2], 0), largest([3], 0)], [5, 0, 3]);
    assert.deepEqual([largest([]), smallest([]), largest([], 0)], [-Infinity, Infinity, 0]);
  });
});
