import { ByteQueue } from '../base/byteQueue';
import { ByteRange } from '../base/byteRange';
import { ChunkParser } from './chunked';
import type { Header } from './exchange';
import {
  type Framing,
  HeaderLines,
  headerValue,
  parseRequestLine,
  parseStatusLine,
  type RequestLine,
  requestFraming,
  responseFraming,
  type StatusLine,
} from './http1Head';

/** Bytes of a start line and all headers. */
export const MAX_HEAD = 1024 * 1024;
export const MAX_HEADERS = 10_000;
/** Bytes of one line of a head. */
export const MAX_LINE = 256 * 1024;

export interface Head {
  readonly startLine: string;
  readonly request: RequestLine | null;
  readonly response: StatusLine | null;
  readonly headers: readonly Header[];
  readonly range: ByteRange;
  readonly framing: Framing;
  /** False when the stream ended before the empty line. */
  readonly complete: boolean;
}

export type Http1Event =
  | { readonly type: 'head'; readonly head: Head; readonly problem: string | null }
  /** The message's body is over; `complete` is false when the stream ended before it should have. */
  | { readonly type: 'end'; readonly body: ByteRange; readonly complete: boolean }
  /** Decoding gave up: from `at` on the stream is raw. */
  | { readonly type: 'problem'; readonly at: number; readonly message: string };

/** What the parser of one direction has to know of the other. */
export interface Http1Context {
  /** The method that the next final response answers. Only asked of a response parser. */
  methodAnswered?(): string | null;
}

type State = 'start' | 'headers' | 'length' | 'chunks' | 'chunk-data' | 'close' | 'held' | 'raw';

/**
 * An incremental parser of one direction of an HTTP/1.x connection, without input or output of its own: it is fed the
 * bytes at `wanted` and tells what they are by ranges of the stream. Bodies are skipped, not buffered: where `wanted`
 * jumps ahead, the bytes between need not be at hand. `known` tells it how far the stream reaches.
 */
export class Http1Parser {
  private state: State = 'start';
  private readonly queue = new ByteQueue();
  private position = 0; // in the stream, of the queue's first byte
  private events: Http1Event[] = [];
  private lines = new HeaderLines();
  private startLine = '';
  private headStart = 0;
  private bodyStart = 0;
  private target = 0; // where the body or the chunk's data ends
  private chunks = new ChunkParser();
  private after: 'start' | 'held' | 'raw' = 'start'; // what follows the current message

  constructor(
    private readonly kind: 'request' | 'response',
    private readonly context: Http1Context = {},
  ) {}

  /** Offset of the next byte to feed; `null` when no more are wanted (for now, when held). */
  get wanted(): number | null {
    if (this.state === 'close' || this.state === 'raw' || this.state === 'held') return null;
    return this.skipping ? this.target : this.position + this.queue.length;
  }

  /** The body of the message that is being read, as far as the stream reaches; `null` between messages. */
  openBody(length: number): ByteRange | null {
    if (!this.skipping && this.state !== 'chunks' && this.state !== 'close') return null;
    const end = this.state === 'length' ? Math.min(this.target, length) : length;
    return new ByteRange(this.bodyStart, Math.max(this.bodyStart, end));
  }

  /** Bytes at `wanted`. */
  feed(bytes: Uint8Array): Http1Event[] {
    if (bytes.length === 0) return [];
    if (this.skipping) this.skipTo(this.target);
    this.queue.push(bytes);
    this.run();
    return this.takeEvents();
  }

  /** The stream reaches to `length`, whether or not its bytes are stored: a body that ends before can be passed over. */
  known(length: number): Http1Event[] {
    if (this.skipping && this.target <= length) this.skipTo(this.target);
    this.run();
    return this.takeEvents();
  }

  /** The bytes at `wanted` are not stored and never will be. */
  gap(): Http1Event[] {
    if (this.wanted === null) return [];
    this.fail('the bytes from here on were not stored (the payload budget was spent)');
    return this.takeEvents();
  }

  /**
   * The stream is over at `length`.
   * @param orderly by the peer's end of stream, which ends a body without a length; not by a reset or our own close
   */
  finish(length: number, orderly: boolean): Http1Event[] {
    this.events = this.known(length);
    switch (this.state) {
      case 'headers':
        this.endHead('the stream ends within the head');
        this.end(length, false);
        break;
      case 'start':
        if (this.queue.length > 0) this.fail('the stream ends within a start line');
        break;
      case 'length':
      case 'chunks':
      case 'chunk-data':
        this.end(length, false);
        break;
      case 'close':
        this.end(length, orderly);
        break;
    }
    this.state = 'raw';
    return this.takeEvents();
  }

  /**
   * A request parser waits after a request that asks for a tunnel or another protocol, until the reply is known.
   * @param asHttp false when the connection has been handed over
   */
  resume(asHttp: boolean): Http1Event[] {
    if (this.state === 'held') this.state = asHttp ? 'start' : 'raw';
    this.run();
    return this.takeEvents();
  }

  private get skipping(): boolean {
    return this.state === 'length' || this.state === 'chunk-data';
  }

