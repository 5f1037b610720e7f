import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveCommand } from '../../../src/cli/commandLine';
import type { CliError } from '../../../src/cli/errors';
import { useTempFolder } from '../../support/tempFolder';

describe('resolveCommand', () => {
  const temp = useTempFolder();
  const at = () => ({
    cwd: temp.path,
    env: { PATH: `${join(temp.path, 'bin')}:${process.env.PATH}`, HOME: process.env.HOME },
  });

  function file(path: string, mode = 0o644): string {
    const whole = join(temp.path, path);
    mkdirSync(join(whole, '..'), { recursive: true });
    writeFileSync(whole, '#!/bin/sh\n', { mode });
    return whole;
  }

  const fails = (words: string[], exitCode: number, message: RegExp) =>
    assert.rejects(resolveCommand(words, at()), (error: CliError) => {
      assert.equal(error.exitCode, exitCode, error.message);
      assert.match(error.message, message);
      return true;
    });

  it('takes a command from PATH, under the name it was called by', async () => {
    const tool = file('bin/tool', 0o755);
    assert.deepEqual(await resolveCommand(['tool', '-x', 'a b'], at()), {
      file: tool,
      argv0: 'tool',
      args: ['-x', 'a b'],
    });
    assert.equal((await resolveCommand(['./bin/tool'], at())).file, tool);
  });

  it('gives scripts, modules and packages to Python', async () => {
    file('upload.py');
    file('app/__main__.py');
    for (const words of [['upload.py', '--arg'], ['./upload.py'], ['-m', 'package', 'x'], ['-c', 'pass'], ['./app']]) {
      const invocation = await resolveCommand(words, at());
      assert.match(invocation.file, /python/, words.join(' '));
      assert.deepEqual(invocation.args, words);
    }
  });

  it('runs a command that is called like a script, where there is no such script', async () => {
    const tool = file('bin/s3tool.py', 0o755);
    assert.equal((await resolveCommand(['s3tool.py'], at())).file, tool);
    file('s3tool.py');
    assert.match((await resolveCommand(['s3tool.py'], at())).file, /python/);
  });

  it('uses the Python that was asked for', async () => {
    file('upload.py');
    await assert.rejects(resolveCommand(['upload.py'], { ...at(), python: './none' }), { name: 'PythonNotFound' });
    await assert.rejects(resolveCommand(['sh'], { ...at(), python: 'python3' }), /--python is for scripts/);
  });

  it('says what is missing, with the exit code of a shell', async () => {
    file('plain');
    await fails([], 64, /Nothing to run.*framewire run/);
    await fails(['-m'], 64, /-m needs a module/);
    await fails(['-x'], 64, /neither an option/);
    await fails(['missing.py'], 66, /no script missing\.py in/);
    await fails(['nosuch'], 127, /no program "nosuch" on PATH/);
    await fails(['plain'], 127, /There is one in this folder: \.\/plain/);
    await fails(['./none'], 127, /no file .*none/);
    await fails(['./plain'], 126, /not executable/);
    await fails([temp.path], 126, /is a folder/);
  });
});
