/** What the sessions of this window have told of their exchanges; kept after a session's end, newest capture last. */
import * as vscode from 'vscode';
import { type CaptureBody, type ExchangesBody, events, type FindingsBody } from '../../messages/dap';
import { DEBUG_TYPE } from '../debug/configurationProvider';
import type { Run, RunEvent, SessionRuns } from '../debug/sessionRuns';
import { CaptureExchanges, type RecordedExchange } from './captureExchanges';

/** Captures kept; a window may stay open for weeks. */
const MAX_CAPTURES = 10;

export interface ExchangesChange {
  /** null when everything was forgotten. */
  readonly capture: CaptureExchanges | null;
  /** What is new or has changed; empty at a session's beginning, its end, and when its findings have come. */
  readonly changed: readonly RecordedExchange[];
}

export class ExchangeStore implements vscode.Disposable {
  readonly #captures: CaptureExchanges[] = [];
  /** By id of the run. */
  readonly #current = new Map<string, CaptureExchanges>();
  readonly #changed = new vscode.EventEmitter<ExchangesChange>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(runs: SessionRuns) {
    this.#subscriptions = [
      this.#changed,
      runs.onDidReceive((event) => this.#receive(event)),
      runs.onDidEnd(({ id }) => this.#end(id)),
    ];
  }

  get captures(): readonly CaptureExchanges[] {
    return this.#captures;
  }

  /** That of the session that began last. */
  get latest(): CaptureExchanges | null {
    return this.#captures.at(-1) ?? null;
  }

  /** Forgets the exchanges of all sessions; running ones go on with what comes. */
  clear(): void {
    this.#captures.length = 0;
    for (const [id, { folder, session }] of this.#current) {
      const fresh = new CaptureExchanges(folder, session);
      this.#current.set(id, fresh);
      this.#captures.push(fresh);
    }
    this.#changed.fire({ capture: null, changed: [] });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #receive({ run, event, body }: RunEvent): void {
    const { session } = run;
    // children record into their parent's capture, and the parent's session tells of it
    if (session.type !== DEBUG_TYPE || session.parentSession?.type === DEBUG_TYPE) return;
    // what does not fit its description was logged by SessionOutcomes already
    if (event === 'framewireExchanges' && events[event].check(body, event) === null) {
      const told = body as ExchangesBody;
      const capture = this.#captureOf(run, told.folder);
      const changed = capture.update(told);
      this.#changed.fire({ capture, changed });
    } else if (event === 'framewireFindings' && events[event].check(body, event) === null) {
      const told = body as FindingsBody;
      const capture = this.#captureOf(run, told.folder);
      capture.conclude(told);
      this.#changed.fire({ capture, changed: [] });
    } else if (event === 'framewireCapture' && events[event].check(body, event) === null) {
      const { folder } = body as CaptureBody;
      if (folder !== null) this.#changed.fire({ capture: this.#captureOf(run, folder), changed: [] });
    }
  }

  #captureOf({ id, session }: Run, folder: string): CaptureExchanges {
    const current = this.#current.get(id);
    if (current?.folder === folder) return current;
    if (current) current.ended = true;
    const capture = new CaptureExchanges(folder, { id: session.id, name: session.name });
    this.#current.set(id, capture);
    this.#captures.push(capture);
    if (this.#captures.length > MAX_CAPTURES) this.#captures.shift();
    return capture;
  }

  #end(run: string): void {
    const capture = this.#current.get(run);
    if (!capture) return;
    capture.ended = true;
    this.#current.delete(run);
    this.#changed.fire({ capture, changed: [] });
  }
}
