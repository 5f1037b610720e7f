/** Follows debug sessions and collects what each has brought to light. */
import * as vscode from 'vscode';
import { events, type FindingSummary, type FramewireEvents, isFramewireEvent } from '../../messages/dap';
import { DEBUG_TYPE } from '../debug/configurationProvider';

export interface SessionOutcome {
  readonly session: { readonly id: string; readonly name: string };
  readonly ended: Date;
  /** Absolute path; null when nothing was recorded. */
  readonly captureFolder: string | null;
  /** Why there is no recording, or no findings from it; null when all went well. */
  readonly problem: string | null;
  /** Most important first. */
  readonly findings: readonly FindingSummary[];
  /** Number of exchanges in the recording. */
  readonly exchanges: number;
  /** For people, plain text of many lines; null when there are no findings for want of a recording. */
  readonly report: string | null;
}

interface Running {
  capture: FramewireEvents['framewireCapture'] | null;
  findings: FramewireEvents['framewireFindings'] | null;
}

export class SessionOutcomes implements vscode.Disposable {
  readonly #running = new Map<string, Running>();
  readonly #ended = new vscode.EventEmitter<SessionOutcome>();
  readonly #subscriptions: vscode.Disposable[];
  #last: SessionOutcome | null = null;

  readonly onDidEnd = this.#ended.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.#subscriptions = [
      this.#ended,
      vscode.debug.onDidStartDebugSession((session) => {
        if (isRecording(session)) this.#of(session);
      }),
      vscode.debug.onDidReceiveDebugSessionCustomEvent((event) => this.#receive(event)),
      vscode.debug.onDidTerminateDebugSession((session) => this.#end(session)),
    ];
  }

  /** Outcome of the session that ended last, null before the first. */
  get last(): SessionOutcome | null {
    return this.#last;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #of(session: vscode.DebugSession): Running {
    let running = this.#running.get(session.id);
    if (!running) {
      running = { capture: null, findings: null };
      this.#running.set(session.id, running);
    }
    return running;
  }

  #receive({ session, event, body }: vscode.DebugSessionCustomEvent): void {
    if (!isRecording(session) || !isFramewireEvent(event)) return;
    const wrong = events[event].check(body, event);
    if (wrong) {
      this.log.error(`Not understood from the debug adapter: ${wrong}`);
    } else if (event === 'framewireCapture') {
      this.#of(session).capture = body;
    } else if (event === 'framewireFindings') {
      this.#of(session).findings = body;
    }
  }

  #end(session: vscode.DebugSession): void {
    const running = this.#running.get(session.id);
    if (!running) return;
    this.#running.delete(session.id);
    const { capture, findings } = running;
    this.#last = {
      session: { id: session.id, name: session.name },
      ended: new Date(),
      captureFolder: findings?.folder ?? capture?.folder ?? null,
      problem: findings ? null : whyNoFindings(session, capture),
      findings: findings?.findings ?? [],
      exchanges: findings?.exchanges ?? 0,
      report: findings?.report ?? null,
    };
    this.#ended.fire(this.#last);
  }
}

/** Sessions of child processes belong to their parent's recording. */
function isRecording(session: vscode.DebugSession): boolean {
  return session.type === DEBUG_TYPE && session.parentSession?.type !== DEBUG_TYPE;
}

function whyNoFindings(session: vscode.DebugSession, capture: Running['capture']): string | null {
  if (session.configuration.wire?.enabled === false) return null;
  if (capture?.problem) return capture.problem;
  return capture
    ? vscode.l10n.t('The debug adapter ended before it could report. The recording is complete: run `framewire show`.')
    : vscode.l10n.t('The session ended before the recording began.');
}
