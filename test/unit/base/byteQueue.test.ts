import assert from 'node:assert/strict';
import { ByteQueue } from '../../../src/base/byteQueue';
import { random } from '../../support/random';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const textOf = (part: Uint8Array | null) => (part === null ? null : Buffer.from(part).toString('latin1'));

describe('ByteQueue', () => {
  it('takes across chunks and no more than there is', () => {
    const queue = new ByteQueue();
    for (const part of ['ab', '', 'cde', 'f']) queue.push(bytes(part));
    assert.equal(queue.length, 6);
    assert.equal(textOf(queue.take(4)), 'abcd');
    assert.equal(queue.first(), 0x65);
    assert.equal(textOf(queue.take(10)), 'ef');
    assert.equal(queue.length, 0);
    assert.equal(queue.first(), undefined);
  });

  it('takes a line when it is whole, wherever its chunks were cut', () => {
    const queue = new ByteQueue();
    queue.push(bytes('one'));
    assert.equal(queue.takeLine(), null);
    queue.push(bytes('\r'));
    assert.equal(queue.takeLine(), null);
    queue.push(bytes('\ntwo\nthree'));
    assert.equal(textOf(queue.takeLine()), 'one\r\n');
    assert.equal(textOf(queue.takeLine()), 'two\n');
    assert.equal(queue.takeLine(), null);
    assert.equal(queue.length, 5);
  });

  it('finds the next line after a skip past where it had searched', () => {
    const queue = new ByteQueue();
    queue.push(bytes('no line end here'));
    assert.equal(queue.takeLine(), null);
    assert.equal(queue.skip(3), 3);
    queue.push(bytes(' yet\n.'));
    assert.equal(textOf(queue.takeLine()), 'line end here yet\n');
    assert.equal(queue.skip(100), 1);
  });

  it('gives back just what went in, however it is cut and taken', () => {
    const next = random(3);
    const text = Array.from({ length: 5000 }, () => (next(20) === 0 ? '\n' : String.fromCharCode(97 + next(26)))).join(
      '',
    );
    const queue = new ByteQueue();
    let fed = 0;
    let taken = '';
    while (taken.length < text.length) {
      const size = next(40);
      queue.push(bytes(text.slice(fed, fed + size)));
      fed = Math.min(text.length, fed + size);
      const before = queue.length;
      const part = next(2) === 0 || fed === text.length ? queue.take(next(60) + 1) : queue.takeLine();
      assert.equal(queue.length, before - (part?.length ?? 0));
      taken += textOf(part) ?? '';
      assert.equal(taken, text.slice(0, taken.length));
    }
  });
});
