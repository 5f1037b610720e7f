/**
 * The binary layout of a process file, docs/capture-format.md. Everything here treats its input as hostile: a parser
 * returns `null` for bytes that do not fit the format, and never throws.
 */

export const MAGIC = Uint8Array.of(0x46, 0x57, 0x43, 0x41, 0x50, 0x0d, 0x0a, 0x1a);
export const MAJOR = 1;
export const MINOR = 0;
export const HEADER_SIZE = 64;
export const RECORD_HEADER_SIZE = 16;
export const IO_HEADER_SIZE = 80;
export const COUNTERS_HEADER_SIZE = 28;
export const RUN_SIZE = 48;
export const LEDGER_ENTRY_SIZE = 24;
export const MAX_RECORD_SIZE = 16 * 1024 * 1024;
/** Frames of one stack record; a stack deeper than this is no stack. */
export const MAX_STACK_FRAMES = 100_000;

export const STOPPED_BY_PROBE_ERROR = 0xffffffff;
export const FLAG_ENDED = 1;

export const RecordType = {
  process: 0x01,
  thread: 0x02,
  code: 0x03,
  socket: 0x04,
  resolve: 0x05,
  connect: 0x06,
  tls: 0x07,
  error: 0x08,
  scope: 0x09,
  scopeEnd: 0x0a,
  body: 0x0b,
  options: 0x0c,
  lastWords: 0x0d,
  close: 0x0e,
  exception: 0x0f,
  internal: 0x10,
  end: 0x11,
  shutdown: 0x12,
  raised: 0x13,
  request: 0x14,
  unseen: 0x15,
  stack: 0x40,
  io: 0x41,
  counters: 0x42,
  run: 0x43,
  ledger: 0x44,
} as const;

/** Types 0x01 to 0x3F hold one JSON object. */
export const isJsonType = (type: number): boolean => type >= 0x01 && type <= 0x3f;

export const IoFlag = { begin: 1, lastWords: 2, replayed: 4, partial: 8, peek: 16 } as const;

export const OPERATIONS: Readonly<Record<number, string>> = {
  1: 'send',
  2: 'sendall',
  3: 'sendto',
  4: 'sendmsg',
  5: 'sendfile',
  6: 'write',
  17: 'recv',
  18: 'recv_into',
  19: 'recvfrom',
  20: 'recvfrom_into',
  21: 'recvmsg',
  22: 'recvmsg_into',
  23: 'read',
};
/** Operation numbers below this send, the others receive. */
export const FIRST_RECEIVING_OPERATION = 16;

export interface FileHeader {
  readonly major: number;
  readonly minor: number;
  readonly headerSize: number;
  /** Nanoseconds since the Unix epoch. */
  readonly wall: bigint;
  /** Nanoseconds of the monotonic clock at the same moment. */
  readonly monotonic: number;
  readonly pid: number;
  readonly stopped: number;
  readonly ended: boolean;
}

