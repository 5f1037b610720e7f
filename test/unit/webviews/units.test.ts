import assert from 'node:assert/strict';
import { countText, exactBytes, shortBytes, shortFile, shortTime } from '../../../webviews/common/units';

describe('units', () => {
  it('are exact where they say so, and short elsewhere', () => {
    assert.equal(exactBytes(12_444_474), '12,444,474 B');
    assert.deepEqual([0, 999, 1000, 12_444_474, 113_000, 999_960, 3e12].map(shortBytes), [
      '0 B',
      '999 B',
      '1.0 kB',
      '12.4 MB',
      '113 kB',
      '1.0 MB',
      '3.0 TB',
    ]);
    assert.deepEqual([0.004, 0.5, 4.25, 85.4, 2345, 600_000].map(shortTime), [
      '4 µs',
      '0.50 ms',
      '4.3 ms',
      '85 ms',
      '2.35 s',
      '10 min',
    ]);
  });

  it('say what a count is worth', () => {
    assert.equal(countText({ value: 5000, derived: true, atLeast: true }), '≥ ≈ 5,000 B');
    assert.equal(countText({ value: null, derived: false, atLeast: false }), 'unknown');
  });

  it('shorten paths of either system', () => {
    assert.deepEqual(['/a/b.py', 'C:\\a\\b.py', '<string>'].map(shortFile), ['b.py', 'b.py', '<string>']);
  });
});
