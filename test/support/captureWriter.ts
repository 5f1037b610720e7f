/** Writes process files record by record, as docs/capture-format.md has them. Shares no code with the reader. */
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface IoFields {
  socket: number;
  op: number;
  at?: number;
  thread?: number;
  stack?: number;
  scope?: number;
  error?: number;
  layer?: 0 | 1;
  flags?: number;
  duration?: number;
  handed: number;
  result: number;
  offset: number;
  payload?: Uint8Array | string;
}

export interface RunFields {
  id: number;
  socket: number;
  op: number;
  offset: number;
  thread?: number;
  stack?: number;
  scope?: number;
  layer?: 0 | 1;
}

export interface TcpInfo {
  state?: number;
  lastDataReceived?: number;
  rtt?: number;
  retransmits?: number;
  /** As the kernel gives it, the SYN counted. */
  acked?: number;
  received?: number;
  unsent?: number;
  sent?: number;
  resent?: number;
  /** Bytes of the structure, as an older kernel returns fewer. */
  length?: number;
}

export const JSON_TYPES = {
  process: 0x01,
  thread: 0x02,
  code: 0x03,
  socket: 0x04,
  resolve: 0x05,
  connect: 0x06,
  tls: 0x07,
  error: 0x08,
  scope: 0x09,
  'scope-end': 0x0a,
  body: 0x0b,
  options: 0x0c,
  'last-words': 0x0d,
  close: 0x0e,
  exception: 0x0f,
  internal: 0x10,
  end: 0x11,
  shutdown: 0x12,
  raised: 0x13,
  request: 0x14,
  unseen: 0x15,
} as const;
export type JsonType = keyof typeof JSON_TYPES;

export const MOMENTS = { connected: 1, handshake: 2, reply: 3, failed: 4, closing: 5, sampled: 6 } as const;

/** The file's header; every field can be set, so that files of another kind can be made. */
export function fileHeader(fields: { major?: number; pid?: number; stopped?: number; flags?: number } = {}): Buffer {
  const header = Buffer.alloc(64);
  Buffer.from('FWCAP\r\n\x1a', 'latin1').copy(header);
  header.writeUInt16LE(fields.major ?? 1, 8);
  header.writeUInt32LE(64, 12);
  header.writeBigUInt64LE(1_800_000_000_000_000_000n, 16);
  header.writeBigUInt64LE(1_000n, 24);
  header.writeUInt32LE(fields.pid ?? 100, 32);
  header.writeUInt32LE(fields.stopped ?? 0, 36);
  header.writeUInt32LE(fields.flags ?? 0, 40);
  return header;
}

export function record(type: number, at: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(16 + body.length, 0);
  head.writeUInt8(type, 4);
  head.writeBigUInt64LE(BigInt(at), 8);
  return Buffer.concat([head, body]);
}

export function jsonRecord(type: JsonType | number, at: number, fields: object): Buffer {
  return record(typeof type === 'number' ? type : JSON_TYPES[type], at, Buffer.from(JSON.stringify(fields)));
}

export function stackRecord(
  id: number,
  base: number,
  frames: readonly (readonly [code: number, line: number])[],
): Buffer {
  const body = Buffer.alloc(12 + frames.length * 8);
  body.writeUInt32LE(id, 0);
  body.writeUInt32LE(base, 4);
  body.writeUInt32LE(frames.length, 8);
  for (const [index, [code, line]] of frames.entries()) {
    body.writeUInt32LE(code, 12 + index * 8);
    body.writeUInt32LE(line, 16 + index * 8);
  }
  return record(0x40, 0, body);
}

