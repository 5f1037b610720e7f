import { ByteRange } from '../base/byteRange';
import type { ByteSource } from '../wire/model';
import type { Interim } from './exchange';
import { type Head, type Http1Context, type Http1Event, Http1Parser } from './http1';

/** Bytes read from the capture at a time. */
const CHUNK = 64 * 1024;

/** One message as far as it has been seen. */
export interface DecodedMessage {
  readonly head: Head;
  body: ByteRange;
  complete: boolean;
  problem: string | null;
  /** Interim responses that came before this one. */
  readonly interim: readonly Interim[];
}

/** Feeds one direction of a connection to the parser, from the capture and as it grows, and lists its messages. */
export class MessageStream {
  readonly messages: DecodedMessage[] = [];
  /** Where and why the stream stopped being HTTP outside of a message. */
  problem: { readonly at: number; readonly message: string } | null = null;
  private readonly parser: Http1Parser;
  private forgotten = 0;
  private open: DecodedMessage | null = null;
  private spoilt: DecodedMessage | null = null; // its body could not be decoded: the rest of the stream counts to it
  private interim: Interim[] = [];
  private inInterim = false;

  constructor(kind: 'request' | 'response', context: Http1Context = {}) {
    this.parser = new Http1Parser(kind, context);
  }

  /** Interim responses that no final one has followed (yet). */
  get waiting(): readonly Interim[] {
    return this.interim;
  }

  /** Reads on to the end of what is known. */
  async update(source: ByteSource): Promise<void> {
    for (;;) {
      const { length } = source;
      this.take(this.parser.known(length));
      const at = this.parser.wanted;
      if (at === null || at >= length) break;
      const bytes = await source.read(new ByteRange(at, Math.min(length, at + CHUNK)));
      this.take(bytes.length > 0 ? this.parser.feed(bytes) : this.parser.gap());
    }
    this.growOpenBody(source.length);
  }

  /** The stream is over; `orderly` when the peer ended it. */
  finish(length: number, orderly: boolean): void {
    this.take(this.parser.finish(length, orderly));
    this.growOpenBody(length);
  }

  /** Lets go of the headers of whole messages before the `end`-th: where they lie is still known. */
  forget(end: number): void {
    for (; this.forgotten < Math.min(end, this.messages.length); this.forgotten += 1) {
      const message = this.messages[this.forgotten] as DecodedMessage;
      if (!message.complete) return;
      this.messages[this.forgotten] = {
        ...message,
        head: { ...message.head, startLine: '', headers: [] },
        interim: [],
      };
    }
  }

  /** See Http1Parser.resume. */
  resume(asHttp: boolean): void {
    this.take(this.parser.resume(asHttp));
  }

  private growOpenBody(length: number): void {
    const body = this.parser.openBody(length);
    if (this.open && body) this.open.body = body;
    if (this.spoilt) this.spoilt.body = new ByteRange(this.spoilt.body.start, Math.max(length, this.spoilt.body.start));
  }

  private take(events: readonly Http1Event[]): void {
    for (const event of events) {
      if (event.type === 'head') this.begin(event.head, event.problem);
      else if (event.type === 'end') this.end(event.body, event.complete);
      else if (this.open) {
        this.open.problem ??= event.message;
        this.spoilt = this.open;
        this.open = null;
      } else this.problem = { at: event.at, message: event.message };
    }
  }

  private begin(head: Head, problem: string | null): void {
    const { response } = head;
    this.inInterim = response !== null && response.status < 200 && response.status !== 101;
    if (response && this.inInterim) {
      this.interim.push({ status: response.status, reason: response.reason });
      return;
    }
    const body = new ByteRange(head.range.end, head.range.end);
    this.open = { head, body, complete: false, problem, interim: this.interim };
    this.interim = [];
    this.messages.push(this.open);
  }

  private end(body: ByteRange, complete: boolean): void {
    if (this.inInterim || !this.open) return;
    this.open.body = body;
    this.open.complete = complete && this.open.head.complete;
    this.open = null;
  }
}
