/** One generic message channel: typed calls that can fail and be cancelled, and typed events, over any pipe of JSON. */

export type CallMap = { readonly [Name: string]: { params: unknown; result: unknown } } | object;
type Params<Calls, Name extends keyof Calls> = Calls[Name] extends { params: infer P } ? P : never;
type Result<Calls, Name extends keyof Calls> = Calls[Name] extends { result: infer R } ? R : never;

export type Packet =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'event'; readonly name: string; readonly body: unknown };

export interface Pipe {
  send(packet: Packet): void;
  /** @returns a function that ends it */
  listen(receive: (packet: Packet) => void): () => void;
}

export type Handlers<Calls> = {
  readonly [Name in keyof Calls]: (
    params: Params<Calls, Name>,
    signal: AbortSignal,
  ) => Result<Calls, Name> | Promise<Result<Calls, Name>>;
};

/** The other side could not do what was asked; the message is for people. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

/** The channel was disposed with the call unanswered. */
export class ChannelClosed extends Error {
  override readonly name = 'ChannelClosed';
  constructor() {
    super('The connection to the capture was closed.');
  }
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * @typeParam Mine calls that this side answers
 * @typeParam Theirs calls that the other side answers
 * @typeParam Sent events that this side sends
 * @typeParam Received events that the other side sends
 */
export class Channel<Mine extends CallMap, Theirs extends CallMap, Sent extends object, Received extends object> {
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, AbortController>();
  private readonly listeners = new Map<keyof Received, Set<(body: never) => void>>();
  private readonly unlisten: () => void;
  /** A page that was loaded again must not take answers to the one before it for its own. */
  private nextId = 1 + Math.floor(Math.random() * 2 ** 40);
  private closed = false;

  constructor(
    private readonly pipe: Pipe,
    private readonly handlers: Handlers<Mine>,
  ) {
    this.unlisten = pipe.listen((packet) => this.receive(packet));
  }

  /**
   * @throws CallFailed when the other side cannot, ChannelClosed when this one is disposed meanwhile
   */
  call<Name extends keyof Theirs & string>(
    name: Name,
    params: Params<Theirs, Name>,
    signal?: AbortSignal,
  ): Promise<Result<Theirs, Name>> {
    if (this.closed) return Promise.reject(new ChannelClosed());
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
      signal?.addEventListener('abort', () => this.pending.has(id) && this.pipe.send({ kind: 'cancel', id }), {
        once: true,
      });
      this.pipe.send({ kind: 'call', id, name, params });
    });
  }

  emit<Name extends keyof Sent & string>(name: Name, body: Sent[Name]): void {
    if (!this.closed) this.pipe.send({ kind: 'event', name, body });
  }

  /** @returns a function that ends it */
  on<Name extends keyof Received>(name: Name, listener: (body: Received[Name]) => void): () => void {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set);
    set.add(listener as (body: never) => void);
    return () => set.delete(listener as (body: never) => void);
  }

  /** Rejects what is unanswered, aborts what is running here, and falls silent. */
  dispose(): void {
    if (this.closed) return;
    this.closed = true;
    this.unlisten();
    for (const { reject } of this.pending.values()) reject(new ChannelClosed());
    this.pending.clear();
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
  }

  private receive(packet: Packet): void {
    switch (packet.kind) {
      case 'call':
        void this.answer(packet.id, packet.name, packet.params);
        break;
      case 'cancel':
        this.running.get(packet.id)?.abort();
        break;
      case 'result':
        this.settle(packet.id)?.resolve(packet.result);
        break;
      case 'failure':
        this.settle(packet.id)?.reject(new CallFailed(packet.message));
        break;
      case 'event':
        for (const listener of this.listeners.get(packet.name as keyof Received) ?? []) listener(packet.body as never);
        break;
    }
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private async answer(id: number, name: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      if (!Object.hasOwn(this.handlers, name)) throw new Error(`There is no call named ${name}.`);
      const handler = this.handlers[name as keyof Mine] as (params: unknown, signal: AbortSignal) => unknown;
      const result = await handler(params, controller.signal);
      if (!this.closed) this.pipe.send({ kind: 'result', id, result: result ?? null });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!this.closed) this.pipe.send({ kind: 'failure', id, message });
    } finally {
      this.running.delete(id);
    }
  }
}
