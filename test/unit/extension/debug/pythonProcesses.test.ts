import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isPython, pythonProcesses } from '../../../../src/extension/debug/pythonProcesses';
import { likelyInterpreters } from '../../../../src/extension/upload/likelyInterpreters';

describe('the Python processes of this machine', () => {
  it('are known by the program', () => {
    for (const line of ['python', '/usr/bin/python3.11 -m http.server', '"C:\\Py thon\\python.exe" a.py', 'pypy3 x']) {
      assert.equal(isPython(line), true, line);
    }
    for (const line of ['', 'node python.js', '/opt/python/bin/node', 'vim a.py'])
      assert.equal(isPython(line), false, line);
  });

  it('have one that has just been started', async () => {
    const [python = ''] = likelyInterpreters(null, undefined);
    const child = spawn(python, ['-c', 'print("up", flush=True); input()'], { stdio: ['pipe', 'pipe', 'ignore'] });
    try {
      await once(child.stdout, 'data');
      const found = (await pythonProcesses()).find(({ pid }) => pid === child.pid);
      assert.match(found?.commandLine ?? '', /^\S*python3?\S* -c print/);
    } finally {
      child.stdin.end();
      await once(child, 'close');
    }
  });
});
