/** Follows debug sessions and collects what each has brought to light. */
import * as vscode from 'vscode';
import { type CaptureBody, events, type FindingSummary, type FindingsBody, isFramewireEvent } from '../../messages/dap';
import { DEBUG_TYPE } from '../debug/configurationProvider';
import type { Run, RunEvent, SessionRuns } from '../debug/sessionRuns';

/** What one run of a program in a debug session has come to. */
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

/** A program under way. */
interface Running {
  capture: CaptureBody | null;
  reported: boolean;
}

export class SessionOutcomes implements vscode.Disposable {
  readonly #running = new Map<string, Running>();
  readonly #concluded = new vscode.EventEmitter<SessionOutcome>();
  readonly #subscriptions: vscode.Disposable[];
  #last: SessionOutcome | null = null;

  /** A program has ended and its findings are known, or it is known why there are none. */
  readonly onDidConclude = this.#concluded.event;

  constructor(
    runs: SessionRuns,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#subscriptions = [
      this.#concluded,
      runs.onDidBegin(({ id, session }) => {
        const isNew = isRecording(session) && !this.#running.has(id);
        if (isNew) this.#running.set(id, { capture: null, reported: false });
      }),
      runs.onDidReceive((event) => this.#receive(event)),
      runs.onDidEnd((run) => this.#end(run)),
    ];
  }

  /** The outcome that came last, null before the first. */
  get last(): SessionOutcome | null {
    return this.#last;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #receive({ run, event, body }: RunEvent): void {
    if (!isRecording(run.session) || !isFramewireEvent(event)) return;
    const wrong = events[event].check(body, event);
    if (wrong) {
      this.log.error(`Not understood from the debug adapter: ${wrong}`);
    } else if (event === 'framewireCapture') {
      this.#running.set(run.id, { capture: body as CaptureBody, reported: false });
    } else if (event === 'framewireFindings') {
      this.#conclude(run, body as FindingsBody);
    }
  }

  #end(run: Run): void {
    if (this.#running.get(run.id)?.reported === false) this.#conclude(run, null);
    this.#running.delete(run.id);
  }

  #conclude({ id, session }: Run, found: FindingsBody | null): void {
    const capture = this.#running.get(id)?.capture ?? null;
    this.#running.set(id, { capture, reported: true });
    this.#last = {
      session: { id: session.id, name: session.name },
      ended: new Date(),
      captureFolder: found?.folder ?? capture?.folder ?? null,
      problem: found ? null : whyNoFindings(session, capture),
      findings: found?.findings ?? [],
      exchanges: found?.exchanges ?? 0,
      report: found?.report ?? null,
    };
    this.#concluded.fire(this.#last);
  }
}

/** Sessions of child processes belong to their parent's recording. */
function isRecording(session: vscode.DebugSession): boolean {
  return session.type === DEBUG_TYPE && session.parentSession?.type !== DEBUG_TYPE;
}

function whyNoFindings(session: vscode.DebugSession, capture: CaptureBody | null): string | null {
  if (session.configuration.wire?.enabled === false) return null;
  if (capture?.problem) return capture.problem;
  return capture
    ? vscode.l10n.t('The debug adapter ended before it could report. The recording is complete: run `framewire show`.')
    : vscode.l10n.t('The session ended before the recording began.');
}
