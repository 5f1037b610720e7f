// The folder in which the extension's suites debug programs, with the servers that these programs talk to.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the editor substitutes these variables
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import { findAsciinema, findNginx, ORIGINAL_SIZE, startOriginalCase } from './originalCase.mjs';
import { root } from './paths.mjs';
import { ensureDebian } from './setup.mjs';

/** Size of a recording that the server of the original case accepts. */
const ACCEPTED = 3_000_000;

/**
 * Makes the folder and starts the servers. The first configuration of its launch.json, which F5 runs, is the original case
 * over TLS; without the original pair it is the example that stands in for it.
 * @returns {Promise<{folder: string, original: boolean, stop: () => Promise<void>}>}
 * @throws on Linux when nginx or asciinema are missing, with what to install. Elsewhere the original pair is left out.
 */
export async function makeSuiteWorkspace() {
  const folder = mkdtempSync(join(realpathSync.native(tmpdir()), 'framewire-workspace-'));
  cpSync(join(root, 'test/vscode/fixtures'), folder, { recursive: true });
  const server = process.platform === 'linux' ? await originalPair() : null;
  const example = await startRefusingServer();
  writeFileSync(join(folder, 'cert.pem'), example.certificate);
  cpSync(join(root, 'examples/upload.py'), join(folder, 'upload.py'));
  writeFileSync(join(folder, 'demo.cast'), Buffer.alloc(ORIGINAL_SIZE, 'o'));
  const configurations = [
    ...(server ? uploads(server, findAsciinema()) : []),
    exampleUpload(example),
    severalProcesses(example),
    hello(),
    helloOfDebugpy(),
  ];
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(join(folder, '.vscode/launch.json'), JSON.stringify({ version: '0.2.0', configurations }, null, 2));
  return {
    folder,
    original: server !== null,
    async stop() {
      await Promise.all([server?.stop(), example.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Makes a workspace of two folders; the second one has settings of its own. `folder` is its .code-workspace file.
 * @returns {Promise<{folder: string, original: boolean, stop: () => Promise<void>}>}
 */
export async function makeFoldersWorkspace() {
  const home = mkdtempSync(join(realpathSync.native(tmpdir()), 'framewire-folders-'));
  for (const name of ['first', 'second']) {
    mkdirSync(join(home, name, '.vscode'), { recursive: true });
    cpSync(join(root, 'test/vscode/fixtures/interpreter.py'), join(home, name, 'interpreter.py'));
    writeFileSync(join(home, name, 'notes.md'), '# Notes\n');
  }
  const settings = { 'framewire.capture.location': 'kept', 'framewire.capture.streamBudget': 1000 };
  writeFileSync(join(home, 'second/.vscode/settings.json'), JSON.stringify(settings));
  const folder = join(home, 'two.code-workspace');
  writeFileSync(folder, JSON.stringify({ folders: [{ path: 'first' }, { path: 'second' }] }));
  return { folder, original: false, stop: async () => rmSync(home, { recursive: true, force: true }) };
}

async function originalPair() {
  const missing = ensureDebian({ nginx: 'nginx', asciinema: 'asciinema' });
  if (missing.length > 0 || findAsciinema() === null || findNginx() === null) {
    throw new Error(
      `The original case needs nginx and asciinema 2: ${missing.map(({ install }) => install).join('; ')}`,
    );
  }
  return startOriginalCase();
}

function uploads(server, program) {
  const upload = (name, url, bytes) => ({
    name,
    type: 'framewire',
    request: 'launch',
    program,
    args: ['upload', server.castPath(bytes)],
    env: server.environment(url),
    // asciinema ends with sys.exit(1): that is how it tells its failure, and no place to stop
    breakOnSystemExit: [],
  });
  return [
    upload('refused over TLS', server.tlsUrl),
    upload('refused over plain HTTP', server.plainUrl),
    upload('accepted over TLS', server.tlsUrl, ACCEPTED),
  ];
}

function exampleUpload({ tlsUrl }) {
  return {
    name: 'example refused over TLS',
    type: 'framewire',
    request: 'launch',
    program: '${workspaceFolder}/upload.py',
    args: [`${tlsUrl}/api/asciicasts`, '${workspaceFolder}/demo.cast'],
    env: { SSL_CERT_FILE: '${workspaceFolder}/cert.pem' },
    breakOnSystemExit: [],
  };
}

/** Its children are recorded and not debugged: what fails in them does not stop the session. */
function severalProcesses({ plainUrl }) {
  return {
    name: 'several processes',
    type: 'framewire',
    request: 'launch',
    program: '${workspaceFolder}/several.py',
    args: [`${plainUrl}/api/asciicasts`],
    subProcess: false,
  };
}

function hello() {
  return { name: 'hello', type: 'framewire', request: 'launch', program: '${workspaceFolder}/hello.py' };
}

/** A configuration as people have it before they know of Framewire. */
function helloOfDebugpy() {
  return {
    name: "hello, with the Python debugger's type",
    type: 'debugpy',
    request: 'launch',
    program: '${workspaceFolder}/hello.py',
    env: { GREETING: 'recorded' },
  };
}
