// VS Code as a web server: code-server from npm, kept in the cache by version, and started on a local port.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache } from './paths.mjs';
import { runQuiet } from './run.mjs';
import { ensureDebian } from './setup.mjs';

/** code-server 4.139.1 is VS Code 1.139.1; it runs on exactly this major version of Node, which npm has too. */
const VERSION = '4.139.1';
const NODE_VERSION = '24.21.0';

/** The package that holds node for this machine; the package `node` only picks it, by an install script. */
const NODE_PACKAGE = `${process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${process.platform}-${process.arch}`;

/** What its native modules are built with: program or file, and the Debian package that has it. */
const BUILD_TOOLS = {
  make: 'make',
  'g++': 'g++',
  python3: 'python3',
  '/usr/include/gssapi/gssapi.h': 'libkrb5-dev',
};
/** How long an abandoned build may lie in the cache. */
const STALE_MS = 3_600_000;

/**
 * Installs code-server into the cache unless it is there; that takes two minutes.
 * @returns {{node: string, entry: string}} paths of its Node and of its program.
 * @throws when the tools to build it are missing, naming what to install, or when npm fails, with npm's words.
 */
export function ensureCodeServer() {
  const folder = join(cache, `code-server-${VERSION}-${process.platform}-${process.arch}`);
  const installed = (base) => ({
    node: join(base, 'node_modules', NODE_PACKAGE, 'bin/node'),
    entry: join(base, 'node_modules/code-server/out/node/entry.js'),
  });
  if (existsSync(join(folder, '.complete'))) return installed(folder);
  if (process.platform === 'win32') throw new Error('code-server does not run on Windows; install VS Code instead.');
  ensureBuildTools();
  mkdirSync(cache, { recursive: true });
  dropStaleBuilds();
  const build = mkdtempSync(join(cache, '.building-code-server-'));
  try {
    install(build, installed(build).node);
    writeFileSync(join(build, '.complete'), '');
    renameSync(build, folder);
  } catch (error) {
    rmSync(build, { recursive: true, force: true });
    // somebody else may have been quicker
    if (!existsSync(join(folder, '.complete'))) throw error;
  }
  return installed(folder);
}

/** @throws naming what to install, where that may not be done without a question. */
export function ensureBuildTools() {
  const missing = process.platform === 'linux' ? ensureDebian(BUILD_TOOLS) : [];
  if (missing.length > 0) {
    const list = missing.map(({ program, install }) => `  ${program}: ${install}`).join('\n');
    throw new Error(`code-server cannot be built here; these are missing:\n${list}`);
  }
}

function install(folder, node) {
  const dependencies = { 'code-server': VERSION, [NODE_PACKAGE]: NODE_VERSION };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const quiet = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' };
  process.stdout.write(`· npm install code-server@${VERSION}\n`);
  // its install script refuses the Node that runs us, so it is run below with the right one
  runQuiet('npm', ['install', '--ignore-scripts', '--no-package-lock'], {
    cwd: folder,
    env: { ...process.env, ...quiet },
    what: 'npm install code-server',
  });
  process.stdout.write('· building its native modules (about two minutes, once)\n');
  runQuiet('sh', ['postinstall.sh'], {
    cwd: join(folder, 'node_modules/code-server'),
    env: {
      ...process.env,
      ...quiet,
      PATH: `${join(node, '..')}:${process.env.PATH}`,
      // headers of the Node it will run on, instead of a download
      npm_config_nodedir: join(node, '../..'),
      // from this the script learns the package manager and the version of Node
      npm_config_user_agent: `npm/10 node/v${NODE_VERSION} ${process.platform} ${process.arch}`,
    },
    what: 'building code-server',
  });
}

/** Removes builds that were interrupted long ago. */
function dropStaleBuilds() {
  for (const name of readdirSync(cache)) {
    if (!name.startsWith('.building-code-server-')) continue;
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Installs a .vsix as the editor does it for a user, into a folder of its own.
 * @throws with the editor's words when it does not take it
 */
export function installInCodeServer(vsix, folder) {
  const { node, entry } = ensureCodeServer();
  const args = ['--user-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions')];
  const said = runQuiet(node, [entry, '--install-extension', vsix, ...args], {
    env: outsideOfEditors(process.env),
    what: 'installing the package',
  });
  const listed = runQuiet(node, [entry, '--list-extensions', ...args], { env: outsideOfEditors(process.env) });
  if (!/^framewire\.framewire$/m.test(listed)) throw new Error(`The package was not installed:\n${said}${listed}`);
}

/** In a browser the editor saves by itself what is typed: a key that goes astray must not change a library of this machine. */
function saveNothingByItself(userDataDir) {
  const file = join(userDataDir, 'User/settings.json');
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ 'files.autoSave': 'off' }));
}

/**
 * Starts code-server on a free local port, without authentication: for this machine's user only.
 * All it keeps goes to `userDataDir` and `extensionsDir`.
 * @param {{extensionsDir: string, userDataDir: string, port?: number, env?: Record<string, string>,
 *   onLine?: (line: string) => void}} options
 * @returns {Promise<{url: string, port: number, stop: () => Promise<void>}>} `url` ends without a slash.
 */
export async function startCodeServer({ extensionsDir, userDataDir, port = 0, env = {}, onLine = () => undefined }) {
  const { node, entry } = ensureCodeServer();
  saveNothingByItself(userDataDir);
  const child = spawn(
    node,
    [
      entry,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--config', join(userDataDir, 'config.yaml')],
      ...['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
      '--disable-getting-started-override',
    ],
    { env: { ...outsideOfEditors(process.env), ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const gone = new Promise((resolve) => child.once('close', resolve));
  const output = [];
  const address = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      for (const line of String(chunk).split('\n').filter(Boolean)) {
        if (output.push(line) > 50) output.shift();
        onLine(line);
        const found = /HTTP server listening on (http:\/\/[\d.]+:(\d+))/.exec(line);
        if (found) resolve({ url: found[1], port: Number(found[2]) });
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    gone.then((code) => reject(new Error(`code-server ended with exit code ${code}:\n${output.join('\n')}`)));
  });
  return {
    ...address,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) killGroup(child.pid);
      await gone;
    },
  };
}

/** The server, its extension host and what runs in its terminals are one process group. */
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // all of it has just ended
  }
}

/** Without what an editor's own terminal sets: with it, code-server would open its folder in that editor. */
function outsideOfEditors(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER_|PORT$)/.test(name)),
  );
}
