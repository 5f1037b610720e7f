import assert from 'node:assert/strict';
import { programCommand } from '../../../src/wire/programCommand';

describe('the command of a program', () => {
  it('is that which the debugger was told to run', () => {
    const own = ['/usr/bin/asciinema', 'upload', '--quiet'];
    const line = `python -X frozen_modules=off /x/debugpy --connect 127.0.0.1:1 --configure-subProcess False --wait-for-client`;
    assert.deepEqual(programCommand([...line.split(' '), ...own]), ['python', ...own]);
    assert.deepEqual(programCommand(['python', '-m', 'debugpy', '--listen', '5678', '-m', 'pkg', 'x']), [
      'python',
      '-m',
      'pkg',
      'x',
    ]);
    const child = 'python /x/pydevd/pydevd.py --port 5 --client 127.0.0.1 --multiprocess --file a.py b'.split(' ');
    assert.deepEqual(programCommand(child), ['python', 'a.py', 'b']);
  });

  it('is the whole line where there is no debugger, or nothing after it', () => {
    for (const line of ['python a.py --connect 1', 'python /x/debugpy --connect', 'python debugpy.py', '']) {
      const argv = line.split(' ');
      assert.deepEqual(programCommand(argv), argv);
    }
    assert.deepEqual(programCommand([]), []);
  });
});
