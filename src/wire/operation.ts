import { ByteRange } from '../base/byteRange';
import { FIRST_RECEIVING_OPERATION, IoFlag, type IoRecord, OPERATIONS } from './format';
import type { Direction, ErrorChain, IoOperation, Layer } from './model';

/** Plaintext bytes that one TLS record carries at most (RFC 8446, 5.1). */
export const MAX_TLS_PLAINTEXT = 16_384;

/** An operation as it is being put together: begun, ended, and joined with its neighbours. */
export class Operation implements IoOperation {
  readonly at: number;
  readonly op: string;
  readonly direction: Direction;
  readonly layer: Layer;
  readonly thread: number;
  readonly scope: number;
  readonly stackId: number;
  readonly lastWords: boolean;
  readonly replayed: boolean;
  readonly peek: boolean;
  duration = 0;
  calls = 1;
  tlsRecords = 0;
  handed = 0;
  result: number | null = null;
  partial = false;
  stored = 0;
  error: ErrorChain | null = null;
  pending = false;
  private readonly start: number;
  /** Asked for again and again while exchanges are made of operations. */
  private known: ByteRange | null = null;

  constructor(record: IoRecord, at: number) {
    this.at = at;
    this.op = OPERATIONS[record.op] as string;
    this.direction = record.op < FIRST_RECEIVING_OPERATION ? 'up' : 'down';
    this.layer = record.layer === 1 ? 'tls' : 'wire';
    this.thread = record.thread;
    this.scope = record.scope;
    this.stackId = record.stack;
    this.lastWords = (record.flags & IoFlag.lastWords) !== 0;
    this.replayed = (record.flags & IoFlag.replayed) !== 0;
    this.peek = (record.flags & IoFlag.peek) !== 0;
    this.start = record.offset;
  }

  begin(record: IoRecord): void {
    this.known = null;
    this.handed = record.handed;
    this.pending = true;
  }

  end(record: IoRecord, at: number, error: ErrorChain | null): void {
    this.known = null;
    this.handed = record.handed;
    this.duration = Math.max(0, at - this.at) + record.duration;
    this.result = record.result < 0 ? null : record.result;
    this.partial = (record.flags & IoFlag.partial) !== 0;
    this.error = error;
    this.pending = false;
    if (this.direction === 'up') this.tlsRecords = Math.ceil((this.result ?? 0) / MAX_TLS_PLAINTEXT);
  }

  /** What was taken or returned; of a send whose fate is unknown or bad, what was handed over. */
  get range(): ByteRange {
    this.known ??= new ByteRange(this.start, this.start + this.extent);
    return this.known;
  }

  get endedAt(): number {
    return this.at + this.duration;
  }

  private get extent(): number {
    if (this.direction === 'down') return this.result ?? 0;
    return this.pending || this.error !== null || this.result === null ? this.handed : this.result;
  }

  /** Whether `next` only goes on with what this one did, so that one object can stand for both. */
  canJoin(next: Operation): boolean {
    return (
      this.isPlainSuccess &&
      next.isPlainSuccess &&
      this.op === next.op &&
      this.thread === next.thread &&
      this.scope === next.scope &&
      this.stackId === next.stackId &&
      this.lastWords === next.lastWords &&
      this.replayed === next.replayed &&
      this.start + this.extent === next.start
    );
  }

  join(next: Operation): void {
    this.known = null;
    this.duration = next.endedAt - this.at;
    this.calls += next.calls;
    this.tlsRecords += next.tlsRecords;
    this.handed += next.handed;
    this.result = (this.result ?? 0) + (next.result ?? 0);
    this.stored += next.stored;
  }

  private get isPlainSuccess(): boolean {
    if (this.pending || this.error !== null || this.peek || !this.result) return false;
    return this.direction === 'down' || this.result === this.handed;
  }
}

/** A receive that returned nothing though it asked for something: the peer has ended its side. */
export function isEndOfStream(operation: IoOperation): boolean {
  return operation.result === 0 && operation.handed > 0 && operation.error === null && operation.direction === 'down';
}
