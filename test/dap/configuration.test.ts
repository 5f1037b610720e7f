import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Body } from './harness/client';
import { program, tooOldPython } from './harness/programs';
import { withSession } from './harness/session';

/** Launches what cannot be launched: the message and the number of the error. */
async function refusal(configuration: (folder: string) => Body): Promise<{ message: string; id: number }> {
  let result = { message: '', id: 0 };
  await withSession(async (dap) => {
    await dap.initialize();
    const answer = await dap.client.ask('launch', {
      ...dap.configuration({ program: program('walk.py') }),
      ...configuration(dap.folder),
    });
    assert.equal(answer.success, false);
    result = { message: answer.message ?? '', id: answer.body.error.id };
    assert.equal(answer.body.error.showUser, true);
    await dap.disconnect();
  });
  return result;
}

describe('a launch that cannot be', () => {
  const cases: Record<string, [(folder: string) => Body, number, RegExp]> = {
    'an interpreter that does not exist': [
      (folder) => ({ python: join(folder, 'nowhere/python') }),
      1002,
      /requested Python was not found\. There is no file .*nowhere\/python/,
    ],
    'an interpreter that is none': [() => ({ python: '/bin/true' }), 1004, /\/bin\/true does not work as a Python/],
    'a program that does not exist': [
      () => ({ program: 'nothing.py' }),
      2001,
      /There is no file .*nothing\.py\. Correct "program"/,
    ],
    'a folder that does not exist': [() => ({ cwd: '/nowhere/at/all' }), 2002, /"cwd" names the folder \/nowhere/],
    'a wire option of the wrong type': [
      () => ({ wire: { enabled: 'yes' } }),
      2002,
      /wire\.enabled must be true or false, not "yes"/,
    ],
    'a wire option that is not known': [
      () => ({ wire: { enable: true } }),
      2002,
      /wire\.enable is not known; there are enabled/,
    ],
    'a budget below zero': [() => ({ wire: { streamBudget: -1 } }), 2002, /wire\.streamBudget must be a whole number/],
    'an environment that is no object': [() => ({ env: ['A=1'] }), 2002, /"env" must be an object/],
    'two interpreters': [() => ({ pythonPath: 'python3' }), 2002, /"pythonPath" cannot stand beside "python"/],
    'a capture folder that is in use': [
      (folder) => {
        mkdirSync(join(folder, 'taken'));
        writeFileSync(join(folder, 'taken', 'file'), '');
        return { wire: { captureFolder: 'taken' } };
      },
      1020,
      /taken is not empty/,
    ],
  };
  for (const [name, [configuration, id, message]] of Object.entries(cases)) {
    it(`says why: ${name}`, async () => {
      const answer = await refusal(configuration);
      assert.match(answer.message, message);
      assert.equal(answer.id, id);
    });
  }

  const old = tooOldPython();
  if (old) {
    it(`says why: Python ${old.version}`, async () => {
      const answer = await refusal(() => ({ python: old.path }));
      assert.match(answer.message, new RegExp(`records Python 3\\.8 and newer; .* is Python ${old.version}\\.`));
      assert.equal(answer.id, 1005);
    });
  }

  it("says debugpy's own reason when that refuses the configuration", () =>
    withSession(async (dap) => {
      await dap.initialize();
      const message = await dap.client.refused('launch', dap.configuration({ configuration: { stopOnEntry: true } }));
      assert.match(message, /"program", "module", or "code" must be specified/);
      await dap.disconnect();
    }));
});

describe('a launch', () => {
  it('takes the interpreter with options of its own', () =>
    withSession(async (dap) => {
      const python = [dap.configuration({}).python, '-I'];
      await dap.start({ program: program('environment.py'), python });
      assert.equal(await dap.ended(), 0);
      assert.equal(JSON.parse(dap.client.outputOf('stdout')).isolated, 1);
      await dap.disconnect();
    }));

  it('finds the interpreter by itself', () =>
    withSession(async (dap) => {
      const { python: _, ...configuration } = dap.configuration({ program: program('environment.py') });
      await dap.initialize();
      await dap.launchExactly(configuration);
      assert.equal(await dap.ended(), 0);
      assert.match(JSON.parse(dap.client.outputOf('stdout')).version, /^3\./);
      await dap.disconnect();
    }));

  it('runs a module and code as well', () =>
    withSession(async (dap) => {
      await dap.start({ configuration: { module: 'this' } });
      assert.equal(await dap.ended(), 0);
      assert.match(dap.client.outputOf('stdout'), /The Zen of Python/);
      await dap.disconnect();
    }));

  it('leaves the program alone with "wire.enabled": false', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('environment.py'), configuration: { wire: { enabled: false } } });
      assert.equal(await dap.ended(), 0);
      assert.equal(JSON.parse(dap.client.outputOf('stdout')).pythonpath, process.env.PYTHONPATH ?? null);
      assert.match(await dap.client.refused('framewireReport'), /"wire.enabled" is false/);
      await dap.disconnect();
    }));
});
