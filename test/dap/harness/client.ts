/** A debug client that remembers everything it was sent and can wait for what is to come. */
import { connect } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { encodeMessage, MessageDecoder } from '../../../src/adapter/proxy/framing';

// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes are looked into by the tests
export type Body = any;

export interface Received {
  readonly type: 'request' | 'response' | 'event';
  readonly seq: number;
  readonly command?: string;
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly arguments?: Body;
  readonly body?: Body;
}

/** A wait that ends in a failure after this many milliseconds; nothing sleeps that long when all is well. */
export const PATIENCE = 240_000;

type Predicate = (message: Received) => boolean;
type Answerer = (request: Received) => Promise<Body> | Body;

export class Client {
  readonly timeline: Received[] = [];
  /** Indexes into the timeline of what a test has looked at. */
  private readonly observed = new Set<number>();
  private readonly watchers = new Set<() => void>();
  private nextSeq = 1;
  private closedBecause: string | null = null;
  private readonly answerers = new Map<string, Answerer>();

  constructor(
    input: Readable,
    private readonly output: Writable,
  ) {
    const decoder = new MessageDecoder();
    input.on('data', (chunk: Buffer) => {
      for (const framed of decoder.feed(chunk)) {
        if ('problem' in framed) throw new Error(`the adapter sent what is no JSON: ${framed.problem}`);
        this.receive(framed.value as Received);
      }
    });
    const closed = (reason: string) => () => {
      this.closedBecause ??= reason;
      this.wake();
    };
    input.on('end', closed('the adapter closed its side'));
    input.on('error', closed('the connection broke'));
    output.on('error', closed('the adapter takes nothing more'));
  }

  static async toPort(port: number): Promise<{ client: Client; hangUp: () => void }> {
    const socket = connect({ host: '127.0.0.1', port });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return { client: new Client(socket, socket), hangUp: () => socket.destroy() };
  }

  /** Answers requests of the adapter, such as runInTerminal. */
  onRequest(command: string, answerer: Answerer): void {
    this.answerers.set(command, answerer);
  }

  sendRaw(bytes: string | Buffer): void {
    this.output.write(bytes);
  }

  /** Hangs up. */
  end(): void {
    this.output.end();
  }

  /** Sends a request and resolves to its answer, successful or not. */
  async ask(command: string, args?: Body): Promise<Received> {
    const seq = this.nextSeq++;
    this.output.write(encodeMessage({ seq, type: 'request', command, ...(args ? { arguments: args } : {}) }));
    return this.answerTo(seq, command);
  }

  /** The answer to the request that was sent under this number. */
  answerTo(number: number, command = `request ${number}`): Promise<Received> {
    return this.wait(
      `the answer to ${command}`,
      ({ type, request_seq }) => type === 'response' && request_seq === number,
    );
  }

  /** Sends a request that must succeed and resolves to the answer's body. */
  async request(command: string, args?: Body): Promise<Body> {
    const answer = await this.ask(command, args);
    if (!answer.success) throw new Error(`${command} failed: ${answer.message}\n${this.story()}`);
    return answer.body;
  }

  /** Sends a request that must fail and resolves to the message. */
  async refused(command: string, args?: Body): Promise<string> {
    const answer = await this.ask(command, args);
    if (answer.success) throw new Error(`${command} did not fail\n${this.story()}`);
    return answer.message ?? '';
  }

  /** The first such event that was not looked at yet, waiting for it if need be. */
  async event(name: string, matches: (body: Body) => boolean = () => true): Promise<Body> {
    const found = await this.wait(
      `the event ${name}`,
      (message) => message.type === 'event' && message.event === name && matches(message.body),
    );
    return found.body;
  }

  /** The first event of any of these names that was not looked at yet. */
  eventOf(names: readonly string[]): Promise<Received> {
    return this.wait(`one of the events ${names.join(', ')}`, ({ type, event }) => {
      return type === 'event' && names.includes(event ?? '');
    });
  }

