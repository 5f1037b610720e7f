import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MAIN_PYTHON, PYTHONS } from './harness/programs';
import { withSession } from './harness/session';

const CODE = `import sys


def main():
    print("ran", *sys.argv[1:])
    return 3
`;

/** A tool as an installer leaves it: a script, a package, and the metadata that tie them together. */
function install(folder: string, python: string): { env: Record<string, string>; module: string; script: string } {
  const lib = join(realpathSync(folder), 'site-packages');
  const info = join(lib, 'tool_box-2.5.dist-info');
  const bin = join(folder, 'bin');
  for (const each of [info, bin, join(lib, 'box')]) mkdirSync(each, { recursive: true });
  writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: tool-box\nVersion: 2.5\n');
  writeFileSync(join(info, 'entry_points.txt'), '[console_scripts]\ntool = box.cli:main\n');
  writeFileSync(join(lib, 'box/__init__.py'), '');
  const module = join(lib, 'box/cli.py');
  writeFileSync(module, CODE);
  const script = join(bin, 'tool');
  writeFileSync(script, `#!${python}\nimport sys\nfrom box.cli import main\nsys.exit(main())\n`);
  chmodSync(script, 0o755);
  return { env: { PATH: `${bin}${delimiter}${process.env.PATH}`, PYTHONPATH: lib }, module, script };
}

describe('an installed command', () => {
  for (const python of PYTHONS) {
    it(`runs by its name with the Python ${python.version} it is installed for, its package as the user's code`, () =>
      withSession(async (dap) => {
        const { env, module, script } = install(dap.folder, python.path);
        await dap.initialize();
        const configuration = { command: 'tool', args: ['--fast'], env, breakOnSystemExit: [] };
        const { python: _, ...launch } = dap.configuration({ configuration });
        await dap.launchExactly(launch, {
          beforeRunning: async () => {
            const breakpoints = [{ line: 5 }];
            const set = { source: { path: module }, breakpoints };
            const answer = await dap.client.request('setBreakpoints', set);
            assert.equal(answer.breakpoints[0].verified, true);
          },
        });
        const { threadId, frames } = await dap.stopped('breakpoint');
        assert.deepEqual(
          frames.map(({ name }) => name),
          ['main', '<module>'],
        );
        assert.equal(realpathSync(frames[0].source.path), realpathSync(module));
        await dap.client.request('continue', { threadId });
        assert.equal(await dap.ended(), 3);
        assert.equal(dap.client.outputOf('stdout'), 'ran --fast\n');
        const note = dap.client.outputOf('console');
        assert.ok(note.includes(`${script} is tool-box 2.5, entry point box.cli:main, run by ${python.path}`), note);
        await dap.disconnect();
      }));
  }

  it('is refused with its number when there is no such command', () =>
    withSession(async (dap) => {
      await dap.initialize();
      const { python: _, ...launch } = dap.configuration({ configuration: { command: 'no-such-tool' } });
      const { body } = await dap.client.ask('launch', launch);
      assert.equal(body.error.id, 2006);
      await dap.disconnect();
    }));

  it('says what it is missing when its file is no Python script', () =>
    withSession(async (dap) => {
      await dap.initialize();
      const configuration = dap.configuration({ python: MAIN_PYTHON, configuration: { command: '/bin/sh' } });
      const { body, message } = await dap.client.ask('launch', configuration);
      assert.equal(body.error.id, 2007);
      assert.match(message ?? '', /\/bin\/sh is no Python script/);
      await dap.disconnect();
    }));
});