/** `null` when the bytes do not begin with the magic or are fewer than a header. */
export function parseFileHeader(bytes: Buffer): FileHeader | null {
  if (bytes.length < HEADER_SIZE || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  return {
    major: bytes.readUInt16LE(8),
    minor: bytes.readUInt16LE(10),
    headerSize: bytes.readUInt32LE(12),
    wall: bytes.readBigUInt64LE(16),
    monotonic: readU64(bytes, 24),
    pid: bytes.readUInt32LE(32),
    stopped: bytes.readUInt32LE(36),
    ended: (bytes.readUInt32LE(40) & FLAG_ENDED) !== 0,
  };
}

/** A record of which at least the fixed part is in `bytes`; payload may lie beyond and is only ever read by range. */
export interface RawRecord {
  readonly type: number;
  /** When the operation began, monotonic nanoseconds. */
  readonly at: number;
  /** The whole record, header included; of an `io` record perhaps its fixed part only. */
  readonly bytes: Buffer;
  /** Size of the whole record in bytes. */
  readonly size: number;
  /** Where the record begins in its file. */
  readonly offset: number;
}

export interface IoRecord {
  readonly socket: number;
  readonly thread: number;
  readonly stack: number;
  readonly scope: number;
  readonly error: number;
  readonly op: number;
  readonly layer: 0 | 1;
  readonly flags: number;
  readonly duration: number;
  readonly handed: number;
  /** -1 for unknown. */
  readonly result: number;
  readonly offset: number;
  readonly payload: number;
  /** Where the payload lies in the file. */
  readonly payloadAt: number;
}

export function parseIo(record: RawRecord): IoRecord | null {
  const { bytes } = record;
  if (bytes.length < IO_HEADER_SIZE || record.size < IO_HEADER_SIZE) return null;
  const layer = bytes[37];
  const payload = bytes.readUInt32LE(72);
  const handed = readU64(bytes, 48);
  const result = readI64(bytes, 56);
  const offset = readU64(bytes, 64);
  const op = bytes[36] as number;
  if ((layer !== 0 && layer !== 1) || payload > record.size - IO_HEADER_SIZE || !(op in OPERATIONS)) return null;
  if (![handed, offset, offset + handed, offset + Math.max(result, 0)].every(Number.isSafeInteger)) return null;
  if (result < -1) return null;
  return {
    socket: bytes.readUInt32LE(16),
    thread: bytes.readUInt32LE(20),
    stack: bytes.readUInt32LE(24),
    scope: bytes.readUInt32LE(28),
    error: bytes.readUInt32LE(32),
    op,
    layer,
    flags: bytes.readUInt16LE(38),
    duration: readU64(bytes, 40),
    handed,
    result,
    offset,
    payload,
    payloadAt: record.offset + IO_HEADER_SIZE,
  };
}

/** What the sends of one run have in common; their entries are in the ledger. */
export interface RunRecord {
  readonly id: number;
  readonly socket: number;
  readonly thread: number;
  readonly stack: number;
  readonly scope: number;
  readonly op: number;
  readonly layer: 0 | 1;
  /** Of the first send, in its stream. */
  readonly offset: number;
}

export function parseRun({ bytes }: RawRecord): RunRecord | null {
  if (bytes.length < RUN_SIZE) return null;
  const op = bytes[36] as number;
  const layer = bytes[37];
  const offset = readU64(bytes, 40);
  const id = bytes.readUInt32LE(16);
  if ((layer !== 0 && layer !== 1) || !(op in OPERATIONS) || op >= FIRST_RECEIVING_OPERATION) return null;
  if (id === 0 || !Number.isSafeInteger(offset)) return null;
  return {
    id,
    socket: bytes.readUInt32LE(20),
    thread: bytes.readUInt32LE(24),
    stack: bytes.readUInt32LE(28),
    scope: bytes.readUInt32LE(32),
    op,
    layer,
    offset,
  };
}

/** One send of a run: everything handed was taken. */
export interface LedgerEntry {
  readonly run: number;
  readonly began: number;
  readonly ended: number;
  readonly size: number;
}

/** Where the entries of the ledger record at `offset` begin. */
export const ledgerEntriesAt = (offset: number): number => Math.ceil((offset + RECORD_HEADER_SIZE) / 8) * 8;

/** `empty`: not written yet, or not to its end. */
export function parseLedgerEntry(bytes: Buffer): LedgerEntry | 'empty' | null {
  const run = bytes.readUInt32LE(20);
  if (run === 0) return 'empty';
  const began = readU64(bytes, 0);
  const ended = readU64(bytes, 8);
  const size = bytes.readUInt32LE(16);
  return ended >= began && began > 0 ? { run, began, ended, size } : null;
}

export interface StackRecord {
  readonly id: number;
  readonly base: number;
  /** Pairs of code id and line, innermost first. */
  readonly frames: Uint32Array;
}

export function parseStack({ bytes }: RawRecord): StackRecord | null {
  if (bytes.length < 28) return null;
  const count = bytes.readUInt32LE(24);
  if (count > MAX_STACK_FRAMES || bytes.length < 28 + count * 8) return null;
  const frames = new Uint32Array(count * 2);
  for (let index = 0; index < frames.length; index += 1) frames[index] = bytes.readUInt32LE(28 + index * 4);
  return { id: bytes.readUInt32LE(16), base: bytes.readUInt32LE(20), frames };
}

/** A JSON record's object, or `null` when it is none. */
export function parseJson({ bytes }: RawRecord): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', RECORD_HEADER_SIZE));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** A u64 as a number: exact up to 2^53, rounded beyond. */
export function readU64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 0x1_0000_0000;
}

/** An i64 as a number: exact up to 2^53, rounded beyond. */
export function readI64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readInt32LE(at + 4) * 0x1_0000_0000;
}
