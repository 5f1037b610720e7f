// The two hosts in which the extension's suites run: a desktop VS Code, and code-server in a headless Chromium.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCodeServer } from './codeServer.mjs';
import { root } from './paths.mjs';
import { openWorkbench } from './workbench.mjs';

const DOWNLOADS = 'https://update.code.visualstudio.com/api/releases/stable';
/** What one run of all suites may take at most, in milliseconds. */
const LIMIT_MS = 20 * 60_000;

/**
 * Both take {folder: the workspace, extensionPaths, testsPath, env, artefacts: folder for what a failure leaves,
 * onFailure: calls back when a test has failed, language: of the display, for the web only} and resolve when the host has ended, whatever the suites' outcome: that arrives by listenForResults.
 */
export const hosts = { desktop: runOnDesktop, web: runInBrowser };

/**
 * The host that FRAMEWIRE_HOST names, else the desktop when it can be had, else the web.
 * @returns {Promise<{name: 'desktop' | 'web', why: string}>}
 */
export async function chooseHost() {
  const asked = process.env.FRAMEWIRE_HOST;
  if (asked) {
    if (!Object.hasOwn(hosts, asked)) throw new Error(`FRAMEWIRE_HOST is "${asked}"; there are desktop and web.`);
    return { name: asked, why: 'FRAMEWIRE_HOST says so' };
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { name: 'web', why: 'there is no display for a desktop VS Code (xvfb-run gives one)' };
  }
  if (existsSync(join(root, '.vscode-test'))) return { name: 'desktop', why: 'it was downloaded before' };
  try {
    const response = await fetch(DOWNLOADS, { signal: AbortSignal.timeout(5000) });
    if (response.ok) return { name: 'desktop', why: 'it can be downloaded' };
    return { name: 'web', why: `the downloads of VS Code answer ${response.status}` };
  } catch (error) {
    return { name: 'web', why: `VS Code cannot be downloaded (${error.cause?.message ?? error.message})` };
  }
}

async function runOnDesktop({ folder, extensionPaths, testsPath, env, artefacts }) {
  const { runTests } = await import('@vscode/test-electron');
  const userDataDir = mkdtempSync(join(tmpdir(), 'framewire-code-'));
  try {
    const launchArgs = [
      folder,
      ...['--user-data-dir', userDataDir, '--extensions-dir', join(userDataDir, 'extensions')],
      ...['--disable-workspace-trust', '--disable-telemetry', '--disable-updates', '--skip-welcome'],
      '--skip-release-notes',
    ];
    await runTests({
      extensionDevelopmentPath: extensionPaths,
      extensionTestsPath: testsPath,
      extensionTestsEnv: env,
      launchArgs,
    });
  } finally {
    keepLogs(join(userDataDir, 'logs'), artefacts);
    rmSync(userDataDir, { recursive: true, force: true });
  }
}

async function runInBrowser({ folder, extensionPaths, testsPath, env, artefacts, onFailure, language }) {
  const userDataDir = mkdtempSync(join(tmpdir(), 'framewire-code-'));
  const extensionsDir = join(userDataDir, 'extensions');
  mkdirSync(extensionsDir);
  let server;
  let workbench;
  try {
    server = await startCodeServer({ userDataDir, extensionsDir, env });
    const development = { extensionPaths, testsPath };
    workbench = await openWorkbench({ ...server, folder, artefacts, development, language });
    const pictures = [];
    onFailure((title) => pictures.push(workbench.screenshot(`failed - ${title}`)));
    const code = await Promise.race([workbench.ended, tooLong()]);
    await Promise.all(pictures);
    if (code !== 0) throw new Error(`The extension host ended with ${code}.`);
  } catch (error) {
    const path = await workbench?.screenshot('failed').catch(() => null);
    throw path ? new Error(`${error.message}\nThe workbench then: ${path}`) : error;
  } finally {
    await workbench?.close();
    await server?.stop();
    keepLogs(join(userDataDir, 'logs'), artefacts);
    rmSync(userDataDir, { recursive: true, force: true });
  }
}

function tooLong() {
  return new Promise((_, reject) => {
    const error = new Error(`The suites had not ended after ${LIMIT_MS / 60_000} minutes.`);
    setTimeout(() => reject(error), LIMIT_MS).unref();
  });
}

/** The logs of the editor and of its extension host. */
function keepLogs(from, artefacts) {
  if (!existsSync(from)) return;
  const to = join(artefacts, 'logs');
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}
