import assert from 'node:assert/strict';
import { parseFileHeader, type RawRecord, readU64 } from '../../../src/wire/format';
import { frames, ProcessModel } from '../../../src/wire/processModel';
import {
  countersRecord,
  fileHeader,
  ioRecord,
  type JsonType,
  jsonRecord,
  record,
  stackRecord,
} from '../../support/captureWriter';

let written: RawRecord[] = [];
function model() {
  const header = parseFileHeader(fileHeader({ pid: 7 }));
  assert.ok(header);
  written = [];
  return new ProcessModel('process-7-0.fwp', header, {
    read: async () => new Uint8Array(0),
    recordAt: (offset) => written.find((one) => one.offset === offset) ?? null,
    bytesAt: () => null,
  });
}
function take(process: ProcessModel, bytes: Buffer): boolean {
  const offset = written.reduce((end, { size }) => end + size, 64);
  const made = { type: bytes[4] as number, at: readU64(bytes, 8), bytes, size: bytes.length, offset };
  written.push(made);
  return process.apply(made);
}
const json = (process: ProcessModel, type: JsonType | number, fields: object, at = 1) =>
  take(process, jsonRecord(type, at, fields));

describe('ProcessModel', () => {
  it('learns who the process is', () => {
    const process = model();
    json(process, 'process', { pid: 7, ppid: 1, python: '3.11.2', argv: ['python', 'a.py'], platform: 'linux' });
    assert.deepEqual(
      [process.info.pid, process.info.ppid, process.info.python, process.info.argv, process.info.cwd],
      [7, 1, '3.11.2', ['python', 'a.py'], null],
    );
  });

  it('resolves stacks, errors and scopes by their ids', () => {
    const process = model();
    json(process, 'code', { id: 1, file: '/app/a.py', name: 'main' });
    take(process, stackRecord(2, 0, [[1, 5]]));
    json(
      process,
      'scope',
      { id: 1, thread: 1, stack: 2, function: 'urllib.request.OpenerDirector.open', url: 'http://h/' },
      10,
    );
    json(process, 'error', { id: 3, chain: [{ type: 'URLError' }] });
    json(process, 'scope-end', { id: 1, duration: 55, error: 3 });
    const scope = process.scopes.get(1);
    assert.deepEqual(
      [scope?.at, scope?.duration, scope?.error?.[0].type, scope?.stack, scope?.url],
      [10, 55, 'URLError', [{ file: '/app/a.py', line: 5, function: 'main' }], 'http://h/'],
    );
    assert.deepEqual(frames(process, 2), scope?.stack);
  });

  it('puts what concerns a socket to the socket', () => {
    const process = model();
    json(process, 'socket', { id: 4, family: 'AF_INET', type: 'SOCK_STREAM', how: 'accepted' });
    json(process, 'options', { socket: 4, noDelay: true });
    json(process, 'shutdown', { socket: 4, how: 'write' });
    json(process, 'last-words', { socket: 4, moment: 'closing', outcome: 'recovered', bytes: 9 });
    json(process, 'close', { socket: 4, how: 'close' }, 99);
    take(process, ioRecord({ socket: 4, op: 2, handed: 3, result: 3, offset: 0, payload: 'abc' }));
    const [socket] = process.sockets;
    assert.equal(process.sockets.length, 1);
    assert.deepEqual(
      [
        socket?.accepted,
        socket?.options[0]?.noDelay,
        socket?.shutdowns[0]?.how,
        socket?.lastWords[0]?.bytes,
        socket?.close?.at,
      ],
      [true, true, 'write', 9, 99],
    );
    assert.equal(socket?.streams[0]?.bytes.length, 3);
  });

  it('keeps what left the program, and errors of the probe itself', () => {
    const process = model();
    json(process, 'error', { id: 3, chain: [{ type: 'ValueError' }] });
    json(process, 'exception', { error: 3, thread: 1 });
    json(process, 'internal', { where: 'sending', message: 'oops' }, 5);
    json(process, 'unseen', { library: 'pycurl', module: 'pycurl' });
    json(process, 'end', { droppedPayload: 12 });
    assert.deepEqual(
      process.uncaught.map(([error]) => error.type),
      ['ValueError'],
    );
    assert.deepEqual(process.internalErrors, [{ at: 5, where: 'sending', message: 'oops' }]);
    assert.deepEqual(process.unseen, ['pycurl']);
    assert.equal(process.droppedPayload, 12);
  });

  it('passes over types it does not know, and refuses what names what never was', () => {
    const process = model();
    assert.equal(json(process, 0x3f, { anything: 1 }), true);
    assert.equal(take(process, record(0x7f, 1, Buffer.from('??'))), true);
    assert.equal(json(process, 'close', { socket: 99 }), false);
    assert.equal(json(process, 'scope-end', { id: 99 }), false);
    assert.equal(json(process, 'exception', { error: 99 }), false);
    assert.equal(json(process, 'socket', {}), false);
    assert.equal(take(process, record(1, 1, Buffer.from('not json'))), false);
  });

  it('puts a socket away and reads it again, as it was', async () => {
    const process = model();
    json(process, 'socket', { id: 4, family: 'AF_INET', type: 'SOCK_STREAM', fd: 3 }, 5);
    json(process, 'connect', { socket: 4, thread: 1, address: '::1', port: 80, result: 'connected' }, 6);
    take(process, ioRecord({ socket: 4, op: 2, handed: 3, result: 3, offset: 0, payload: 'abc' }));
    take(process, countersRecord(4, 'closing', 8, { sent: 3, acked: 4 }));
    json(process, 'close', { socket: 4, how: 'close' }, 9);
    const [before] = process.sockets;
    const seen = (socket: typeof before | null) =>
      JSON.stringify([
        socket?.id,
        socket?.fd,
        socket?.at,
        socket?.connects,
        socket?.counters,
        socket?.close,
        socket?.streams.map(({ direction, operations, bytes }) => [direction, operations, bytes.stored]),
      ]);
    const copy = await process.recall(4, () => null);
    assert.notEqual(copy, before);
    assert.equal(seen(copy), seen(before));
    process.putAway(4);
    assert.deepEqual(process.sockets, []);
    assert.equal(seen(await process.recall(4, () => null)), seen(before));
    assert.equal(await process.recall(5, () => null), null);
    assert.equal(json(process, 'socket', { id: 4 }), false, 'an id is used once');
  });

  it('tells what was tried, once', () => {
    const process = model();
    json(process, 'socket', { id: 1, type: 'SOCK_STREAM' });
    json(process, 'socket', { id: 2, type: 'SOCK_STREAM', how: 'existing' });
    json(process, 'resolve', { thread: 7, host: 'h', addresses: [] }, 40);
    json(process, 'connect', { socket: 1, thread: 7, address: '::1', port: 80, result: 'connected' }, 50);
    take(process, ioRecord({ socket: 2, op: 2, handed: 3, result: 3, offset: 0, payload: 'abc' }));
    take(process, ioRecord({ socket: 1, op: 2, handed: 3, result: 3, offset: 0, payload: 'abc' }));
    assert.deepEqual(
      process.takeTried().map((one) => [one.socket.id, one.connect?.at ?? null, one.resolvedAt, one.resolved]),
      [
        [1, 50, 40, 1],
        [2, null, -1, 1],
      ],
    );
    assert.deepEqual(process.takeTried(), []);
  });

  it('counts its changes', () => {
    const process = model();
    const before = process.version;
    json(process, 'thread', { id: 1, name: 'MainThread' });
    assert.ok(process.version > before);
    const header = parseFileHeader(fileHeader({ pid: 7, flags: 1 }));
    assert.ok(header);
    assert.equal(process.updateHeader(header), true);
    assert.equal(process.updateHeader(header), false);
    assert.equal(process.ended, true);
  });
});