export function ioRecord(fields: IoFields): Buffer {
  const payload = Buffer.from(fields.payload ?? '');
  const body = Buffer.alloc(64);
  body.writeUInt32LE(fields.socket, 0);
  body.writeUInt32LE(fields.thread ?? 1, 4);
  body.writeUInt32LE(fields.stack ?? 0, 8);
  body.writeUInt32LE(fields.scope ?? 0, 12);
  body.writeUInt32LE(fields.error ?? 0, 16);
  body.writeUInt8(fields.op, 20);
  body.writeUInt8(fields.layer ?? 0, 21);
  body.writeUInt16LE(fields.flags ?? 0, 22);
  body.writeBigUInt64LE(BigInt(fields.duration ?? 10), 24);
  body.writeBigUInt64LE(BigInt(fields.handed), 32);
  body.writeBigInt64LE(BigInt(fields.result), 40);
  body.writeBigUInt64LE(BigInt(fields.offset), 48);
  body.writeUInt32LE(payload.length, 56);
  return record(0x41, fields.at ?? 0, Buffer.concat([body, payload]));
}

export function runRecord(fields: RunFields, at = 0): Buffer {
  const body = Buffer.alloc(32);
  body.writeUInt32LE(fields.id, 0);
  body.writeUInt32LE(fields.socket, 4);
  body.writeUInt32LE(fields.thread ?? 1, 8);
  body.writeUInt32LE(fields.stack ?? 0, 12);
  body.writeUInt32LE(fields.scope ?? 0, 16);
  body.writeUInt8(fields.op, 20);
  body.writeUInt8(fields.layer ?? 0, 21);
  body.writeBigUInt64LE(BigInt(fields.offset), 24);
  return record(0x43, at, body);
}

/** An empty ledger. Its entries begin at the first multiple of eight in the file after its head of 16 bytes. */
export const ledgerRecord = (size: number): Buffer => record(0x44, 0, Buffer.alloc(size - 16));

export function ledgerEntry(run: number, began: number, ended: number, size: number): Buffer {
  const entry = Buffer.alloc(24);
  entry.writeBigUInt64LE(BigInt(began), 0);
  entry.writeBigUInt64LE(BigInt(ended), 8);
  entry.writeUInt32LE(size, 16);
  entry.writeUInt32LE(run, 20);
  return entry;
}

export function countersRecord(
  socket: number,
  moment: keyof typeof MOMENTS,
  at: number,
  info: TcpInfo,
  unread = -1,
): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(socket, 0);
  head.writeUInt8(1, 4);
  head.writeUInt8(MOMENTS[moment], 5);
  head.writeInt32LE(unread, 8);
  const structure = Buffer.alloc(256);
  structure.writeUInt8(info.state ?? 1, 0);
  structure.writeUInt32LE(info.lastDataReceived ?? 0, 52);
  structure.writeUInt32LE(info.rtt ?? 0, 68);
  structure.writeUInt32LE(info.retransmits ?? 0, 100);
  structure.writeBigUInt64LE(BigInt(info.acked ?? 0), 120);
  structure.writeBigUInt64LE(BigInt(info.received ?? 0), 128);
  structure.writeUInt32LE(info.unsent ?? 0, 144);
  structure.writeBigUInt64LE(BigInt(info.sent ?? 0), 200);
  structure.writeBigUInt64LE(BigInt(info.resent ?? 0), 208);
  return record(0x42, at, Buffer.concat([head, structure.subarray(0, info.length ?? 256)]));
}

/** A capture folder that is removed after the test; `add` appends to a process file of it. */
export class CaptureFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'framewire-capture-'));

  file(pid = 100, n = 0): string {
    return join(this.path, `process-${pid}-${n}.fwp`);
  }

  begin(header: Buffer = fileHeader(), pid = 100): void {
    writeFileSync(this.file(pid), header);
  }

  add(...records: Uint8Array[]): void {
    appendFileSync(this.file(), Buffer.concat(records));
  }

  /** Puts bytes in place of what is there: another header when no position is given. */
  rewrite(bytes: Buffer, at = 0): void {
    const file = openSync(this.file(), 'r+');
    writeSync(file, bytes, 0, bytes.length, at);
    closeSync(file);
  }

  get size(): number {
    return statSync(this.file()).size;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
