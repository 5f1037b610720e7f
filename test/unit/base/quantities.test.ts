import assert from 'node:assert/strict';
import { exactBytes, grouped, shortBytes, shortTime } from '../../../src/base/quantities';

describe('quantities', () => {
  it('are exact where there is room', () => {
    assert.deepEqual([grouped(12_444_474), exactBytes(0), exactBytes(115_906)], ['12,444,474', '0 B', '115,906 B']);
  });

  it('have three digits where there is little', () => {
    assert.deepEqual([999, 1000, 98_212, 115_906, 999_600, 12_444_474, 3e12].map(shortBytes), [
      '999 B',
      '1.0 kB',
      '98.2 kB',
      '116 kB',
      '1.0 MB',
      '12.4 MB',
      '3.0 TB',
    ]);
  });

  it('say how long in the unit that fits', () => {
    assert.deepEqual([0.002, 0.3, 2.5, 85, 1200, 61_000, 600_000].map(shortTime), [
      '2 µs',
      '0.30 ms',
      '2.5 ms',
      '85 ms',
      '1.20 s',
      '61.0 s',
      '10 min',
    ]);
  });
});
