import assert from 'node:assert/strict';
import { Serial } from '../../../src/base/serial';

describe('Serial', () => {
  it('begins a piece of work when the one before is over', async () => {
    const serial = new Serial();
    const log: string[] = [];
    const piece = (name: string) => async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      return name;
    };
    assert.deepEqual(await Promise.all([serial.run(piece('a')), serial.run(piece('b'))]), ['a', 'b']);
    assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('goes on after a failure, which only its caller sees', async () => {
    const serial = new Serial();
    const failing = serial.run(async () => {
      throw new Error('no');
    });
    const next = serial.run(async () => 7);
    await assert.rejects(failing, /no/);
    assert.equal(await next, 7);
  });
});
