import assert from 'node:assert/strict';
import { wallTime } from '../../../../src/adapter/features/wallTime';
import type { ProcessInfo } from '../../../../src/wire/model';

const process = { wallBase: 1_700_000_000_000_000_000n, monotonicBase: 5_000_000_000 } as ProcessInfo;

describe('the time of a record', () => {
  it('is counted from the moment at which both clocks were read', () => {
    assert.equal(wallTime(process, 5_000_000_000), '2023-11-14T22:13:20.000Z');
    assert.equal(wallTime(process, 6_250_000_000), '2023-11-14T22:13:21.250Z');
  });

  it('survives a capture that names an impossible one', () => {
    assert.equal(wallTime(process, 2 ** 80), new Date(0).toISOString());
  });
});
