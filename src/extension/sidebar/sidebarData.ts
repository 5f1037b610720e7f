/** What the sidebar's views show: the captures of the sessions that run, and of those that ended last. */
import * as vscode from 'vscode';
import { type ExceptionsBody, events, isFramewireEvent, type SocketsBody } from '../../messages/dap';
import { DEBUG_TYPE } from '../debug/configurationProvider';
import { CaptureExceptions } from './captureExceptions';
import { CaptureSockets, type ChangedNodes } from './captureSockets';

export interface SidebarCapture {
  readonly session: { readonly id: string; readonly name: string };
  readonly folder: string;
  readonly sockets: CaptureSockets;
  readonly exceptions: CaptureExceptions;
  /** The session runs. */
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

  constructor() {
    this.#subscriptions = [
      this.#changed,
      this.#replaced,
      vscode.debug.onDidReceiveDebugSessionCustomEvent((event) => this.#receive(event)),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.#end(id)),
    ];
  }

  get captures(): readonly SidebarCapture[] {
    return this.#captures;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #receive({ session, event, body }: vscode.DebugSessionCustomEvent): void {
    if (session.type !== DEBUG_TYPE || !isFramewireEvent(event)) return;
    // what does not fit its description was logged by SessionOutcomes already
    if (events[event].check(body, event) !== null) return;
    if (event === 'framewireCapture') {
      if (body.folder !== null) this.#begin(session, body.folder);
      return;
    }
    const capture = this.#captures.find((one) => one.live && one.session.id === session.id);
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
  #begin({ id, name }: vscode.DebugSession, folder: string): void {
    const others = this.#captures.filter(({ live, session }) => live && session.id !== id);
    const sockets = new CaptureSockets(folder);
    this.#captures = [
      ...others,
      { session: { id, name }, folder, sockets, exceptions: new CaptureExceptions(), live: true },
    ];
    this.#replaced.fire();
  }

  #end(session: string): void {
    const ended = this.#captures.filter((one) => one.live && one.session.id === session);
    for (const capture of ended) {
      capture.live = false;
      capture.sockets.end();
    }
    if (ended.length > 0) this.#replaced.fire();
  }
}
