import assert from 'node:assert/strict';
import { RunTable } from '../../../src/wire/runTable';

describe('RunTable', () => {
  const run = (id: number, socket: number, offset: number) =>
    ({ id, socket, thread: 2, stack: 3, scope: 4, op: 2, layer: 1, offset }) as const;
  const entry = (id: number, size: number) => ({ run: id, began: 100, ended: 130, size });

  it('makes an operation of every entry, one after the other in its stream', () => {
    const runs = new RunTable();
    runs.add(run(1, 9, 5000));
    assert.deepEqual(runs.next(entry(1, 20)), {
      socket: 9,
      thread: 2,
      stack: 3,
      scope: 4,
      error: 0,
      op: 2,
      layer: 1,
      flags: 0,
      duration: 30,
      handed: 20,
      result: 20,
      offset: 5000,
      payload: 0,
      payloadAt: 0,
    });
    assert.equal(runs.next(entry(1, 1))?.offset, 5020);
    assert.equal(runs.next(entry(1, 1))?.offset, 5021);
  });

  it('ends a run with the next one of its socket, and no other', () => {
    const runs = new RunTable();
    runs.add(run(1, 9, 0));
    runs.add(run(2, 8, 0));
    runs.add(run(3, 9, 70));
    assert.deepEqual([runs.has(1), runs.has(2), runs.has(3), runs.has(4)], [false, true, true, false]);
    assert.equal(runs.next(entry(1, 5)), null);
    assert.equal(runs.next(entry(3, 5))?.offset, 70);
  });

  it('refuses an offset that cannot be counted', () => {
    const runs = new RunTable();
    runs.add(run(1, 9, Number.MAX_SAFE_INTEGER - 10));
    assert.equal(runs.next(entry(1, 11)), null);
    assert.notEqual(runs.next(entry(1, 10)), null);
  });
});