  private takeEvents(): Http1Event[] {
    const events = this.events;
    this.events = [];
    return events;
  }

  private run(): void {
    for (;;) {
      if (this.state === 'start' || this.state === 'headers') {
        if (!this.readHeadLine()) return;
      } else if (this.state === 'chunks') {
        if (!this.readChunkHead()) return;
      } else if (this.skipping) {
        this.position += this.queue.skip(this.target - this.position);
        if (this.position < this.target) return;
        this.skipTo(this.target);
      } else {
        return;
      }
    }
  }

  /** False when there is no whole line yet. */
  private readHeadLine(): boolean {
    if (this.state === 'start' && !this.mayBeHttp()) {
      this.fail('the bytes are not HTTP/1');
      return false;
    }
    const line = this.queue.takeLine();
    const size = line?.length ?? this.queue.length;
    const head = this.state === 'headers' ? this.position - this.headStart + size : size;
    if (size > MAX_LINE || head > MAX_HEAD || this.lines.count > MAX_HEADERS) {
      this.fail(`a head of absurd size (limits: ${MAX_HEAD} bytes, ${MAX_LINE} bytes a line, ${MAX_HEADERS} headers)`);
      return false;
    }
    if (!line) return false;
    const at = this.position;
    this.position += line.length;
    const text = Buffer.from(line)
      .toString('latin1')
      .replace(/\r?\n$/, '');
    if (this.state === 'start') this.readStartLine(text, at);
    else if (text === '') this.endHead(null);
    else this.lines.add(text);
    return true;
  }

  /** Tells bytes of another protocol by their first, so that they are not collected until a line feed comes. */
  private mayBeHttp(): boolean {
    const first = this.queue.first();
    return first === undefined || (first >= 0x21 && first < 0x7f) || first === 0x0d || first === 0x0a;
  }

  private readStartLine(text: string, at: number): void {
    if (text === '') return; // RFC 9112, 2.2: empty lines before a message are passed over
    const valid = this.kind === 'request' ? parseRequestLine(text) : parseStatusLine(text);
    if (!valid) {
      this.position = at;
      this.fail('the bytes are not HTTP/1');
      return;
    }
    this.startLine = text;
    this.headStart = at;
    this.lines = new HeaderLines();
    this.state = 'headers';
  }

  /** @param cutBy why the head ends before its empty line; `null` when it does not */
  private endHead(cutBy: string | null): void {
    const complete = cutBy === null;
    const { headers } = this.lines;
    const request = this.kind === 'request' ? parseRequestLine(this.startLine) : null;
    const response = this.kind === 'response' ? parseStatusLine(this.startLine) : null;
    const interim = response !== null && response.status < 200 && response.status !== 101;
    const method = response && !interim ? (this.context.methodAnswered?.() ?? null) : null;
    const { framing, problem } = response ? responseFraming(headers, response.status, method) : requestFraming(headers);
    if (!complete) this.position += this.queue.length;
    const range = new ByteRange(this.headStart, this.position);
    this.bodyStart = this.position;
    this.after = 'start';
    if (request && (request.method === 'CONNECT' || headerValue(headers, 'upgrade') !== null)) this.after = 'held';
    if (response && (response.status === 101 || (method === 'CONNECT' && response.status < 300 && !interim))) {
      this.after = 'raw';
    }
    this.events.push({
      type: 'head',
      head: { startLine: this.startLine, request, response, headers, range, framing, complete },
      problem: cutBy ?? problem,
    });
    if (!complete) return;
    if (framing.kind === 'length') {
      this.state = 'length';
      this.target = this.bodyStart + framing.length;
    } else if (framing.kind === 'chunked') {
      this.state = 'chunks';
      this.chunks = new ChunkParser();
    } else if (framing.kind === 'close') {
      this.state = 'close';
    } else {
      this.end(this.position, true);
    }
  }

  private readChunkHead(): boolean {
    const before = this.queue.length;
    const step = this.chunks.next(this.queue);
    this.position += before - this.queue.length;
    if (step.kind === 'problem') {
      this.fail(step.message);
      return false;
    }
    if (step.kind === 'more') return false;
    if (step.kind === 'end') {
      this.end(this.position, true);
      return true;
    }
    this.target = this.position + step.length;
    this.state = 'chunk-data';
    if (Number.isSafeInteger(this.target)) return true;
    this.fail('a chunk of absurd size');
    return false;
  }

  /** The body's (or the chunk's) last byte has been passed. */
  private skipTo(target: number): void {
    this.queue.skip(target - this.position);
    this.position = target;
    if (this.state === 'chunk-data') this.state = 'chunks';
    else this.end(target, true);
  }

  private end(at: number, complete: boolean): void {
    this.events.push({ type: 'end', body: new ByteRange(this.bodyStart, Math.max(at, this.bodyStart)), complete });
    this.state = this.after;
  }

  private fail(message: string): void {
    if (this.state === 'headers') this.endHead(message);
    this.events.push({ type: 'problem', at: this.position, message });
    this.state = 'raw';
  }
}
