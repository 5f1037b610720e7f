import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whatIsWrong, withDefaults, withEnvironmentFile } from '../../../../src/extension/debug/launchConfiguration';

describe('whatIsWrong', () => {
  const common = { type: 'framewire', request: 'launch', name: 'x' };

  it('has nothing to say of what debugpy takes', () => {
    const good = [
      { program: 'a.py' },
      { module: 'm', args: 'one two' },
      { code: ['import m', 'm.main()'], python: ['/usr/bin/python3', '-I'] },
      { program: 'a.py', rules: [{ module: 'http.client', include: true }], wire: { streamBudget: 1024 } },
      { program: 'a.py', env: { A: '1', B: null }, jinja: null, breakOnSystemExit: [null, 1, { from: 3, to: 9 }] },
      { program: 'a.py', qt: 'auto', preLaunchTask: 'build' },
    ];
    for (const one of good) assert.equal(whatIsWrong({ ...common, ...one }), null, JSON.stringify(one));
  });

  it('wants exactly one thing to run', () => {
    assert.match(whatIsWrong(common) ?? '', /"program".*"module".*"code"/);
    assert.match(whatIsWrong({ ...common, program: 'a.py', module: 'm' }) ?? '', /"program", "module"/);
  });

  it('names the attribute that does not fit', () => {
    assert.match(whatIsWrong({ ...common, program: 'a.py', console: 'window' }) ?? '', /console must be one of/);
    assert.match(whatIsWrong({ ...common, program: 'a.py', wire: { enabeld: true } }) ?? '', /wire\.enabeld/);
    assert.match(whatIsWrong({ ...common, program: 'a.py', rules: [{ module: 'm' }] }) ?? '', /rules\[0\]\.include/);
  });
});

describe('withDefaults', () => {
  it('gives way to what is set', () => {
    const { console, justMyCode, cwd } = withDefaults({ program: 'a.py', console: 'internalConsole', cwd: '/x' }, '/w');
    assert.deepEqual({ console, justMyCode, cwd }, { console: 'internalConsole', justMyCode: true, cwd: '/x' });
  });

  it('runs in the workspace, and lets debugpy choose without one', () => {
    assert.equal(withDefaults({ program: 'a.py' }, '/w').cwd, '/w');
    assert.equal('cwd' in withDefaults({ program: 'a.py' }, undefined), false);
  });

  it('keeps the terminal in sight, and the debug console where that is what the program writes to', () => {
    assert.equal(withDefaults({ program: 'a.py' }, '/w').internalConsoleOptions, 'neverOpen');
    assert.equal(
      'internalConsoleOptions' in withDefaults({ program: 'a.py', console: 'internalConsole' }, '/w'),
      false,
    );
  });

  it('switches template debugging on for Flask, and off when told', () => {
    assert.equal(withDefaults({ module: 'flask' }, '/w').jinja, true);
    assert.equal(withDefaults({ program: 'a.py', flask: true }, '/w').jinja, true);
    assert.equal(withDefaults({ module: 'flask', jinja: false }, '/w').jinja, false);
    assert.equal('jinja' in withDefaults({ program: 'a.py' }, '/w'), false);
  });
});

describe('withEnvironmentFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'framewire-environment-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('puts the file under the variables, and is gone itself', async () => {
    await writeFile(join(folder, 'my.env'), 'A=file\nB=file\n');
    const given = { program: 'a.py', envFile: 'my.env', env: { B: 'launch' } };
    assert.deepEqual(await withEnvironmentFile(given, folder, {}), {
      program: 'a.py',
      env: { A: 'file', B: 'launch' },
    });
  });

  it('takes .env of the workspace without being asked, if there is one', async () => {
    assert.deepEqual(await withEnvironmentFile({ program: 'a.py' }, folder, {}), { program: 'a.py' });
    await writeFile(join(folder, '.env'), 'A=1\n');
    assert.deepEqual((await withEnvironmentFile({ program: 'a.py' }, folder, {})).env, { A: '1' });
  });

  it('names the file that was asked for and is not there', async () => {
    const asked = withEnvironmentFile({ program: 'a.py', envFile: 'gone.env' }, folder, {});
    await assert.rejects(asked, (error: Error) => error.message.includes(join(folder, 'gone.env')));
  });
});
