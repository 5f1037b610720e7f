import { ByteRange } from '../base/byteRange';
import { RangeSet } from '../base/rangeSet';
import { type FileRead, StoredBytes } from './byteStore';
import { isWouldBlock } from './errorChain';
import { IoFlag, type IoRecord } from './format';
import type { Direction, ErrorChain, Layer, Stream } from './model';
import { isEndOfStream, Operation } from './operation';
import { SegmentTable } from './segmentTable';

/** Above this many operations, neighbours of the same kind are joined. */
const JOIN_ABOVE = 1024;

/** One direction of one layer of a socket, built from its `io` records. */
export class StreamModel implements Stream {
  readonly operations: Operation[] = [];
  /** Each operation begins in the stream where the one before ends, or later. */
  inOrder = true;
  ended = false;
  readonly bytes: StoredBytes;
  private readonly segments = new SegmentTable();
  private readonly received = new RangeSet();
  private readonly pending = new Map<string, Operation>();
  private joinAt = JOIN_ABOVE;
  private callsPerJoint = 1;

  constructor(
    readonly direction: Direction,
    readonly layer: Layer,
    readFile: FileRead,
  ) {
    this.bytes = new StoredBytes(this.segments, readFile);
  }

  get receivedByProgram(): readonly ByteRange[] {
    return this.received.ranges;
  }

  add(record: IoRecord, at: number, error: ErrorChain | null): void {
    const key = `${record.thread}/${record.op}`;
    if ((record.flags & IoFlag.begin) !== 0) {
      const operation = new Operation(record, at);
      operation.begin(record);
      this.pending.set(key, operation);
      this.keep(operation, record);
    } else {
      const begun = this.pending.get(key);
      this.pending.delete(key);
      const operation = begun ?? new Operation(record, at);
      operation.end(record, at, error);
      this.ended ||= isEndOfStream(operation);
      if (record.result <= 0 && isWouldBlock(error)) this.drop(operation, begun !== undefined);
      else if (begun) {
        // what was read by then may have grown into what others have done meanwhile
        if (this.operations.at(-1) !== operation) this.inOrder = false;
        this.settle(operation);
      } else this.keep(operation, record);
    }
    if (this.operations.length > this.joinAt) this.joinNeighbours();
  }

  private keep(operation: Operation, record: IoRecord): void {
    const { range } = operation;
    if (range.start < (this.operations.at(-1)?.range.end ?? 0)) this.inOrder = false;
    this.operations.push(operation);
    operation.stored = Math.min(record.payload, range.length);
    if (this.direction === 'up') this.segments.truncate(range.start); // handed over again: the later bytes are the true ones
    this.segments.add(ByteRange.ofLength(range.start, operation.stored), record.payloadAt);
    this.bytes.extend(range.end);
    if (this.direction === 'down' && !operation.lastWords && !operation.peek) this.received.add(range);
  }

  /** A call that had been announced took less than it was given: the rest will be handed over again. */
  private settle(operation: Operation): void {
    const { range } = operation;
    operation.stored = Math.min(operation.stored, range.length);
    if (operation.error === null && operation.result !== null && operation.result < operation.handed) {
      this.segments.truncate(range.end);
      this.bytes.truncate(range.end);
    }
  }

  private drop(operation: Operation, announced: boolean): void {
    if (!announced) return;
    const index = this.operations.lastIndexOf(operation);
    if (index >= 0) this.operations.splice(index, 1);
    this.segments.truncate(operation.range.start);
    this.bytes.truncate(operation.range.start);
  }

  private joinNeighbours(): void {
    this.callsPerJoint *= 2;
    let kept = 0;
    for (let index = 1; index < this.operations.length; index += 1) {
      const before = this.operations[kept] as Operation;
      const next = this.operations[index] as Operation;
      if (before.calls + next.calls <= this.callsPerJoint && before.canJoin(next)) before.join(next);
      else this.operations[++kept] = next;
    }
    this.operations.length = kept + 1;
    this.joinAt = Math.max(JOIN_ABOVE, this.operations.length * 2);
  }
}
