import assert from 'node:assert/strict';
import { IdRows } from '../../../src/base/idRows';
import { random } from '../../support/random';

describe('IdRows', () => {
  it('numbers ids in the order in which they come, and each once', () => {
    const rows = new IdRows();
    assert.deepEqual([rows.add(1), rows.add(2), rows.add(1), rows.add(9)], [0, 1, 0, 2]);
    assert.deepEqual([rows.get(9), rows.get(3), rows.get(0), rows.size], [2, -1, -1, 3]);
  });

  it('agrees with a map for ids of any size', () => {
    const rows = new IdRows();
    const map = new Map<number, number>();
    const next = random(3);
    for (let round = 0; round < 20_000; round += 1) {
      const id = round % 3 === 0 ? next(2 ** 32) : next(round + 1);
      if (!map.has(id)) map.set(id, map.size);
      assert.equal(rows.add(id), map.get(id));
    }
    for (const [id, row] of map) assert.equal(rows.get(id), row);
  });
});
