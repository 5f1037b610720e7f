/** One end of a conversation in the Debug Adapter Protocol: numbered messages over a pair of byte streams. */
import type { Readable, Writable } from 'node:stream';
import { encodeMessage, FramingError, MessageDecoder } from './framing';
import { type Message, messageProblem, type Unnumbered } from './message';

export interface ConnectionListener {
  onMessage(message: Message): void;
  /** A well-framed message that is none; the conversation goes on. */
  onMalformed(problem: string, value: unknown): void;
  /** Nothing more will come, and nothing that is sent will arrive. Called once. */
  onClosed(reason: string): void;
}

export class Connection {
  private nextSeq = 1;
  private closed = false;
  private listener: ConnectionListener | null = null;
  private readonly decoder = new MessageDecoder();
  /** Connections that must not be read while this one's peer is slow: what they bring would pile up here. */
  private readonly sources: Connection[] = [];

  constructor(
    private readonly input: Readable,
    private readonly output: Writable,
  ) {}

  start(listener: ConnectionListener): void {
    this.listener = listener;
    this.input.on('data', (chunk: Buffer) => this.receive(chunk));
    this.input.on('end', () =>
      this.closeWith(this.decoder.idle ? 'the stream ended' : 'the stream ended in a message'),
    );
    this.input.on('close', () => this.closeWith('the stream was closed'));
    for (const stream of [this.input, this.output]) {
      stream.on('error', (error: Error) => this.closeWith(error.message));
    }
    this.output.on('drain', () => {
      for (const source of this.sources) source.input.resume();
    });
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Reads `source` only as fast as this connection's peer takes what is sent to it. */
  throttle(source: Connection): void {
    this.sources.push(source);
  }

  /** Numbers and sends a message; returns its number. What is sent on a closed connection is dropped. */
  send(message: Unnumbered): number {
    const seq = this.nextSeq++;
    if (this.closed || !this.output.writable) return seq;
    const fits = this.output.write(encodeMessage({ ...message, seq }));
    if (!fits) for (const source of this.sources) source.input.pause();
    return seq;
  }

  /** Ends the conversation after everything sent so far; the listener hears of it. */
  close(reason: string): void {
    if (!this.output.writableEnded) this.output.end();
    this.closeWith(reason);
  }

  private receive(chunk: Buffer): void {
    if (this.closed) return;
    try {
      for (const framed of this.decoder.feed(chunk)) {
        const problem = 'problem' in framed ? framed.problem : messageProblem(framed.value);
        const value = 'value' in framed ? framed.value : undefined;
        if (problem !== null) this.listener?.onMalformed(problem, value);
        else this.listener?.onMessage(value as Message);
        if (this.closed) return;
      }
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.listener?.onMalformed(error.message, undefined);
      this.closeWith(`malformed input: ${error.message}`);
    }
  }

  private closeWith(reason: string): void {
    if (this.closed) return;
    this.closed = true;
    // a peer that was held back must be able to notice its end
    for (const source of this.sources) source.input.resume();
    this.input.resume();
    this.listener?.onClosed(reason);
  }
}
