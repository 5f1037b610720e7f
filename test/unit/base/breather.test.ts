import assert from 'node:assert/strict';
import { Breather } from '../../../src/base/breather';

describe('Breather', () => {
  it('lets others have their turn when it is time, and only then', async () => {
    const { breathe } = new Breather(0, 4);
    assert.deepEqual([breathe(), breathe(), breathe()], [null, null, null]);
    let turn = false;
    setImmediate(() => {
      turn = true;
    });
    const pause = breathe();
    assert.ok(pause);
    await pause;
    assert.equal(turn, true);
    const never = new Breather(1e9, 1);
    assert.equal(never.breathe(), null);
  });
});
