import assert from 'node:assert/strict';
import { parseFileHeader, readU64 } from '../../../src/wire/format';
import { frames, ProcessModel } from '../../../src/wire/processModel';
import { fileHeader, ioRecord, type JsonType, jsonRecord, record, stackRecord } from '../../support/captureWriter';

function model() {
  const header = parseFileHeader(fileHeader({ pid: 7 }));
  assert.ok(header);
  return new ProcessModel('process-7-0.fwp', header, async () => new Uint8Array(0));
}
const take = (process: ProcessModel, bytes: Buffer) =>
  process.apply({ type: bytes[4] as number, at: readU64(bytes, 8), bytes, size: bytes.length, offset: 64 });
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
    json(process, 'end', { droppedPayload: 12 });
    assert.deepEqual(
      process.uncaught.map(([error]) => error.type),
      ['ValueError'],
    );
    assert.deepEqual(process.internalErrors, [{ at: 5, where: 'sending', message: 'oops' }]);
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

  it('does not keep every error for ever', () => {
    const process = model();
    for (let id = 1; id <= 10_000; id += 1) json(process, 'error', { id, chain: [{ type: `E${id}` }] });
    assert.equal(json(process, 'exception', { error: 1 }), false);
    assert.equal(json(process, 'exception', { error: 10_000 }), true);
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
