import assert from 'node:assert/strict';
import { watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitStatus, runProgram } from '../../../src/cli/program';
import { useTempFolder } from '../../support/tempFolder';

describe('runProgram', () => {
  const temp = useTempFolder();
  const shell = (script: string, env: Record<string, string> = {}) =>
    runProgram(
      { file: '/bin/sh', argv0: 'sh', args: ['-c', script] },
      { PATH: process.env.PATH ?? '', ...env },
      temp.path,
    );

  it('tells how the program ended', async () => {
    assert.deepEqual(await shell('exit 0'), { exitCode: 0, signal: null });
    assert.deepEqual(await shell('exit 7'), { exitCode: 7, signal: null });
    assert.deepEqual(await shell('kill -9 $$'), { exitCode: null, signal: 'SIGKILL' });
  });

  it('gives it its environment, folder, name and arguments, nothing else', async () => {
    assert.equal((await shell('test "$A" = "x y"', { A: 'x y' })).exitCode, 0);
    assert.equal((await shell(`test "$PWD" = "${temp.path}"`)).exitCode, 0);
    assert.equal((await shell('test "$0" = sh')).exitCode, 0);
  });

  it('passes a signal on and waits for the program', async () => {
    // the program says that it is ready by making a file: the folder's watcher is the event
    const ready = new Promise<void>((seen) => {
      const watcher = watch(temp.path, (_event, name) => {
        if (name !== 'ready') return;
        watcher.close();
        seen();
      });
    });
    const program = `process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1e6); require('fs').writeFileSync('ready', '')`;
    const ended = runProgram({ file: process.execPath, argv0: 'node', args: ['-e', program] }, {}, temp.path);
    await ready;
    process.emit('SIGTERM', 'SIGTERM');
    assert.deepEqual(await ended, { exitCode: 5, signal: null });
  });

  it('leaves no handler behind', async () => {
    const before = process.listenerCount('SIGTERM') + process.listenerCount('SIGINT');
    await shell('exit 0');
    assert.equal(process.listenerCount('SIGTERM') + process.listenerCount('SIGINT'), before);
  });

  it('says why a file cannot be started', async () => {
    const script = join(temp.path, 'script');
    writeFileSync(script, '#!/no/such/interpreter\n', { mode: 0o755 });
    await assert.rejects(runProgram({ file: script, argv0: 'script', args: [] }, {}, temp.path), {
      exitCode: 127,
      message: /script cannot be started: the interpreter that its first line names does not exist/,
    });
  });
});

describe('exitStatus', () => {
  it('is what a shell says', () => {
    assert.equal(exitStatus({ exitCode: 3, signal: null }), 3);
    assert.equal(exitStatus({ exitCode: null, signal: 'SIGKILL' }), 137);
    assert.equal(exitStatus({ exitCode: null, signal: 'SIGINT' }), 130);
  });
});
