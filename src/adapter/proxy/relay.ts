/** Carries messages between a client and a debugger: renumbers, keeps the order, and loses no answer. */
import type { Backend } from './backend';
import type { Connection } from './connection';
import { type Event, failure, type Json, type Message, type Request, type Response, type Unnumbered } from './message';
import { PendingRequests } from './pendingRequests';

type MaybePromise<T> = T | Promise<T>;

/** What is done with the debugger's messages on their way. A promise holds back everything that comes behind it. */
export interface RelayHooks {
  /** What the client gets instead of the event; null for nothing. */
  onEvent(event: Event): MaybePromise<Unnumbered<Event> | null>;
  /** What the client gets instead of a request of the debugger. */
  onReverseRequest(request: Request): Request;
  /** What the client gets instead of an answer of the debugger. */
  onAnswer(request: Request, response: Response): Response;
  /** The debugger sent something that is no message. */
  onMalformed(problem: string): void;
}

/** Milliseconds that a debugger gets to end by itself once it has closed its streams. */
const GRACE = 2_000;

export class Relay {
  /** Requests waiting for the debugger: the client's and our own. */
  private readonly toDebugger = new PendingRequests();
  /** Requests of the debugger waiting for the client. */
  private readonly toClient = new PendingRequests();
  /** Messages of the debugger that wait for a hook; null while none is held back. */
  private held: Message[] | null = null;
  private idleCallbacks: (() => void)[] = [];
  private lost = false;
  private readonly debuggerSide: Connection;

  constructor(
    private readonly client: Connection,
    backend: Backend,
    private readonly hooks: RelayHooks,
  ) {
    this.debuggerSide = backend.connection;
    client.throttle(this.debuggerSide);
    this.debuggerSide.throttle(client);
    this.debuggerSide.start({
      onMessage: (message) => this.fromDebugger(message),
      onMalformed: (problem) => hooks.onMalformed(problem),
      // without its streams it is of no use, and requests would wait for it
      onClosed: () => setTimeout(() => backend.kill(), GRACE).unref(),
    });
    void backend.ended.then(() => {
      this.lost = true;
    });
  }

  /** Sends a request of the client on. */
  fromClient(request: Request): void {
    if (this.lost) {
      this.client.send(failure(request, 'The debugger has ended.'));
      return;
    }
    this.toDebugger.relayed(this.debuggerSide.send(request), request);
  }

  /** Sends an answer of the client on to the debugger that asked; an answer that nobody waits for is dropped. */
  answerFromClient(response: Response): void {
    const request = this.toClient.answer(response);
    if (request) this.debuggerSide.send({ ...response, request_seq: request.seq });
  }

  /** Asks the debugger something on our own account. Resolves in any case, unsuccessfully when the debugger ends. */
  request(command: string, args: Json | undefined): Promise<Response> {
    if (this.lost) {
      const message = 'The debugger has ended.';
      return Promise.resolve({ seq: 0, type: 'response', request_seq: 0, command, success: false, message });
    }
    return new Promise((settle) => {
      const seq = this.debuggerSide.send({ type: 'request', command, ...(args ? { arguments: args } : {}) });
      this.toDebugger.own(seq, settle);
    });
  }

  /** Whether a request of the client with one of these commands waits for the debugger. */
  waitsFor(...commands: string[]): boolean {
    return this.toDebugger.has(...commands);
  }

  /** Resolves when nothing of the debugger is held back any more. */
  async idle(): Promise<void> {
    while (this.held) await new Promise<void>((resolve) => this.idleCallbacks.push(resolve));
  }

  /** To be called when the debugger has ended: fails our own requests and returns the client's, still to be answered. */
  drain(message: string): Request[] {
    this.lost = true;
    return this.toDebugger.drain(message);
  }

  private fromDebugger(message: Message): void {
    // an answer to our own request must pass what is held back: a hook may be waiting for it
    if (message.type === 'response' && this.toDebugger.isOwn(message)) {
      this.toDebugger.answer(message);
    } else if (this.held) {
      this.held.push(message);
    } else {
      this.deliver(message);
    }
  }

  private deliver(message: Message): void {
    if (message.type === 'event') {
      const replacement = this.hooks.onEvent(message);
      if (replacement instanceof Promise) this.holdBehind(replacement);
      else if (replacement) this.client.send(replacement);
    } else if (message.type === 'request') {
      this.toClient.relayed(this.client.send(this.hooks.onReverseRequest(message)), message);
    } else {
      const request = this.toDebugger.answer(message);
      if (!request) return;
      this.client.send({ ...this.hooks.onAnswer(request, message), request_seq: request.seq });
    }
  }

  private holdBehind(replacement: Promise<Unnumbered<Event> | null>): void {
    const held: Message[] = [];
    this.held = held;
    void replacement.then((event) => {
      this.held = null;
      if (event) this.client.send(event);
      while (held.length > 0) {
        const next = held.shift() as Message;
        this.deliver(next);
        if (this.held) {
          // held back again: what is left waits there, in its order
          (this.held as Message[]).push(...held);
          return;
        }
      }
      for (const callback of this.idleCallbacks.splice(0)) callback();
    });
  }
}
