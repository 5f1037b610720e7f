import assert from 'node:assert/strict';
import { OffsetList, OffsetShelf, offsetsIn } from '../../../src/wire/offsetList';
import { random } from '../../support/random';

describe('OffsetList', () => {
  it('gives back what was added, in little space', () => {
    const list = new OffsetList();
    const next = random(5);
    const added: { offset: number; marked: boolean }[] = [];
    let offset = 64;
    while (added.length < 5000) {
      const marked = next(3) === 0;
      list.add(offset, marked);
      added.push({ offset, marked });
      offset = added.length % 50 === 0 ? next(2 ** 40) : Math.max(0, offset + next(300) - 20);
    }
    assert.deepEqual([...offsetsIn(list.packed)], added);
    assert.ok(list.packed.length < 3 * added.length, `${list.packed.length} bytes`);
    assert.deepEqual([...offsetsIn(new OffsetList().packed)], []);
  });

  it('keeps an offset beyond 32 bits', () => {
    const list = new OffsetList();
    const far = 2 ** 45 + 3;
    list.add(far);
    list.add(far, true);
    assert.deepEqual(
      [...offsetsIn(list.packed)],
      [
        { offset: far, marked: false },
        { offset: far, marked: true },
      ],
    );
  });
});

describe('OffsetShelf', () => {
  it('keeps many lists apart', () => {
    const shelf = new OffsetShelf();
    const lists = Array.from({ length: 3000 }, (_, index) => Buffer.alloc(index % 60, index % 251));
    const numbers = lists.map((list) => shelf.add(list));
    for (const [index, number] of numbers.entries()) {
      assert.ok(Buffer.from(shelf.get(number)).equals(lists[index] as Buffer));
    }
  });
});
