import assert from 'node:assert/strict';
import {
  ledgerEntriesAt,
  parseFileHeader,
  parseIo,
  parseJson,
  parseLedgerEntry,
  parseRun,
  parseStack,
  type RawRecord,
  readI64,
  readU64,
} from '../../../src/wire/format';
import {
  fileHeader,
  ioRecord,
  jsonRecord,
  ledgerEntry,
  record,
  runRecord,
  stackRecord,
} from '../../support/captureWriter';

const raw = (bytes: Buffer, offset = 64): RawRecord => ({
  type: bytes[4] as number,
  at: readU64(bytes, 8),
  bytes,
  size: bytes.length,
  offset,
});
const io = { socket: 1, op: 2, handed: 10, result: 10, offset: 5, payload: '0123456789' };

describe('the format of process files', () => {
  it('reads the header', () => {
    const header = parseFileHeader(fileHeader({ pid: 4711, stopped: 28, flags: 1 }));
    assert.deepEqual(header, {
      major: 1,
      minor: 0,
      headerSize: 64,
      wall: 1_800_000_000_000_000_000n,
      monotonic: 1000,
      pid: 4711,
      stopped: 28,
      ended: true,
    });
  });

  it('knows a header by its magic and needs it whole', () => {
    assert.equal(parseFileHeader(fileHeader().subarray(0, 63)), null);
    const other = fileHeader();
    other[6] = 0;
    assert.equal(parseFileHeader(other), null);
  });

  it('reads an io record and where its payload lies', () => {
    const parsed = parseIo(
      raw(ioRecord({ ...io, at: 99, thread: 2, stack: 3, scope: 4, error: 5, layer: 1, flags: 9, duration: 77 }), 1000),
    );
    assert.deepEqual(parsed, {
      socket: 1,
      thread: 2,
      stack: 3,
      scope: 4,
      error: 5,
      op: 2,
      layer: 1,
      flags: 9,
      duration: 77,
      handed: 10,
      result: 10,
      offset: 5,
      payload: 10,
      payloadAt: 1080,
    });
  });

  for (const [what, change] of [
    ['a payload beyond the record', (bytes: Buffer) => bytes.writeUInt32LE(11, 72)],
    ['an unknown operation', (bytes: Buffer) => bytes.writeUInt8(99, 36)],
    ['an unknown layer', (bytes: Buffer) => bytes.writeUInt8(2, 37)],
    ['an offset beyond all bounds', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 63n, 64)],
    ['a size beyond all bounds', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 64n - 1n, 48)],
    ['a result that is neither a count nor unknown', (bytes: Buffer) => bytes.writeBigInt64LE(-2n, 56)],
  ] as const) {
    it(`refuses an io record with ${what}`, () => {
      const bytes = ioRecord(io);
      change(bytes);
      assert.equal(parseIo(raw(bytes)), null);
    });
  }

  it('refuses a stack whose frames are not there', () => {
    const bytes = stackRecord(1, 0, [[1, 10]]);
    assert.deepEqual(parseStack(raw(bytes)), { id: 1, base: 0, frames: Uint32Array.of(1, 10) });
    bytes.writeUInt32LE(2, 24);
    assert.equal(parseStack(raw(bytes)), null);
    bytes.writeUInt32LE(0xffffffff, 24);
    assert.equal(parseStack(raw(bytes)), null);
  });

  const run = { id: 7, socket: 1, thread: 2, stack: 3, scope: 4, op: 1, layer: 1, offset: 5000 } as const;

  it('reads a run record', () => {
    assert.deepEqual(parseRun(raw(runRecord(run))), run);
  });

  for (const [what, change] of [
    ['no id', (bytes: Buffer) => bytes.writeUInt32LE(0, 16)],
    ['an unknown layer', (bytes: Buffer) => bytes.writeUInt8(2, 37)],
    ['an operation that receives', (bytes: Buffer) => bytes.writeUInt8(17, 36)],
    ['an unknown operation', (bytes: Buffer) => bytes.writeUInt8(99, 36)],
    ['an offset beyond all bounds', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 63n, 40)],
  ] as const) {
    it(`refuses a run record with ${what}`, () => {
      const bytes = runRecord(run);
      change(bytes);
      assert.equal(parseRun(raw(bytes)), null);
    });
  }

  it('refuses a run record that is cut short', () => {
    assert.equal(parseRun(raw(runRecord(run).subarray(0, 47))), null);
  });

  it('tells an entry of a ledger from the room for one', () => {
    assert.deepEqual(parseLedgerEntry(ledgerEntry(7, 10, 30, 8192)), { run: 7, began: 10, ended: 30, size: 8192 });
    assert.equal(parseLedgerEntry(Buffer.alloc(24)), 'empty');
    assert.equal(parseLedgerEntry(ledgerEntry(7, 30, 10, 8192)), null, 'ended before it began');
    assert.equal(parseLedgerEntry(ledgerEntry(7, 0, 10, 8192)), null, 'never began');
  });

  it('finds the first entry of a ledger at a multiple of eight', () => {
    assert.deepEqual([64, 65, 72, 79].map(ledgerEntriesAt), [80, 88, 88, 96]);
  });

  it('takes one JSON object and nothing else', () => {
    assert.deepEqual(parseJson(raw(jsonRecord('thread', 1, { id: 1 }))), { id: 1 });
    for (const body of ['[1]', 'null', '{"id":', '', '\xff']) {
      assert.equal(parseJson(raw(record(2, 1, Buffer.from(body, 'latin1')))), null, JSON.stringify(body));
    }
  });

  it('reads integers of 64 bits', () => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(-1n);
    assert.equal(readI64(bytes, 0), -1);
    bytes.writeBigUInt64LE(2n ** 53n - 1n);
    assert.equal(readU64(bytes, 0), Number.MAX_SAFE_INTEGER);
  });
});
