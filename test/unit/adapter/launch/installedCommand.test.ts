import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { resolveCommand } from '../../../../src/adapter/launch/installedCommand';
import { findPython } from '../../../../src/launch/python';

describe('an installed command', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let python: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'framewire-command-'));
    python = (await findPython({ cwd: folder, env: process.env })).path;
    const info = join(folder, 'lib/tool_box-2.5.dist-info');
    mkdirSync(info, { recursive: true });
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(info, 'METADATA'), 'Metadata-Version: 2.1\nName: tool-box\nVersion: 2.5\n');
    writeFileSync(join(info, 'entry_points.txt'), '[console_scripts]\ntool = box.cli:app.main\nother = box.x:y\n');
    for (const [name, first] of [
      ['tool', `#!${python}`],
      ['stray', `#!${python}`],
      ['other', '#!/bin/sh'],
      ['shell', '#!/bin/sh'],
    ]) {
      writeFileSync(join(folder, 'bin', name as string), `${first}\n`);
      chmodSync(join(folder, 'bin', name as string), 0o755);
    }
    env = {
      ...process.env,
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      PYTHONPATH: join(folder, 'lib'),
    };
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is found by its name, with its interpreter, entry point and distribution', async () => {
    const rules = [{ path: '/x', include: false }];
    const found = await resolveCommand({ command: 'tool', args: ['a'], rules }, folder, env);
    const path = join(folder, 'bin/tool');
    assert.deepEqual(found?.configuration, {
      args: ['a'],
      cwd: folder,
      python: [python],
      program: path,
      rules: [...rules, { module: 'box', include: true }],
    });
    assert.match(
      found?.note ?? '',
      /^Framewire: .*\/bin\/tool is tool-box 2\.5, entry point box\.cli:app\.main, run by .* \(Python 3\.\d+\.\d+\)\.$/,
    );
  });

  it('runs by its entry point where its file is no Python script', async () => {
    const found = await resolveCommand({ command: 'other', python }, folder, env);
    assert.equal(found?.configuration.program, undefined);
    assert.match(String(found?.configuration.code), /attrgetter\("y"\)\(importlib\.import_module\("box\.x"\)\)\(\)/);
  });

  it('may be a script that no distribution knows', async () => {
    const found = await resolveCommand({ command: join(folder, 'bin/stray') }, folder, env);
    assert.equal(found?.configuration.rules, undefined);
    assert.match(found?.note ?? '', /is a script of no known distribution/);
  });

  it('is refused when it is not there, no Python, or one of two', async () => {
    const named = (name: string) => ({ name });
    await assert.rejects(resolveCommand({ command: 'nowhere-to-be-found' }, folder, env), named('CommandNotFound'));
    await assert.rejects(resolveCommand({ command: 'shell', python }, folder, env), named('CommandNotPython'));
    await assert.rejects(
      resolveCommand({ command: 'tool', module: 'm' }, folder, env),
      /only one of "command" and "module"/,
    );
    await assert.rejects(resolveCommand({ command: 5 }, folder, env), /"command" must be a string/);
    assert.equal(await resolveCommand({ program: 'x.py' }, folder, env), null);
  });
});
