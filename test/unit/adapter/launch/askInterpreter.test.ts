import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askInterpreter } from '../../../../src/adapter/launch/askInterpreter';
import { useTempFolder } from '../../../support/tempFolder';

describe('asking an interpreter', () => {
  const temp = useTempFolder();
  const ask = (env: NodeJS.ProcessEnv = {}, cwd = temp.path) =>
    askInterpreter('python3', cwd, { ...process.env, ...env });
  const packageIn = (folder: string, code: string) => {
    mkdirSync(join(folder, 'debugpy'), { recursive: true });
    writeFileSync(join(folder, 'debugpy', '__init__.py'), code);
  };

  it('tells its version and its debugpy, whatever that prints', async () => {
    packageIn(join(temp.path, 'lib'), 'print("hello"); __version__ = "9.9.9"');
    const facts = await ask({ PYTHONPATH: join(temp.path, 'lib') });
    assert.match(facts.version, /^3\.\d+\.\d+$/);
    assert.deepEqual(facts.debugpy, { version: '9.9.9', package: join(temp.path, 'lib', 'debugpy') });
  });

  it('does not take a debugpy that cannot be imported', async () => {
    packageIn(join(temp.path, 'lib'), 'raise AssertionError("too old a Python")');
    assert.equal((await ask({ PYTHONPATH: join(temp.path, 'lib') })).debugpy, null);
  });

  it('does not take what lies in the working folder', async () => {
    packageIn(temp.path, '__version__ = "6.6.6"');
    assert.notEqual((await ask()).debugpy?.version, '6.6.6');
  });

  it('says what came instead of an answer', async () => {
    await assert.rejects(askInterpreter('/bin/false', temp.path, {}), /\/bin\/false does not work as a Python/);
    await assert.rejects(askInterpreter('/nowhere/python', temp.path, {}), /ENOENT/);
  });
});
