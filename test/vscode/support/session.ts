/** Runs debug sessions to their end and keeps what was said between the editor and the debug adapter. */
import * as vscode from 'vscode';
import type { SessionOutcome } from '../../../src/extension/findings/sessionOutcomes';
import { api } from './extension';

/** How long one session may take, in milliseconds: longer than any of them does, shorter than mocha's patience. */
const LIMIT_MS = 75_000;

interface ProtocolMessage {
  readonly type: string;
  readonly event?: string;
  readonly command?: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies differ by event, and each test knows which it asks for
  readonly body?: any;
  readonly success?: boolean;
  readonly message?: string;
}

export interface EndedSession {
  /** As the debug adapter received it, without child sessions. */
  readonly configuration: vscode.DebugConfiguration;
  /** Of the last run, when the session was restarted. */
  readonly outcome: SessionOutcome;
  /** One for each run. */
  readonly outcomes: readonly SessionOutcome[];
  /** Sessions of processes that the program started. */
  readonly children: readonly vscode.DebugSession[];
  readonly messages: readonly ProtocolMessage[];
  /** Exit code of the program, as the adapter told it; null when it did not. */
  readonly exitCode: number | null;
  /** What the program printed as far as it came to the debug console. */
  readonly output: string;
}

/** Body of the event `stopped`. */
export interface StoppedBody {
  readonly threadId: number;
  readonly reason: string;
  readonly description?: string;
}

export interface SessionHooks {
  /** The program stopped, at a breakpoint for instance. It goes on, or begins again, when this resolves. */
  readonly onStopped?: (session: vscode.DebugSession, stopped: StoppedBody) => Promise<'restart' | undefined>;
}

/** For sessions that stop where the network fails, as they do by themselves, and of which the end is wanted. */
export const goingOn: SessionHooks = { onStopped: async () => undefined };

/**
 * Starts a session and waits for its end.
 * @throws with all that was said when it fails to start, to end in time, or stops without `onStopped`.
 */
export async function runToEnd(start: () => Thenable<unknown>, hooks: SessionHooks = {}): Promise<EndedSession> {
  const { onDidConclude } = await api();
  const messages: ProtocolMessage[] = [];
  const seen: { session: vscode.DebugSession | null } = { session: null };
  const children: vscode.DebugSession[] = [];
  const subscriptions: vscode.Disposable[] = [];
  try {
    const outcomes = await new Promise<readonly SessionOutcome[]>((resolve, reject) => {
      // a restart ends a run and begins another one; the editor may tell of the end of the last only
      const runs = { begun: 1, ended: 0, exited: 0, outcomes: [] as SessionOutcome[] };
      const settle = () => {
        const over = runs.ended > 0 && runs.exited === runs.begun;
        if (over && runs.outcomes.length === runs.begun) resolve(runs.outcomes);
      };
      const fail = (why: unknown) =>
        reject(new Error(`${why instanceof Error ? why.message : why}\n${summary(messages)}`));
      const timer = setTimeout(() => {
        const counts = `${runs.begun} begun, ${runs.ended} ended, ${runs.exited} exited, ${runs.outcomes.length} reported`;
        fail(`The session had not ended after ${LIMIT_MS / 1000} s; runs: ${counts}.`);
      }, LIMIT_MS);
      subscriptions.push(
        new vscode.Disposable(() => clearTimeout(timer)),
        onDidConclude((outcome) => {
          if (outcome.session.id === seen.session?.id) runs.outcomes.push(outcome);
          settle();
        }),
        vscode.debug.onDidTerminateDebugSession(({ id }) => {
          if (id === seen.session?.id) runs.ended += 1;
          settle();
        }),
        vscode.debug.registerDebugAdapterTrackerFactory('framewire', {
          createDebugAdapterTracker(started) {
            if (started.parentSession) {
              children.push(started);
              return undefined;
            }
            seen.session = started;
            return {
              onExit() {
                runs.exited += 1;
                settle();
              },
              onDidSendMessage(message: ProtocolMessage) {
                messages.push(message);
                if (message.type !== 'event' || message.event !== 'stopped') return;
                goOn(started, message, hooks, () => {
                  runs.begun += 1;
                }).catch(fail);
              },
            };
          },
        }),
      );
      start().then((started) => {
        // the command of F5 gives nothing back; startDebugging tells whether a session began
        if (started === false) fail('The session did not start.');
      }, fail);
    });
    const event = (name: string) => messages.filter(({ type, event }) => type === 'event' && event === name);
    return {
      configuration: seen.session?.configuration ?? { type: '', name: '', request: '' },
      outcome: outcomes.at(-1) as SessionOutcome,
      outcomes,
      children,
      messages,
      exitCode: event('exited').at(-1)?.body.exitCode ?? null,
      output: event('output')
        .filter(({ body }) => body.category === 'stdout' || body.category === 'stderr')
        .map(({ body }) => body.output)
        .join(''),
    };
  } finally {
    vscode.Disposable.from(...subscriptions).dispose();
    if (seen.session && vscode.debug.activeDebugSession?.id === seen.session.id) {
      // it may be ending by itself just now: the editor calls that canceled
      await vscode.debug.stopDebugging(seen.session).then(undefined, () => undefined);
    }
  }
}

async function goOn(
  session: vscode.DebugSession,
  { body }: ProtocolMessage,
  { onStopped }: SessionHooks,
  onRestart: () => void,
): Promise<void> {
  if (!onStopped) throw new Error(`The program stopped, which nobody expected: ${JSON.stringify(body)}`);
  if ((await onStopped(session, body)) === 'restart') {
    onRestart();
    await vscode.commands.executeCommand('workbench.action.debug.restart');
  } else {
    await session.customRequest('continue', { threadId: body.threadId });
  }
}

/** What was said, one line each, for the message of a failure. */
function summary(messages: readonly ProtocolMessage[]): string {
  if (messages.length === 0) return 'Nothing came from the debug adapter.';
  return messages
    .slice(-40)
    .map(({ type, event, command, body, success, message }) =>
      type === 'event'
        ? `  event ${event} ${JSON.stringify(body ?? {}).slice(0, 300)}`
        : `  ${type} ${command}${success === false ? ` failed: ${message}` : ''}`,
    )
    .join('\n');
}
