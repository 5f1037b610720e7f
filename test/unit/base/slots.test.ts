import assert from 'node:assert/strict';
import { Slots } from '../../../src/base/slots';

describe('Slots', () => {
  it('is a map whose places are used again', () => {
    const slots = new Slots<{ name: string }>();
    slots.set(10, { name: 'a' });
    slots.set(20, { name: 'b' });
    assert.deepEqual([slots.get(10)?.name, slots.get(30), slots.size], ['a', undefined, 2]);
    assert.deepEqual([slots.delete(10), slots.delete(10), slots.get(10)], [true, false, undefined]);
    slots.set(30, { name: 'c' });
    slots.set(20, { name: 'd' });
    assert.deepEqual(
      [...slots.values()].map(({ name }) => name),
      ['c', 'd'],
    );
  });
});
