/** Starts the process that reads a capture for a panel. */
import { fork } from 'node:child_process';
import type { Packet, Pipe } from '../../messages/panelChannel';

export interface HostProcess extends Pipe {
  /** 0 when it could not be started. */
  readonly pid: number;
  /** Calls back once when the process is gone, unless it was disposed. */
  onExit(listener: (words: string) => void): void;
  dispose(): void;
}

export interface HostProcessOptions {
  /** Absolute path of panelHost.mjs. */
  readonly script: string;
  readonly folder: string;
  readonly revealed: boolean;
  /** File with the texts in the language of the display, as `vscode.l10n` has it; English without. */
  readonly strings?: string | undefined;
}

/** Lines of standard error kept for the case that it dies. */
const MAX_WORDS = 2000;

export function startHostProcess({ script, folder, revealed, strings }: HostProcessOptions): HostProcess {
  const child = fork(script, [folder, ...(revealed ? ['--revealed'] : [])], {
    // in a desktop editor the executable is Electron, which is Node only when it is told so
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '', FRAMEWIRE_STRINGS: strings ?? '' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-MAX_WORDS);
  });
  let disposed = false;
  let gone = false;
  const listeners: ((words: string) => void)[] = [];
  const ended = (reason: string) => {
    if (gone) return;
    gone = true;
    if (!disposed) for (const listener of listeners) listener(words.trim() || reason);
  };
  child.once('error', (error) => ended(error.message));
  child.once('exit', (code, signal) => ended(`it ended with ${signal ?? `exit code ${code}`}`));
  return {
    pid: child.pid ?? 0,
    send: (packet) => {
      if (child.connected) child.send(packet, () => undefined);
    },
    listen: (receive) => {
      const listener = (message: unknown) => receive(message as Packet);
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onExit: (listener) => listeners.push(listener),
    dispose: () => {
      disposed = true;
      if (child.connected) child.disconnect();
    },
  };
}
