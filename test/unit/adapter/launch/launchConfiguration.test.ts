import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLaunchConfiguration, withTextArguments } from '../../../../src/adapter/launch/launchConfiguration';
import { useTempFolder } from '../../../support/tempFolder';

describe('the launch configuration', () => {
  const temp = useTempFolder();
  beforeEach(() => {
    mkdirSync(join(temp.path, 'package'));
    writeFileSync(join(temp.path, 'package', 'main.py'), '');
  });
  const read = (more: Record<string, unknown>) => readLaunchConfiguration({ cwd: temp.path, ...more });

  it('gives what the adapter needs of it', () => {
    const env = { A: '1', B: null };
    const wire = { streamBudget: 5 };
    assert.deepEqual(read({ program: 'package/main.py', args: ['-v', 3], env, wire }), {
      cwd: temp.path,
      wire,
      env,
      command: ['package/main.py', '-v', '3'],
    });
    assert.deepEqual(read({ module: 'package', args: '-v $HOME' }).command, ['-m', 'package', '-v $HOME']);
    assert.deepEqual(read({ code: 'pass' }).command, ['-c']);
  });

  it('has the numbers among the arguments as text', () => {
    assert.deepEqual(withTextArguments({ args: ['-p', 8080], cwd: '/' }), { args: ['-p', '8080'], cwd: '/' });
    for (const other of [{}, { args: '-p 8080' }, { args: [['x']] }]) assert.deepEqual(withTextArguments(other), other);
  });

  it('runs a program in its own folder unless told, as debugpy does', () => {
    const program = join(temp.path, 'package', 'main.py');
    assert.equal(readLaunchConfiguration({ program }).cwd, join(temp.path, 'package'));
    assert.equal(readLaunchConfiguration({ module: 'x' }).cwd, process.cwd());
  });

  for (const [configuration, message] of [
    [{ program: 'nothing.py' }, /There is no file .*nothing\.py/],
    [{ program: 3 }, /"program" must be a string/],
    [{ cwd: '/nowhere' }, /folder \/nowhere, which does not exist/],
    [{ env: [] }, /"env" must be an object/],
    [{ env: { A: 1 } }, /A is not a string/],
    [{ wire: true }, /wire must be an object/],
    [{ wire: { captureFolder: 3 } }, /wire\.captureFolder must be a string, not 3/],
    [{ wire: { captureBudget: 1.5 } }, /wire\.captureBudget must be a whole number/],
    [{ wire: { toString: 1 } }, /wire\.toString is not known/],
  ] as const) {
    it(`refuses ${JSON.stringify(configuration)}`, () => assert.throws(() => read(configuration), message));
  }
});
