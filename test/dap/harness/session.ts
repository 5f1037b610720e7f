/** A debug session as a context: the adapter is started, a test runs, and everything must be over and gone after it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../support/checkout';
import { type Body, Client, PATIENCE } from './client';
import { MAIN_PYTHON, type Program, type Python } from './programs';

export const ADAPTER = process.env.FRAMEWIRE_ADAPTER ?? join(checkout, 'dist/adapter.mjs');

export interface Breakpoints {
  readonly [marker: string]:
    | true
    | { readonly condition?: string; readonly hitCondition?: string; readonly logMessage?: string };
}

export interface StartOptions {
  readonly program?: Program;
  readonly python?: Python | string | readonly string[];
  readonly breakpoints?: Breakpoints;
  readonly exceptionFilters?: readonly string[];
  /** Arguments of `setExceptionBreakpoints`, in place of the filters. */
  readonly exceptionBreakpoints?: Body;
  readonly configuration?: Body;
  /** Called when the debugger may be configured, before the program runs. */
  readonly beforeRunning?: () => Promise<void>;
}

export class DebugSession {
  /** The program's process id, once it is known. */
  processId: number | null = null;
  /** What was answered to the exception breakpoints of the start. */
  exceptionBreakpoints: Body[] | undefined;

  constructor(
    readonly client: Client,
    /** A folder of this test's own. */
    readonly folder: string,
    /** The adapter's process. */
    readonly adapterPid: number,
    /** Breaks the connection off without a word. */
    readonly hangUp: () => void,
  ) {}

  async initialize(more: Body = {}): Promise<Body> {
    return this.client.request('initialize', {
      clientID: 'test',
      adapterID: 'framewire',
      pathFormat: 'path',
      linesStartAt1: true,
      columnsStartAt1: true,
      supportsVariableType: true,
      supportsRunInTerminalRequest: true,
      ...more,
    });
  }

  /** The configuration of a launch: the program in the test's folder, in the debug console. */
  configuration({ program, python, configuration }: StartOptions): Body {
    const interpreter = python ?? MAIN_PYTHON;
    return {
      type: 'framewire',
      request: 'launch',
      name: 'test',
      python: typeof interpreter === 'object' && 'path' in interpreter ? interpreter.path : interpreter,
      ...(program ? { program: program.path } : {}),
      cwd: this.folder,
      console: 'internalConsole',
      ...configuration,
    };
  }

  /** From `initialize` to the running program. */
  async start(options: StartOptions): Promise<void> {
    await this.initialize();
    await this.launch(options);
  }

  async launch(options: StartOptions): Promise<void> {
    await this.launchExactly(this.configuration(options), options);
  }

  async launchExactly(configuration: Body, options: StartOptions = {}): Promise<void> {
    await this.begin('launch', configuration, options);
  }

  /** Attaches to a child process that was announced. */
  async attach(configuration: Body, options: StartOptions): Promise<void> {
    await this.begin('attach', configuration, options);
  }

  /** debugpy asks to be configured before it answers, unless it does not debug. */
  private async begin(command: string, configuration: Body, options: StartOptions): Promise<void> {
    const answered = this.client.ask(command, configuration).then((answer) => {
      if (!answer.success) throw new Error(`${command} failed: ${answer.message}\n${this.client.story()}`);
    });
    if (!configuration.noDebug) {
      await Promise.race([this.client.event('initialized'), answered]);
      await this.configure(options);
    }
    await answered;
    const { systemProcessId } = await this.client.event('process');
    this.processId = systemProcessId;
  }

  async configure(options: StartOptions): Promise<void> {
    const { program, breakpoints = {}, exceptionFilters = [], exceptionBreakpoints, beforeRunning } = options;
    const markers = Object.entries(breakpoints);
    if (program && markers.length > 0) {
      const answer = await this.client.request('setBreakpoints', {
        source: { path: program.path },
        breakpoints: markers.map(([marker, more]) => ({ line: program.line(marker), ...(more === true ? {} : more) })),
      });
      for (const [index, breakpoint] of answer.breakpoints.entries()) {
        if (!breakpoint.verified) throw new Error(`the breakpoint @${markers[index]?.[0]} was not verified`);
      }
    }
    await beforeRunning?.();
    const asked = exceptionBreakpoints ?? { filters: exceptionFilters };
    this.exceptionBreakpoints = (await this.client.request('setExceptionBreakpoints', asked))?.breakpoints;
    await this.client.request('configurationDone');
  }

