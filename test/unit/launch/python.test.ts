import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LaunchError } from '../../../src/launch/errors';
import { findPython, type Interpreter } from '../../../src/launch/python';
import { useTempFolder } from '../../support/tempFolder';

describe('findPython', () => {
  const temp = useTempFolder();
  let real: Interpreter;

  before(async () => {
    real = await findPython({ cwd: '/', env: { ...process.env, VIRTUAL_ENV: '' } });
  });

  /** A program that answers as a Python of that version does. */
  function fake(path: string, version: string): string {
    return script(path, `printf '\\nframewire-python\\n${version}\\n/usr/bin/fake\\n/usr\\n'`);
  }

  function script(path: string, body: string): string {
    const file = join(temp.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  const rejects = (search: Promise<unknown>, name: string, message: RegExp) =>
    assert.rejects(search, (error: LaunchError) => {
      assert.equal(error.name, name, error.message);
      assert.match(error.message, message);
      return true;
    });

  it('finds the active interpreter of this machine and asks it', () => {
    assert.match(real.version, /^3\.\d+\.\d+$/);
    assert.equal(real.source, 'PATH');
  });

  it('prefers the active virtual environment, then one in the working folder', async () => {
    const active = fake('active/bin/python', '3.12.1');
    const local = fake('.venv/bin/python', '3.13.0');
    const PATH = dirname(fake('bin/python3', '3.9.1'));
    const found = await findPython({ cwd: temp.path, env: { PATH, VIRTUAL_ENV: join(temp.path, 'active') } });
    assert.deepEqual([found.path, found.version, found.source], [active, '3.12.1', 'virtual environment']);
    const second = await findPython({ cwd: temp.path, env: { PATH } });
    assert.deepEqual([second.path, second.source], [local, 'working folder']);
  });

  it('keeps the path of a virtual environment and does not follow its link', async () => {
    mkdirSync(join(temp.path, 'venv/bin'), { recursive: true });
    symlinkSync(real.executable, join(temp.path, 'venv/bin/python'));
    const found = await findPython({ cwd: temp.path, env: { PATH: '' } });
    assert.equal(found.path, join(temp.path, 'venv/bin/python'));
    assert.equal(found.version, real.version);
  });

  it('passes over a shim that has nothing behind it', async () => {
    script('shims/python3', 'echo "pyenv: python3: command not found" >&2; exit 127');
    const good = fake('bin/python3', '3.10.2');
    const PATH = `${join(temp.path, 'shims')}:${join(temp.path, 'bin')}`;
    assert.equal((await findPython({ cwd: temp.path, env: { PATH } })).path, good);
  });

  it('refuses an active interpreter that is too old and names the newer one it saw', async () => {
    const old = fake('a/python3', '3.7.16');
    const newer = fake('b/python3', '3.11.2');
    const PATH = `${dirname(old)}:${dirname(newer)}`;
    const message = new RegExp(`${old} is Python 3\\.7\\.16\\. Python 3\\.11\\.2 is at ${newer}`);
    await rejects(findPython({ cwd: temp.path, env: { PATH } }), 'PythonTooOld', message);
    await rejects(findPython({ cwd: temp.path, env: { PATH: dirname(old) } }), 'PythonTooOld', /Install a newer one/);
  });

  it('says where it looked when there is none', async () => {
    await rejects(
      findPython({ cwd: temp.path, env: { PATH: '' } }),
      'NoPythonFound',
      /python3? on PATH.*Install Python/,
    );
  });

  it('takes a request as a name, a path, or a virtual environment', async () => {
    const path = fake('bin/python3.12', '3.12.1');
    fake('env/bin/python', '3.13.0');
    const search = { cwd: temp.path, env: { PATH: dirname(path) } };
    assert.equal((await findPython({ ...search, requested: 'python3.12' })).path, path);
    assert.equal((await findPython({ ...search, requested: './bin/python3.12' })).source, 'requested');
    for (const requested of ['env', './env', join(temp.path, 'env')]) {
      assert.equal((await findPython({ ...search, requested })).version, '3.13.0', requested);
    }
  });

  it('tells the ways apart in which a request fails', async () => {
    const search = { cwd: temp.path, env: { PATH: '' } };
    writeFileSync(join(temp.path, 'plain'), '');
    script('silent', 'exit 0');
    script('crashes', 'echo "first" >&2; echo "bad magic" >&2; exit 3');
    await rejects(findPython({ ...search, requested: 'python9' }), 'PythonNotFound', /no program "python9" on PATH/);
    await rejects(findPython({ ...search, requested: './none' }), 'PythonNotFound', /no file .*\/none/);
    await rejects(findPython({ ...search, requested: './plain' }), 'PythonNotExecutable', /chmod/);
    await rejects(findPython({ ...search, requested: './silent' }), 'PythonDidNotAnswer', /printed nothing/);
    await rejects(findPython({ ...search, requested: './crashes' }), 'PythonDidNotAnswer', /bad magic/);
  });

  it('does not wait for ever', async () => {
    script('hangs', 'exec sleep 60');
    const search = findPython({ cwd: temp.path, env: process.env, requested: './hangs', timeout: 200 });
    await rejects(search, 'PythonDidNotAnswer', /within 0\.2 s/);
  });

  it('is not misled by modules in the working folder', async () => {
    for (const name of ['json', 'os', 'types']) writeFileSync(join(temp.path, `${name}.py`), 'raise SystemExit(9)\n');
    const found = await findPython({ cwd: temp.path, env: process.env, requested: real.executable });
    assert.equal(found.version, real.version);
  });
});
