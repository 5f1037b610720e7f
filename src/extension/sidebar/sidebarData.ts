/** What the sidebar's views show: the captures of the sessions that run, and of those that ended last. */
import * as vscode from 'vscode';
import { type CaptureBody, type ExceptionsBody, events, isFramewireEvent, type SocketsBody } from '../../messages/dap';
import type { Run, RunEvent, SessionRuns } from '../debug/sessionRuns';
import { CaptureExceptions } from './captureExceptions';
import { CaptureSockets, type ChangedNodes } from './captureSockets';

export interface SidebarCapture {
  readonly session: { readonly id: string; readonly name: string };
  /** Id of the run. */
  readonly run: string;
  readonly folder: string;
  readonly sockets: CaptureSockets;
  readonly exceptions: CaptureExceptions;
  /** The run goes on. */
  live: boolean;
}

export interface SidebarChange {
  readonly capture: SidebarCapture;
  /** What has changed of the connections; null for nothing. */
  readonly sockets: ChangedNodes | null;
  /** What has changed of the exceptions; null for nothing. */
  readonly exceptions: ReturnType<CaptureExceptions['update']> | null;
}

export class SidebarData implements vscode.Disposable {
  #captures: readonly SidebarCapture[] = [];
  readonly #changed = new vscode.EventEmitter<SidebarChange>();
  readonly #replaced = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;
  /** A session has begun or ended: there are other captures than before. */
  readonly onDidReplace = this.#replaced.event;

  constructor(runs: SessionRuns) {
    this.#subscriptions = [
      this.#changed,
      this.#replaced,
      runs.onDidReceive((event) => this.#receive(event)),
      runs.onDidEnd(({ id }) => this.#end(id)),
    ];
  }

  get captures(): readonly SidebarCapture[] {
    return this.#captures;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #receive({ run, event, body }: RunEvent): void {
    if (!isFramewireEvent(event)) return;
    // what does not fit its description was logged by SessionOutcomes already
    if (events[event].check(body, event) !== null) return;
    if (event === 'framewireCapture') {
      const { folder } = body as CaptureBody;
      if (folder !== null) this.#begin(run, folder);
      return;
    }
    const capture = this.#captures.find((one) => one.live && one.run === run.id);
    if (!capture) return;
    if (event === 'framewireSockets') {
      const sockets = capture.sockets.update(body as SocketsBody);
      this.#changed.fire({ capture, sockets, exceptions: null });
    } else if (event === 'framewireExceptions') {
      const exceptions = capture.exceptions.update((body as ExceptionsBody).exceptions);
      this.#changed.fire({ capture, sockets: null, exceptions });
    }
  }

  /** What has ended is put away when something new begins, and not before: it is what one looks at after the end. */
  #begin({ id, session }: Run, folder: string): void {
    // nor of the same session: it has been restarted
    const others = this.#captures.filter((one) => one.live && one.session.id !== session.id);
    const sockets = new CaptureSockets(folder);
    this.#captures = [
      ...others,
      {
        session: { id: session.id, name: session.name },
        run: id,
        folder,
        sockets,
        exceptions: new CaptureExceptions(),
        live: true,
      },
    ];
    this.#replaced.fire();
  }

  #end(run: string): void {
    const ended = this.#captures.filter((one) => one.live && one.run === run);
    for (const capture of ended) {
      capture.live = false;
      capture.sockets.end();
    }
    if (ended.length > 0) this.#replaced.fire();
  }
}
