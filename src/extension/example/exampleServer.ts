/** The server of the example: refuses uploads of more than 5 MB. A process of its own, run by the editor's own Node. */
import { type ChildProcess, fork } from 'node:child_process';

export interface ExampleServer {
  /** "https://localhost:PORT" */
  readonly tlsUrl: string;
  /** PEM, made for this run; a client that takes it as its authority trusts the server. */
  readonly certificate: string;
}

/** Lines of standard error kept for the case that it does not start. */
const MAX_WORDS = 2000;

/** Runs at most one server; it ends with `dispose`, or with the extension host at the latest. */
export class ExampleServers {
  #child: ChildProcess | null = null;
  #running: Promise<ExampleServer> | null = null;

  /** @param script absolute path of refusingServer.mjs */
  constructor(private readonly script: string) {}

  /** The server that runs, else a new one. @throws Error with what the process said when it does not start */
  start(): Promise<ExampleServer> {
    this.#running ??= this.#launch();
    return this.#running;
  }

  dispose(): void {
    // the server ends when its channel does
    if (this.#child?.connected) this.#child.disconnect();
    this.#forget();
  }

  #launch(): Promise<ExampleServer> {
    const child = fork(this.script, [], {
      // in a desktop editor the executable is Electron, which is Node only when it is told so
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      words = (words + chunk).slice(-MAX_WORDS);
    });
    return new Promise((resolve, reject) => {
      const gone = (reason: string) => {
        if (this.#child === child) this.#forget();
        reject(new Error(words.trim() || reason));
      };
      child.once('message', (message) => resolve(message as ExampleServer));
      child.once('error', (error) => gone(error.message));
      child.once('exit', (code, signal) => gone(`the server ended with ${signal ?? `exit code ${code}`}`));
    });
  }

  #forget(): void {
    this.#child = null;
    this.#running = null;
  }
}
