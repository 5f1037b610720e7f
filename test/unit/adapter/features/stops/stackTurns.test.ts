import assert from 'node:assert/strict';
import { StackTurns } from '../../../../../src/adapter/features/stops/stackTurns';

describe('the turns of stacks', () => {
  /** Longer than any test takes: what is waited for must come by itself. */
  const PATIENT = 1_000_000;
  const stopped = (patience = PATIENT) => {
    const turns = new StackTurns(patience);
    turns.stopped(1);
    return turns;
  };

  it('come at once to a client that asks once, in whatever portions', () => {
    const turns = stopped();
    assert.equal(turns.asked(1, 0, 0), null);
    assert.equal(turns.asked(1, 0, 20), null);
    assert.equal(turns.asked(1, 0, 1), null);
    assert.equal(turns.asked(1, 1, 19), null);
    assert.equal(turns.asked(1, 0, 1), null);
  });

  it('come at once where the thread has not stopped at an exception', () => {
    const turns = stopped();
    assert.equal(turns.asked(2, 0, 1), null);
    assert.equal(turns.asked(2, 0, 20), null);
  });

  it('let the whole stack wait behind the frame on top until the exception was asked for', async () => {
    const turns = stopped();
    turns.asked(1, 0, 1);
    const whole = turns.asked(1, 0, 20);
    assert.ok(whole);
    turns.informed(1);
    await whole;
    assert.equal(turns.asked(1, 0, 20), null, 'from then on they come at once');
  });

  it('are not held when the program goes on, or stops anew', async () => {
    for (const go of [(turns: StackTurns) => turns.resumed(), (turns: StackTurns) => turns.stopped(1)]) {
      const turns = stopped();
      turns.asked(1, 0, 1);
      const whole = turns.asked(1, 0, 20);
      assert.ok(whole);
      go(turns);
      await whole;
    }
  });

  it('are not held for ever', async () => {
    const turns = stopped(1);
    turns.asked(1, 0, 1);
    await turns.asked(1, 0, 20);
  });
});
