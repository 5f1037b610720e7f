import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bundledVersion,
  compareVersions,
  locateDebugpy,
  newerPythonOnPath,
} from '../../../../src/adapter/launch/debugpyLocation';
import { useTempFolder } from '../../../support/tempFolder';

const none = () => Promise.resolve(null);

describe('which debugpy is used', () => {
  const temp = useTempFolder();
  const bundle = () => {
    mkdirSync(join(temp.path, 'debugpy'));
    mkdirSync(join(temp.path, 'debugpy-1.8.22.dist-info'));
    return temp.path;
  };
  const own = (version: string) => ({ version, package: '/site-packages/debugpy' });

  it('is the bundled one when the interpreter has none', async () => {
    const found = await locateDebugpy('/py', { version: '3.12.1', debugpy: null }, none, bundle());
    assert.deepEqual(found, { version: '1.8.22', package: join(temp.path, 'debugpy'), python: '/py', bundled: true });
  });

  for (const version of ['1.8.22', '1.8.9', '1.6.7', '0+unknown']) {
    it(`is the bundled one when the interpreter's is ${version}`, async () => {
      const found = await locateDebugpy('/py', { version: '3.12.1', debugpy: own(version) }, none, bundle());
      assert.equal(found.bundled, true);
    });
  }

  for (const version of ['1.8.23', '1.10.0', '2.0.0.dev1']) {
    it(`is the interpreter's when that is ${version}`, async () => {
      const found = await locateDebugpy('/py', { version: '3.12.1', debugpy: own(version) }, none, bundle());
      assert.deepEqual(found, { version, package: '/site-packages/debugpy', python: '/py', bundled: false });
    });
  }

  it("is the interpreter's, however old, for a Python that the bundled one was not made for", async () => {
    const found = await locateDebugpy('/py', { version: '3.9.2', debugpy: own('1.8.0') }, none, bundle());
    assert.equal(found.bundled, false);
  });

  it('runs the bundled one on a newer Python for programs of 3.8 and 3.9', async () => {
    const newer = () => Promise.resolve('/newer');
    const found = await locateDebugpy('/py', { version: '3.8.18', debugpy: null }, newer, bundle());
    assert.deepEqual([found.bundled, found.python], [true, '/newer']);
  });

  it('is missing, with a reason and advice, when there is none that fits', async () => {
    const facts = { version: '3.12.1', debugpy: null };
    await assert.rejects(
      locateDebugpy('/py', facts, none, temp.path),
      /this build has none.*\/py -m pip install debugpy/,
    );
    const old = { version: '3.9.2', debugpy: null };
    await assert.rejects(locateDebugpy('/py', old, none, bundle()), /needs Python 3\.10 or newer to run/);
    const older = { version: '3.7.16', debugpy: null };
    await assert.rejects(locateDebugpy('/py', older, none, temp.path), /debugs Python 3\.8 and newer/);
  });

  it('is the version of the unpacked wheel', () => {
    assert.equal(bundledVersion(bundle()), '1.8.22');
    assert.equal(bundledVersion(join(temp.path, 'debugpy')), null);
    assert.equal(bundledVersion(join(temp.path, 'nowhere')), null);
  });

  it('compares versions by their numbers', () => {
    assert.ok(compareVersions('1.8.9', '1.8.22') < 0);
    assert.ok(compareVersions('1.10', '1.9.9') > 0);
    assert.equal(compareVersions('1.8', '1.8.0'), 0);
    assert.equal(compareVersions('1.8.22.post1', '1.8.22'), 0);
    assert.ok(compareVersions('unknown', '0.1') < 0);
  });

  it('finds the first interpreter on PATH that is new enough', async () => {
    const fake = (name: string, version: string) => {
      writeFileSync(join(temp.path, name), `#!/bin/sh\nprintf '\\nframewire-interpreter\\n${version}\\n\\n\\n'\n`);
      chmodSync(join(temp.path, name), 0o755);
    };
    fake('python3', '3.9.2');
    assert.equal(await newerPythonOnPath({ PATH: temp.path }, temp.path), null);
    fake('python3.12', '3.12.1');
    assert.equal(await newerPythonOnPath({ PATH: temp.path }, temp.path), join(temp.path, 'python3.12'));
  });
});
