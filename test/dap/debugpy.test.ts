import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MAIN_PYTHON, program } from './harness/programs';
import { ADAPTER, withSession } from './harness/session';

const BUNDLE = join(dirname(ADAPTER), 'debugpy');
const bundled = /^debugpy-(.+)\.dist-info$/.exec(
  readdirSync(BUNDLE).find((name) => name.endsWith('.dist-info')) ?? '',
)?.[1];

/** A folder for PYTHONPATH with a debugpy that calls itself this version. */
function ownDebugpy(folder: string, version: string): NodeJS.ProcessEnv {
  const lib = join(folder, 'lib');
  cpSync(join(BUNDLE, 'debugpy'), join(lib, 'debugpy'), { recursive: true });
  const file = join(lib, 'debugpy', '_version.py');
  const code = readFileSync(file, 'utf8');
  const renamed = code.replace(`"version": "${bundled}"`, `"version": "${version}"`);
  assert.notEqual(renamed, code);
  writeFileSync(file, renamed);
  return { PYTHONPATH: lib };
}

/** Runs a program under whatever debugpy is taken, and tells which it was. */
async function versionInUse(prepare: (folder: string) => { env?: NodeJS.ProcessEnv }): Promise<string> {
  let version = '';
  await withSession(
    async (dap) => {
      await dap.start({ program: program('environment.py') });
      assert.equal(await dap.ended(), 0);
      const told = dap.client.timeline.find(({ event, body }) => event === 'output' && body.output === 'debugpy');
      version = told?.body.data.packageVersion;
      // the answer to initialize was given before debugpy was there: it must have been right
      assert.equal(
        dap.client.timeline.find(({ event }) => event === 'capabilities'),
        undefined,
      );
      await dap.disconnect();
    },
    { prepare },
  );
  return version;
}

describe('debugpy', () => {
  it('is the one in the build, with the capabilities that were announced', async () => {
    assert.equal(await versionInUse(() => ({})), bundled);
  });

  it("is the interpreter's own when that is newer", async () => {
    assert.equal(await versionInUse((folder) => ({ env: ownDebugpy(folder, '99.0.1') })), '99.0.1');
  });

  it("is the one in the build when the interpreter's own is older", async () => {
    assert.equal(await versionInUse((folder) => ({ env: ownDebugpy(folder, '1.2.3') })), bundled);
  });

  it('is told to be missing when there is none', () =>
    withSession(
      async (dap) => {
        await dap.initialize();
        const answer = await dap.client.ask('launch', dap.configuration({ program: program('walk.py') }));
        assert.equal(answer.body.error.id, 2003);
        assert.match(answer.message ?? '', /No debugpy was found: this build has none/);
        assert.ok(answer.message?.endsWith(`${MAIN_PYTHON.path} -m pip install debugpy.`), answer.message);
        await dap.disconnect();
      },
      {
        prepare: (folder) => {
          const adapter = join(folder, 'adapter.mjs');
          cpSync(ADAPTER, adapter);
          return { adapter };
        },
      },
    ));

  it('is told to be broken when it does not start', () =>
    withSession(
      async (dap) => {
        await dap.initialize();
        const message = await dap.client.refused('launch', dap.configuration({ program: program('walk.py') }));
        assert.match(
          message,
          /debugpy exited with code 1, unexpectedly\.\n(.*\n)*.*NameError: name 'broken' is not defined/,
        );
        await dap.disconnect();
      },
      {
        prepare: (folder) => {
          const env = ownDebugpy(folder, '99.0.1');
          const main = join(folder, 'lib', 'debugpy', 'adapter', '__main__.py');
          writeFileSync(main, `broken\n${readFileSync(main, 'utf8')}`);
          return { env };
        },
      },
    ));
});
