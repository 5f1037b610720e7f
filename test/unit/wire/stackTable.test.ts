import assert from 'node:assert/strict';
import { StackTable } from '../../../src/wire/stackTable';

function table(): StackTable {
  const stacks = new StackTable();
  stacks.addCode(1, '/app/upload.py', 'main');
  stacks.addCode(2, '/usr/lib/python3.11/http/client.py', 'HTTPConnection.send');
  return stacks;
}

describe('StackTable', () => {
  it('continues a stack with the one that lies under it', () => {
    const stacks = table();
    stacks.addStack(1, 0, Uint32Array.of(1, 10));
    stacks.addStack(2, 1, Uint32Array.of(2, 1039));
    assert.deepEqual(stacks.frames(2), [
      { file: '/usr/lib/python3.11/http/client.py', line: 1039, function: 'HTTPConnection.send' },
      { file: '/app/upload.py', line: 10, function: 'main' },
    ]);
  });

  it('gives the very same frames for the same stack', () => {
    const stacks = table();
    stacks.addStack(1, 0, Uint32Array.of(1, 10));
    assert.equal(stacks.frames(1), stacks.frames(1));
    assert.equal(stacks.frame(1, 10), stacks.frames(1)[0]);
  });

  it('knows nothing of ids that were never introduced', () => {
    const stacks = table();
    stacks.addStack(5, 99, Uint32Array.of(77, 1, 1, 3));
    assert.deepEqual(
      stacks.frames(5).map(({ line }) => line),
      [3],
    );
    assert.deepEqual(stacks.frames(0), []);
    assert.deepEqual(stacks.frames(6), []);
  });

  it('ends stacks that a damaged capture makes endless', () => {
    const stacks = table();
    stacks.addStack(1, 2, Uint32Array.of(1, 1));
    stacks.addStack(2, 1, Uint32Array.of(1, 2));
    assert.deepEqual(
      stacks.frames(1).map(({ line }) => line),
      [1, 2],
    );
    stacks.addStack(3, 0, new Uint32Array(20_000).fill(1));
    assert.equal(stacks.frames(3).length, 2000);
  });
});
