/**
 * Passes messages between a webview and the process that reads its capture; what is meant for the editor is answered
 * here. Free of the editor's API, so that the panel's tests run the very same relay.
 */
import { EDITOR_CALLS, type EditorCalls, type HostCalls } from '../../messages/panel';
import type { Handlers, Packet, Pipe } from '../../messages/panelChannel';
import type { HostProcess } from './hostProcess';

export interface RelayOptions {
  readonly webview: Pipe;
  /** Starts the process that reads the capture; again when it has ended and the user wants it back. */
  readonly start: () => HostProcess;
  readonly editor: Handlers<Omit<EditorCalls, 'reopen'>>;
}

export class PanelRelay {
  private readonly asked = new Set<number>();
  private readonly ours = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  private readonly unlisten: () => void;
  private host: HostProcess;
  private nextId = -1;
  private dead: string | null = null;
  private words = '';

  constructor(private readonly options: RelayOptions) {
    this.unlisten = options.webview.listen((packet) => this.fromWebview(packet));
    this.host = this.startHost();
  }

  /** Of the process that reads the capture. */
  get hostPid(): number {
    return this.host.pid;
  }

  /** A call of the editor's own to the host. @throws Error with the host's message */
  callHost<Name extends keyof HostCalls>(
    name: Name,
    params: HostCalls[Name]['params'],
  ): Promise<HostCalls[Name]['result']> {
    if (this.dead !== null) return Promise.reject(new Error(this.dead));
    const id = this.nextId--;
    return new Promise((resolve, reject) => {
      this.ours.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.host.send({ kind: 'call', id, name, params });
    });
  }

  dispose(): void {
    this.unlisten();
    this.host.dispose();
    for (const { reject } of this.ours.values()) reject(new Error('The panel was closed.'));
    this.ours.clear();
  }

  private startHost(): HostProcess {
    const host = this.options.start();
    host.listen((packet) => this.fromHost(packet));
    host.onExit((words) => this.died(words));
    return host;
  }

  private reopen(): null {
    if (this.dead === null) return null;
    this.host.dispose();
    this.dead = null;
    this.host = this.startHost();
    return null;
  }

  private fromWebview(packet: Packet): void {
    if (packet.kind === 'call' && (EDITOR_CALLS as readonly string[]).includes(packet.name)) {
      void this.answer(packet.id, packet.name as keyof EditorCalls, packet.params);
      return;
    }
    if (packet.kind === 'call') {
      if (this.dead !== null) {
        // also to a page that was loaded after it had ended
        this.tellEnded();
        this.options.webview.send({ kind: 'failure', id: packet.id, message: this.dead });
        return;
      }
      this.asked.add(packet.id);
    }
    this.host.send(packet);
  }

  private fromHost(packet: Packet): void {
    if (packet.kind === 'result' || packet.kind === 'failure') {
      const own = this.ours.get(packet.id);
      if (own) {
        this.ours.delete(packet.id);
        if (packet.kind === 'result') own.resolve(packet.result);
        else own.reject(new Error(packet.message));
        return;
      }
      this.asked.delete(packet.id);
    }
    this.options.webview.send(packet);
  }

  private async answer(id: number, name: keyof EditorCalls, params: unknown): Promise<void> {
    const { webview, editor } = this.options;
    try {
      const handlers: Handlers<EditorCalls> = { ...editor, reopen: () => this.reopen() };
      const handler = handlers[name] as (params: unknown, signal: AbortSignal) => unknown;
      const result = await handler(params, new AbortController().signal);
      webview.send({ kind: 'result', id, result: result ?? null });
    } catch (error) {
      webview.send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  private died(words: string): void {
    this.words = words;
    this.dead = `The process that reads the capture has ended: ${words}`;
    this.tellEnded();
    for (const id of this.asked) this.options.webview.send({ kind: 'failure', id, message: this.dead });
    this.asked.clear();
    for (const { reject } of this.ours.values()) reject(new Error(this.dead));
    this.ours.clear();
  }

  private tellEnded(): void {
    this.options.webview.send({ kind: 'event', name: 'hostEnded', body: { reason: this.words } });
  }
}
