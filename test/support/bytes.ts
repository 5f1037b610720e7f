import type { ByteRange } from '../../src/base/byteRange';
import { ByteRange as Range } from '../../src/base/byteRange';
import type { ByteSource, IoOperation, Stream } from '../../src/wire/model';

/** A stream's bytes from memory, of which only `stored` can be read. */
export class TextSource implements ByteSource {
  reads = 0;

  constructor(
    public text: string,
    public stored: readonly ByteRange[] = [new Range(0, Number.MAX_SAFE_INTEGER)],
  ) {}

  get length(): number {
    return this.text.length;
  }

  async read(range: ByteRange): Promise<Uint8Array> {
    this.reads += 1;
    const held = this.stored.find((one) => one.contains(range.start));
    if (!held) return new Uint8Array(0);
    return Buffer.from(this.text.slice(range.start, Math.min(range.end, held.end)), 'latin1');
  }
}

/** An operation of the kind given, successful and 10 ns long unless told otherwise. */
export function operation(fields: Partial<IoOperation> & { range: ByteRange }): IoOperation {
  const direction = fields.direction ?? 'up';
  const size = fields.range.length;
  return {
    at: 0,
    duration: 10,
    calls: 1,
    tlsRecords: direction === 'up' ? Math.ceil(size / 16_384) : 0,
    op: direction === 'up' ? 'sendall' : 'recv_into',
    direction,
    layer: 'wire',
    thread: 1,
    scope: 0,
    stackId: 0,
    handed: size,
    result: fields.error ? null : size,
    partial: false,
    stored: size,
    lastWords: false,
    replayed: false,
    peek: false,
    error: null,
    pending: false,
    ...fields,
  };
}

export function stream(operations: readonly IoOperation[], fields: Partial<Stream> = {}): Stream {
  const length = Math.max(0, ...operations.map(({ range }) => range.end));
  return {
    direction: 'up',
    layer: 'wire',
    operations,
    bytes: new TextSource('x'.repeat(Math.min(length, 1_000_000))),
    receivedByProgram: [],
    ...fields,
  };
}
