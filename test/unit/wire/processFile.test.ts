import assert from 'node:assert/strict';
import { statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { ByteRange } from '../../../src/base/byteRange';
import { ProcessFile } from '../../../src/wire/processFile';
import {
  CaptureFolder,
  fileHeader,
  ioRecord,
  jsonRecord,
  ledgerEntry,
  ledgerRecord,
  record,
  runRecord,
} from '../../support/captureWriter';

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

  describe('with a ledger', () => {
    const run = (id: number, offset: number) => runRecord({ id, socket: 1, op: 2, offset });
    const ranges = () =>
      file.model?.sockets[0]?.streams[0]?.operations.map(({ at, range }) => `${at}: ${range.start}-${range.end}`);
    /** Where the next entry goes. */
    let at: number;
    const ledger = (size: number) => {
      at = Math.ceil((folder.size + 16) / 8) * 8;
      folder.add(ledgerRecord(size));
    };
    const enter = (...entries: Buffer[]) => {
      folder.rewrite(Buffer.concat(entries), at);
      at += 24 * entries.length;
    };
    /** The same size and modification time as before: stores into a mapped file may leave both as they are. */
    const unseen = (change: () => void) => {
      const { atime, mtime } = statSync(folder.file());
      change();
      utimesSync(folder.file(), atime, mtime);
    };

    beforeEach(() => folder.add(socket));

    it('reads entries as they come, though neither size nor time of the file change', async () => {
      ledger(400);
      folder.add(run(1, 100));
      utimesSync(folder.file(), 1, 1); // settled long ago
      await file.poll();
      assert.equal(await file.poll(), false);
      unseen(() => enter(ledgerEntry(1, 10, 12, 50)));
      assert.equal(await file.poll(), true);
      unseen(() => enter(ledgerEntry(1, 20, 22, 5), ledgerEntry(1, 30, 32, 7)));
      assert.equal(await file.poll(), true);
      assert.deepEqual(ranges(), ['10: 100-150', '20: 150-155', '30: 155-162']);
      assert.equal(await file.poll(), false);
      assert.deepEqual(codes(), []);
    });

    it('keeps the order between entries and the records of their socket', async () => {
      ledger(400);
      folder.add(run(1, 0));
      enter(ledgerEntry(1, 10, 11, 5), ledgerEntry(1, 12, 13, 5));
      folder.add(ioRecord({ socket: 1, op: 2, at: 14, handed: 3, result: 3, offset: 10, payload: 'abc' }));
      folder.add(run(2, 13));
      enter(ledgerEntry(2, 15, 16, 7));
      await file.poll();
      assert.deepEqual(ranges(), ['10: 0-5', '12: 5-10', '14: 10-13', '15: 13-20']);
      // handed over again, later bytes would have taken the place of the stored ones
      const bytes = await file.model?.sockets[0]?.streams[0]?.bytes.read(new ByteRange(10, 13));
      assert.equal(Buffer.from(bytes ?? []).toString(), 'abc');
    });

    it('gives the entries back of a socket that was put away', async () => {
      ledger(400);
      folder.add(run(1, 0));
      enter(ledgerEntry(1, 10, 11, 5), ledgerEntry(1, 12, 13, 5));
      folder.add(ioRecord({ socket: 1, op: 2, at: 14, handed: 3, result: 3, offset: 10, payload: 'abc' }));
      folder.add(run(2, 13));
      enter(ledgerEntry(2, 15, 16, 7));
      await file.poll();
      const before = ranges();
      file.model?.putAway(1);
      const again = await file.model?.recall(1, () => null);
      assert.deepEqual(
        again?.streams[0]?.operations.map(({ at, range }) => `${at}: ${range.start}-${range.end}`),
        before,
      );
      assert.equal(before?.length, 4);
    });

    it('reads the same in one go as step by step', async () => {
      const stepwise: (readonly string[] | undefined)[] = [];
      ledger(64 + 16);
      for (const step of [
        () => folder.add(run(1, 0)),
        () => enter(ledgerEntry(1, 10, 11, 5)),
        () => enter(ledgerEntry(1, 12, 13, 5)),
        () => ledger(400),
        () => enter(ledgerEntry(1, 14, 15, 5)),
        () => folder.add(run(2, 15)),
        () => enter(ledgerEntry(2, 16, 17, 5)),
      ]) {
        step();
        await file.poll();
        stepwise.push(ranges());
      }
      const once = new ProcessFile(folder.file());
      await once.poll();
      const all = once.model?.sockets[0]?.streams[0]?.operations.map((o) => `${o.at}: ${o.range.start}-${o.range.end}`);
      assert.deepEqual(all, ['10: 0-5', '12: 5-10', '14: 10-15', '16: 15-20']);
      assert.deepEqual(stepwise.at(-1), all);
      assert.deepEqual(
        stepwise.map((operations) => operations?.length ?? 0),
        [0, 1, 2, 2, 3, 3, 4],
      );
    });

    it('looks no more when the process has ended', async () => {
      ledger(400);
      folder.add(run(1, 0));
      folder.rewrite(fileHeader({ flags: 1 }));
      utimesSync(folder.file(), 1, 1);
      await file.poll();
      unseen(() => enter(ledgerEntry(1, 10, 11, 5)));
      assert.equal(await file.poll(), false);
      assert.equal(ranges(), undefined);
    });

    it('leaves out entries that make no sense, and reads on', async () => {
      ledger(400);
      folder.add(run(1, 0));
      enter(ledgerEntry(1, 11, 10, 5), ledgerEntry(1, 12, 13, 5));
      await file.poll();
      assert.deepEqual(codes(), ['malformed-record']);
      assert.deepEqual(ranges(), ['12: 0-5']);
    });

    it('waits with an entry whose run has not been told', async () => {
      ledger(400);
      enter(ledgerEntry(1, 10, 11, 5));
      await file.poll();
      assert.deepEqual([ranges(), codes()], [undefined, []]);
      folder.add(run(1, 0));
      await file.poll();
      assert.deepEqual(ranges(), ['10: 0-5']);
    });

    it('survives a ledger without room for an entry', async () => {
      ledger(17);
      ledger(30);
      folder.add(jsonRecord('close', 9, { socket: 1, how: 'close' }));
      await file.poll();
      assert.equal(file.model?.sockets[0]?.close?.at, 9);
      assert.deepEqual(codes(), []);
    });
  });
});
