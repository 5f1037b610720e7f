import assert from 'node:assert/strict';
import { RecentLog } from '../../../src/base/recentLog';

describe('RecentLog', () => {
  it('goes on from where one was', () => {
    const log = new RecentLog<string>(10);
    log.add('a');
    const { end } = log;
    log.add('b');
    log.add('c');
    assert.deepEqual([log.since(end), log.since(log.end), log.since(0).length], [['b', 'c'], [], 3]);
  });

  it('keeps the latest and counts them all', () => {
    const log = new RecentLog<number>(10);
    for (let count = 0; count < 1000; count += 1) log.add(count);
    const kept = log.since(0);
    assert.ok(kept.length >= 10 && kept.length < 20, `${kept.length} kept`);
    assert.deepEqual([log.end, kept.at(-1), log.since(998)], [1000, 999, [998, 999]]);
  });
});
