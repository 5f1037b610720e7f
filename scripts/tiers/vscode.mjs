// The extension in a real extension host, and the whole of it in a real workbench.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from '../build.mjs';
import { installInCodeServer } from '../lib/codeServer.mjs';
import { packExtension } from '../lib/packExtension.mjs';
import { out, root } from '../lib/paths.mjs';
import { findPythons } from '../lib/pythons.mjs';
import { ensureDebian } from '../lib/setup.mjs';
import { bundleSuites, listenForResults } from '../lib/suites.mjs';
import { makeFoldersWorkspace, makeSuiteWorkspace } from '../lib/suiteWorkspace.mjs';
import { mocha, Tally } from '../lib/tier.mjs';
import { chooseHost, hosts } from '../lib/vscodeHosts.mjs';
import { checkVsix, makeVsix } from '../lib/vsix.mjs';
import { entriesOf } from '../lib/zip.mjs';

const grepAt = process.argv.indexOf('--grep');
const grep = grepAt < 0 ? null : process.argv[grepAt + 1];
const artefacts = join(out, 'vscode');
const tally = new Tally();

const { name: host, why } = await chooseHost();
const called = { desktop: 'desktop VS Code', web: 'code-server in headless Chromium' }[host];
process.stdout.write(`  host: ${called} (${why})\n`);

rmSync(artefacts, { recursive: true, force: true });
// as it is shipped
await buildAll({ production: true });
await tally.step('the package is light, whole, and installs', checkPackage);
const standIns = ['pythonExtension', 'debugpyExtension'].map((name) => join(root, 'test/vscode', name));
const extensionPaths = [packExtension(join(artefacts, 'extension')), ...standIns];
await tally.step(`the suites ran in ${called}`, () => runSuites('suite', makeSuiteWorkspace));
await tally.step('the suites of several folders ran', () => runSuites('folders', makeFoldersWorkspace, 'zh-cn'));
// this is about the workbench in a browser: what a key press does and what a person then sees
if (host === 'web') tally.add(await mocha('vscode/workbench', { timeout: 180_000 }));
tally.close();

function checkPackage() {
  const { name, data } = makeVsix();
  checkVsix(data, [...entriesOf(data)]);
  if (host !== 'web') return;
  mkdirSync(artefacts, { recursive: true });
  const path = join(artefacts, name);
  writeFileSync(path, data);
  installInCodeServer(path, join(artefacts, 'installed'));
}

/** Runs the suites in test/vscode/NAME in a window of their own. */
async function runSuites(name, makeWorkspace, language) {
  const testsPath = await bundleSuites(name);
  const pytestPython = findPytest();
  const workspace = await makeWorkspace();
  const results = await listenForResults();
  const { original } = workspace;
  const options = { reportPort: results.port, grep, original, pytestPython };
  const env = { FRAMEWIRE_SUITES: JSON.stringify(options) };
  try {
    const hosting = hosts[host]({
      folder: workspace.folder,
      extensionPaths,
      testsPath,
      env,
      artefacts,
      onFailure: results.onFailure,
      language,
    });
    // a host that dies early never reports; one that has reported still has to end
    const early = hosting.then(() => Promise.reject(new Error('The extension host ended without a result.')));
    const counts = await Promise.race([results.counts, early]);
    await hosting;
    // a test that does not run proves nothing
    tally.add({ passed: counts.passed, failed: counts.failed + counts.pending });
    if (counts.passed + counts.failed + counts.pending === 0 && grep === null) throw new Error('No suite ran.');
  } finally {
    results.close();
    await workspace.stop();
  }
}

/** An interpreter that has pytest, which this machine may have for any of them. */
function findPytest() {
  const has = (python) => spawnSync(python, ['-c', 'import pytest'], { stdio: 'ignore' }).status === 0;
  const found = findPythons().find(({ path }) => has(path));
  if (found) return found.path;
  ensureDebian({ '/usr/bin/python3 -c import pytest': 'python3-pytest' });
  if (!has('/usr/bin/python3')) throw new Error('These suites need a Python that has pytest: pip install pytest');
  return '/usr/bin/python3';
}
