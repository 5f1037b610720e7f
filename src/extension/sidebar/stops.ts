/** Where the threads of our sessions are stopped: what a wire breakpoint has told, and the exception in full. */
import * as vscode from 'vscode';
import { type FramewireRequests, requests } from '../../messages/dap';
import type { ExceptionSummary } from '../../messages/dapExceptions';
import { DEBUG_TYPE } from '../debug/configurationProvider';
import { setContext } from './contextKeys';

/** A message as far as it is looked at. */
interface Message {
  readonly type?: string;
  readonly event?: string;
  readonly command?: string;
  readonly success?: boolean;
  readonly body?: { readonly reason?: string; readonly threadId?: number };
}

/** From the start of a session to its end or its next start. */
interface Run {
  readonly session: vscode.DebugSession;
}

interface Stop {
  /** At a wire breakpoint. */
  readonly wire: boolean;
  /** Asks for the exception, once; null when that was done, or there is none. */
  ask: (() => void) | null;
  /** null while it is asked for, and at stops for something else. */
  exception: ExceptionSummary | null;
}

/** Milliseconds for the editor to ask what it shows first; it may ask for nothing where another thread has the focus. */
const PATIENCE = 5000;

const RESUMING = new Set(['continue', 'next', 'stepIn', 'stepOut', 'goto', 'reverseContinue', 'stepBack', 'restart']);

export class Stops implements vscode.Disposable {
  /** By run and thread: the adapter of a run may still be ending when the session has been restarted. */
  readonly #stops = new Map<Run, Map<number, Stop>>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.#subscriptions = [
      this.#changed,
      vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
        createDebugAdapterTracker: (session) => {
          const run: Run = { session };
          return {
            onDidSendMessage: (message: Message) => this.#follow(run, message),
            onWillStopSession: () => this.#resumed(run),
            onExit: () => this.#resumed(run),
          };
        },
      }),
    ];
  }

  get exceptions(): readonly ExceptionSummary[] {
    return [...this.#stops.values()]
      .flatMap((threads) => [...threads.values()])
      .flatMap(({ exception }) => (exception ? [exception] : []));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Set by the event that goes ahead of a stop at a wire breakpoint. */
  #announced: { readonly run: Run; readonly thread: number } | null = null;

  #follow(run: Run, { type, event, command, success, body }: Message): void {
    if (type === 'response' && success && command && RESUMING.has(command)) this.#resumed(run);
    // the exception widget comes first: it is what one looks at
    if (type === 'response' && command === 'exceptionInfo') {
      for (const stop of this.#stops.get(run)?.values() ?? []) stop.ask?.();
    }
    if (type !== 'event') return;
    const thread = Number(body?.threadId);
    if (event === 'framewireStop') this.#announced = { run, thread };
    else if (event === 'stopped') this.#stopped(run, thread, body?.reason === 'exception');
    else if (event === 'continued' || event === 'terminated' || event === 'exited') this.#resumed(run);
  }

  #stopped(run: Run, thread: number, atException: boolean): void {
    const announced = this.#announced;
    const wire = announced?.run === run && announced.thread === thread;
    if (wire) this.#announced = null;
    const stop: Stop = { wire, exception: null, ask: null };
    if (atException) {
      const timer = setTimeout(() => stop.ask?.(), PATIENCE);
      stop.ask = () => {
        clearTimeout(timer);
        stop.ask = null;
        void this.#ask(run, thread, stop);
      };
    }
    const threads = this.#stops.get(run) ?? new Map<number, Stop>();
    this.#stops.set(run, threads.set(thread, stop));
    this.#tell();
  }

  async #ask(run: Run, threadId: number, stop: Stop): Promise<void> {
    const { session } = run;
    if (this.#stops.get(run)?.get(threadId) !== stop) return;
    try {
      const answer: unknown = await session.customRequest('framewireException', { threadId });
      const wrong = requests.framewireException.body.check(answer, 'framewireException');
      if (wrong) throw new Error(wrong);
      // the program may have gone on meanwhile
      if (this.#stops.get(run)?.get(threadId) !== stop) return;
      const { exception } = answer as FramewireRequests['framewireException']['body'];
      stop.exception = exception && { ...exception, id: `${session.id}/${exception.id}` };
      this.#tell();
    } catch (error) {
      this.log.warn('The exception of a stop could not be had:', error);
    }
  }

  /** debugpy lets all threads of a process go at once. */
  #resumed(run: Run): void {
    if (!this.#stops.delete(run)) return;
    this.#tell();
  }

  #tell(): void {
    const all = [...this.#stops.values()].flatMap((threads) => [...threads.values()]);
    setContext(
      'framewire.stoppedOnWire',
      all.some(({ wire }) => wire),
    );
    setContext(
      'framewire.stoppedOnException',
      all.some(({ exception }) => exception !== null),
    );
    this.#changed.fire();
  }
}