  /**
   * Answers `runInTerminal` as an editor does, in a shell with these variables; `output` resolves when it has ended, to what
   * came on standard output and then what came as errors: over two pipes they have no order.
   */
  terminal(shell: NodeJS.ProcessEnv = {}): { output(): Promise<string> } {
    const texts = ['', ''];
    let ended: Promise<void> = Promise.reject(new Error('nothing was run in the terminal'));
    ended.catch(() => undefined);
    this.client.onRequest('runInTerminal', ({ arguments: { args, cwd, env } }) => {
      const [command, ...rest] = args;
      const child = spawn(command, rest, {
        cwd,
        env: { ...process.env, ...shell, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const [index, stream] of [child.stdout, child.stderr].entries()) {
        stream.setEncoding('utf8').on('data', (chunk) => {
          texts[index] += chunk;
        });
      }
      ended = new Promise((resolve) => child.on('close', () => resolve()));
      return { shellProcessId: child.pid };
    });
    return { output: () => within(ended, 'the terminal').then(() => texts.join('')) };
  }

  /** The next stop: its reason, thread and stack, innermost frame first. */
  async stopped(reason: string): Promise<{ threadId: number; frames: Body[]; body: Body }> {
    const body = await this.client.event('stopped');
    if (body.reason !== reason) throw new Error(`stopped for ${body.reason}, not ${reason}\n${this.client.story()}`);
    const { stackFrames } = await this.client.request('stackTrace', { threadId: body.threadId });
    return { threadId: body.threadId, frames: stackFrames, body };
  }

  /** The program's end: its exit code. */
  async ended(): Promise<number> {
    const { exitCode } = await this.client.event('exited');
    await this.client.event('terminated');
    return exitCode;
  }

  async disconnect(args: Body = {}): Promise<void> {
    await this.client.request('disconnect', args);
    await this.client.closed();
  }
}

export interface SessionOptions {
  /** How the adapter's process is to end: with code 0, or by a signal that the test sends it. */
  readonly exit?: number | string;
  /** Called before the adapter starts, with the test's folder: another adapter, more environment. */
  readonly prepare?: (folder: string) => { readonly adapter?: string; readonly env?: NodeJS.ProcessEnv };
  /** Another adapter than ours: a program and its arguments. */
  readonly command?: readonly [string, ...string[]];
}

/**
 * Starts the adapter, runs `body`, and checks that the adapter ends in order and leaves nothing running.
 */
export async function withSession(
  body: (session: DebugSession) => Promise<void>,
  { exit: expected = 0, prepare, command }: SessionOptions = {},
): Promise<void> {
  await withFolder(async (folder) => {
    const { adapter = ADAPTER, env = {} } = prepare?.(folder) ?? {};
    const stdio = ['pipe', 'pipe', 'pipe'] as const;
    const [executable, ...args] = command ?? [process.execPath, adapter];
    const child = spawn(executable, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: [...stdio],
    });
    const exit = exitOf(child);
    const client = new Client(child.stdout, child.stdin);
    const session = new DebugSession(client, folder, child.pid ?? 0, () => child.stdin.destroy());
    try {
      await body(session);
      client.expectNothingUnobserved();
      client.end();
      const { code, signal, stderr } = await within(exit, 'the adapter to exit');
      // how another adapter ends is its own affair
      if (!command && ((code ?? signal) !== expected || stderr !== '')) {
        throw new Error(`the adapter exited with ${code ?? signal}: ${stderr}\n${client.story()}`);
      }
      if (session.processId !== null) await gone(session.processId);
    } finally {
      child.kill('SIGKILL');
    }
  });
}

export interface AdapterServer {
  readonly port: number;
  /** A session over a connection of its own. */
  session(): Promise<DebugSession>;
}

/** The adapter listening on a port of the system's choice. */
export async function withServer(body: (server: AdapterServer) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const child = spawn(process.execPath, [ADAPTER, '--server', '0'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = exitOf(child);
    try {
      const port = await within(
        new Promise<number>((resolve) => {
          let text = '';
          child.stdout.on('data', (chunk) => {
            text += chunk;
            const found = /^Listening on 127\.0\.0\.1:(\d+)$/m.exec(text);
            if (found) resolve(Number(found[1]));
          });
        }),
        'the line that tells the port',
      );
      const session = async () => {
        const { client, hangUp } = await Client.toPort(port);
        return new DebugSession(client, folder, child.pid ?? 0, hangUp);
      };
      await body({ port, session });
      child.kill('SIGTERM');
      const { code, stderr } = await within(exit, 'the server to exit');
      if (code !== 0 || stderr !== '') throw new Error(`the adapter exited with ${code}: ${stderr}`);
    } finally {
      child.kill('SIGKILL');
    }
  });
}

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'framewire-dap-'));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stderr })));
}

export async function within<T>(promise: Promise<T>, what: string, milliseconds = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${milliseconds / 1000} s for ${what}`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Resolves when there is no such process any more (or only what is left of one that nobody has waited for). */
export async function gone(pid: number): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (isRunning(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is still running`);
    // there is no event for the end of a process that is not one's child
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