  /** The first request of the adapter with this command that was not looked at yet. */
  reverseRequest(command: string): Promise<Received> {
    return this.wait(`the request ${command}`, (message) => message.type === 'request' && message.command === command);
  }

  /** Resolves when the adapter has closed the conversation. */
  async closed(): Promise<void> {
    await this.until('the end of the conversation', () => (this.closedBecause === null ? null : true));
  }

  /** Everything that was put out under this category, in order; the test has looked at it then. */
  outputOf(category: string): string {
    let text = '';
    for (const [index, { event, body }] of this.timeline.entries()) {
      if (event !== 'output' || body.category !== category) continue;
      this.observed.add(index);
      text += body.output;
    }
    return text;
  }

  /** Fails unless the first message that `earlier` fits came before the first that `later` fits. */
  expectOrder(...names: string[]): void {
    const places = names.map((name) => this.timeline.findIndex(({ event, command }) => (event ?? command) === name));
    const sorted = places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? 0)));
    if (!sorted) throw new Error(`expected, in this order: ${names.join(', ')}\n${this.story()}`);
  }

  /** Fails when something happened that a test must know of and did not look at. */
  expectNothingUnobserved(): void {
    const important = ({ type, event, body, success }: Received) =>
      event === 'stopped' ||
      (event === 'output' && (body.category === 'stderr' || /Framewire/.test(body.output))) ||
      (type === 'response' && !success);
    const missed = this.timeline.filter((message, index) => important(message) && !this.observed.has(index));
    if (missed.length > 0) {
      throw new Error(`the test did not look at\n${missed.map(brief).join('\n')}\nin\n${this.story()}`);
    }
  }

  /** Everything that was received, a line each. */
  story(): string {
    return this.timeline.map((message) => `  ${brief(message)}`).join('\n');
  }

  private receive(message: Received): void {
    this.timeline.push(message);
    if (message.type === 'request') void this.answer(message);
    this.wake();
  }

  private wake(): void {
    for (const watcher of [...this.watchers]) watcher();
  }

  private async answer(request: Received): Promise<void> {
    const answerer = this.answerers.get(request.command ?? '');
    const answer = { seq: this.nextSeq++, type: 'response', request_seq: request.seq, command: request.command };
    // as late as over a real connection: streams in memory would deliver the answer before the question is noted
    await Promise.resolve();
    try {
      if (!answerer) throw new Error(`this client does not know ${request.command}`);
      this.output.write(encodeMessage({ ...answer, success: true, body: (await answerer(request)) ?? {} }));
    } catch (error) {
      this.output.write(encodeMessage({ ...answer, success: false, message: String(error) }));
    }
  }

  private wait(what: string, matches: Predicate): Promise<Received> {
    return this.until(what, () => {
      const index = this.timeline.findIndex((message, at) => !this.observed.has(at) && matches(message));
      const message = this.timeline[index];
      if (message) this.observed.add(index);
      else if (this.closedBecause) throw new Error(`${what} did not come: ${this.closedBecause}\n${this.story()}`);
      return message ?? null;
    });
  }

  private until<T>(what: string, look: () => T | null): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.watchers.delete(watcher);
        settle();
      };
      const watcher = () => {
        try {
          const found = look();
          if (found !== null) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`waited ${PATIENCE / 1000} s for ${what}\n${this.story()}`)));
      }, PATIENCE);
      this.watchers.add(watcher);
      watcher();
    });
  }
}

function brief(message: Received): string {
  const what = message.event ?? message.command;
  const rest = JSON.stringify(message.body ?? message.arguments ?? {});
  const failed = message.type === 'response' && !message.success ? ` FAILED ${message.message}` : '';
  return `${message.type} ${what}${failed} ${rest.length > 400 ? `${rest.slice(0, 400)}…` : rest}`;
}
