import assert from 'node:assert/strict';
import { Clock, toMs } from '../../../src/panelModel/clock';
import type { ProcessInfo } from '../../../src/wire/model';

const process = (wallBase: bigint, monotonicBase: number) => ({ wallBase, monotonicBase }) as ProcessInfo;

describe('Clock', () => {
  it('counts milliseconds from the beginning of the first process, whatever the monotonic clocks say', () => {
    const first = process(1_000_000_000_000n, 500);
    const second = process(1_000_003_000_000n, 9_000_000);
    const clock = new Clock([second, first]);
    assert.equal(clock.at(first, 500), 0);
    assert.equal(clock.at(first, 2_000_500), 2);
    assert.equal(clock.at(second, 9_000_000), 3);
  });

  it('has a beginning without any process', () => {
    assert.equal(new Clock([]).at(process(0n, 0), 1_000_000), 1);
  });

  it('turns nanoseconds into milliseconds', () => {
    assert.equal(toMs(2_500_000), 2.5);
  });
});
