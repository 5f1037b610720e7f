// Opens a folder in a real VS Code with the extension of this checkout in it, ready for F5.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCodeServer } from './codeServer.mjs';
import { packExtension } from './packExtension.mjs';
import { out, root } from './paths.mjs';
import { which } from './run.mjs';

/** A calm window: nothing but the folder. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  // a terminal of text: a browser without a graphics card would draw a picture
  'terminal.integrated.gpuAcceleration': 'off',
  // as in a desktop editor; and no key that goes astray changes a library of this machine
  'files.autoSave': 'off',
  'files.readonlyInclude': { '**/dist-packages/**': true, '**/site-packages/**': true, '**/lib/python3*/**': true },
};

/**
 * Opens the desktop VS Code when there is one, else code-server at a local address that is printed. Resolves when the
 * user is done: the window was closed, or Ctrl-C. The extension must have been built.
 */
export async function openEditor({ workspaceFolder }) {
  const desktop = findDesktop();
  if (desktop) {
    process.stdout.write('\nOpening VS Code. Press F5 there; this command ends when its window is closed.\n');
    const extension = packExtension(join(out, 'editor/extension'));
    const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${extension}`, workspaceFolder];
    // on Windows it is a batch file, which only a shell can run, and a shell wants quotes
    const shell = process.platform === 'win32';
    const quoted = (word) => (shell ? `"${word}"` : word);
    const child = spawn(quoted(desktop), args.map(quoted), { stdio: 'ignore', shell });
    const [code] = await Promise.race([once(child, 'exit'), interrupted().then(() => [0])]);
    if (code !== 0) throw new Error(`${desktop} ended with exit code ${code}.`);
    return;
  }
  const editor = await startWebEditor({ workspaceFolder });
  try {
    process.stdout.write(
      `\nVS Code, for this machine's browser:\n\n  ${editor.url}\n\nPress F5 there. Ctrl-C ends it.\n`,
    );
    await interrupted();
  } finally {
    await editor.stop();
  }
}

/**
 * Starts code-server with the packaged extension installed in it.
 * @returns {Promise<{url: string, origin: string, port: number, stop: () => Promise<void>}>} `url` opens the folder
 */
export async function startWebEditor({ workspaceFolder }) {
  const home = mkdtempSync(join(tmpdir(), 'framewire-editor-'));
  const clean = () => rmSync(home, { recursive: true, force: true });
  try {
    const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const extensionsDir = join(home, 'extensions');
    packExtension(join(extensionsDir, `${publisher}.${name}-${version}`));
    const userDataDir = join(home, 'data');
    mkdirSync(join(userDataDir, 'User'), { recursive: true });
    writeFileSync(join(userDataDir, 'User/settings.json'), JSON.stringify(SETTINGS, null, 2));
    const server = await startCodeServer({ userDataDir, extensionsDir });
    return {
      url: `${server.url}/?${new URLSearchParams({ folder: workspaceFolder })}`,
      origin: server.url,
      port: server.port,
      async stop() {
        await server.stop();
        clean();
      },
    };
  } catch (error) {
    clean();
    throw error;
  }
}

/** The `code` that opens a window of its own; null where it could not: no display, as root, or in a remote terminal. */
function findDesktop() {
  if (process.env.VSCODE_IPC_HOOK_CLI) return null;
  if (process.platform === 'linux') {
    if (process.getuid() === 0 || !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)) return null;
  }
  return which(process.platform === 'win32' ? 'code.cmd' : 'code');
}

function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
}
