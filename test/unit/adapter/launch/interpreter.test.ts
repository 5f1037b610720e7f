import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseInterpreter } from '../../../../src/adapter/launch/interpreter';
import { useTempFolder } from '../../../support/tempFolder';

describe('choosing the interpreter', () => {
  const temp = useTempFolder();
  const choose = (configuration: Record<string, unknown>) => chooseInterpreter(configuration, temp.path, process.env);

  /** Answers as an old Python would: first for its version, then for its debugpy. */
  const old = (debugpy: string) => {
    const path = join(temp.path, 'python3.7');
    const answers = `printf '\\nframewire-python\\n3.7.16\\n${path}\\n/usr\\n\\nframewire-interpreter\\n3.7.16\\n${debugpy}\\n${debugpy && '/lib/debugpy/__init__.py'}\\n'`;
    writeFileSync(path, `#!/bin/sh\n${answers}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it('takes the active one when none is named', async () => {
    const chosen = await choose({});
    assert.match(chosen.version, /^3\./);
    assert.deepEqual([chosen.options, chosen.unrecorded], [[], null]);
  });

  it('takes a name, and options after it or apart', async () => {
    assert.deepEqual((await choose({ python: ['python3', '-I'] })).options, ['-I']);
    assert.deepEqual((await choose({ python: 'python3', pythonArgs: ['-X', 'dev'] })).options, ['-X', 'dev']);
    assert.match((await choose({ pythonPath: 'python3' })).path, /python3$/);
  });

  it('refuses what it cannot understand', async () => {
    await assert.rejects(choose({ python: 3 }), /"python" must be a path/);
    await assert.rejects(choose({ python: 'python3', pythonPath: 'python3' }), /cannot stand beside/);
    await assert.rejects(choose({ pythonArgs: '-I' }), /"pythonArgs" must be a list/);
    await assert.rejects(choose({ python: join(temp.path, 'no') }), /requested Python was not found/);
  });

  it('uses one that is too old for the probe without recording, if it can be debugged', async () => {
    const path = old('1.8.0');
    const chosen = await choose({ python: path });
    assert.deepEqual([chosen.path, chosen.version], [path, '3.7.16']);
    assert.equal((await chosen.ownDebugpy())?.version, '1.8.0');
    assert.match(chosen.unrecorded ?? '', /records Python 3\.8 and newer/);
  });

  it('refuses one that is too old for both', async () => {
    await assert.rejects(choose({ python: old('') }), /records Python 3\.8 and newer/);
  });
});
