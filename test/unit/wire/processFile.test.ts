import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { ByteRange } from '../../../src/base/byteRange';
import { ProcessFile } from '../../../src/wire/processFile';
import { CaptureFolder, fileHeader, ioRecord, jsonRecord, record } from '../../support/captureWriter';

describe('ProcessFile', () => {
  let folder: CaptureFolder;
  let file: ProcessFile;
  beforeEach(() => {
    folder = new CaptureFolder();
    folder.begin();
    file = new ProcessFile(folder.file());
  });
  afterEach(() => folder.remove());

  const codes = () => file.problems.map(({ code }) => code);
  const socket = jsonRecord('socket', 1, { id: 1, family: 'AF_INET', type: 'SOCK_STREAM' });

  it('reads what was appended, and nothing twice', async () => {
    assert.equal(await file.poll(), true);
    folder.add(socket);
    assert.equal(await file.poll(), true);
    assert.equal(await file.poll(), false);
    folder.add(ioRecord({ socket: 1, op: 2, handed: 3, result: 3, offset: 0, payload: 'abc' }));
    assert.equal(await file.poll(), true);
    assert.deepEqual(
      file.model?.sockets.map(({ streams }) => streams[0]?.operations.length),
      [1],
    );
    assert.deepEqual(codes(), []);
  });

  it('waits for the rest of a record, and says that it is missing', async () => {
    const whole = ioRecord({ socket: 1, op: 2, handed: 3, result: 3, offset: 0, payload: 'abc' });
    folder.add(socket, whole.subarray(0, 82));
    await file.poll();
    assert.deepEqual(codes(), ['truncated']);
    assert.equal(file.model?.sockets[0]?.streams.length, 0);
    folder.add(whole.subarray(82));
    await file.poll();
    assert.deepEqual(codes(), []);
    assert.equal(file.model?.sockets[0]?.streams[0]?.bytes.length, 3);
  });

  it('waits for the header', async () => {
    writeFileSync(folder.file(), fileHeader().subarray(0, 20));
    await file.poll();
    assert.deepEqual([file.model, codes()], [null, ['truncated']]);
    folder.add(fileHeader().subarray(20), socket);
    await file.poll();
    assert.equal(file.model?.sockets.length, 1);
    assert.deepEqual(codes(), []);
  });

  it('passes over payload of any size without reading it, and reads it by range', async () => {
    const payload = Buffer.alloc(5_000_000, 'x');
    payload.write('middle', 2_500_000);
    folder.add(
      socket,
      ioRecord({ socket: 1, op: 2, handed: payload.length, result: payload.length, offset: 0, payload }),
    );
    folder.add(jsonRecord('close', 9, { socket: 1, how: 'close' }));
    await file.poll();
    assert.equal(file.model?.sockets[0]?.close?.at, 9);
    const bytes = await file.model?.sockets[0]?.streams[0]?.bytes.read(new ByteRange(2_500_000, 2_500_006));
    assert.equal(Buffer.from(bytes ?? []).toString(), 'middle');
  });

  it('reads the words of the header that are rewritten in place', async () => {
    await file.poll();
    folder.rewrite(fileHeader({ stopped: 28 }));
    assert.equal(await file.poll(), true);
    assert.deepEqual(codes(), ['stopped-disk-full']);
    folder.rewrite(fileHeader({ stopped: 0xffffffff, flags: 1 }));
    await file.poll();
    assert.deepEqual(codes(), ['stopped-probe-error']);
    assert.equal(file.model?.ended, true);
  });

  it('stops at damage and keeps what came before', async () => {
    const damaged = Buffer.from(socket);
    damaged.writeUInt32LE(15, 0);
    folder.add(socket, damaged, jsonRecord('close', 1, { socket: 1 }));
    await file.poll();
    assert.deepEqual(codes(), ['corrupt']);
    assert.equal(file.model?.sockets.length, 1);
    folder.add(socket);
    assert.equal(await file.poll(), false);
  });

  it('takes an absurd size for damage', async () => {
    const absurd = Buffer.from(socket);
    absurd.writeUInt32LE(16 * 1024 * 1024 + 1, 0);
    folder.add(absurd);
    await file.poll();
    assert.deepEqual(codes(), ['corrupt']);
  });

  it('leaves out a record that does not follow the format, and reads on', async () => {
    folder.add(record(4, 1, Buffer.from('not json')), record(0x41, 1, Buffer.alloc(3)), socket);
    await file.poll();
    assert.deepEqual(codes(), ['malformed-record']);
    assert.match(file.problems[0]?.message ?? '', /2 records .* offset 64/);
    assert.equal(file.model?.sockets.length, 1);
  });

  it('refuses files of a newer version and other files', async () => {
    writeFileSync(folder.file(), fileHeader({ major: 2 }));
    await file.poll();
    assert.deepEqual([codes(), file.model], [['newer-version'], null]);
    writeFileSync(folder.file(300), 'PK\x03\x04 something else entirely, but long enough to hold a header of a file');
    const other = new ProcessFile(folder.file(300));
    await other.poll();
    assert.deepEqual(
      other.problems.map(({ code }) => code),
      ['not-a-capture'],
    );
  });

  it('keeps what it has read when the file becomes shorter or goes away', async () => {
    folder.add(socket);
    await file.poll();
    truncateSync(folder.file(), 70);
    await file.poll();
    assert.deepEqual(codes(), ['shrunk']);
    assert.equal(file.model?.sockets.length, 1);
    const gone = new ProcessFile(folder.file(999));
    assert.equal(await gone.poll(), true);
    assert.deepEqual(
      gone.problems.map(({ code }) => code),
      ['unreadable'],
    );
    assert.equal(await gone.poll(), false);
  });
});
