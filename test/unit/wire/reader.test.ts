import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaptureError } from '../../../src/wire/problems';
import { CaptureReader } from '../../../src/wire/reader';
import { CaptureFolder, fileHeader } from '../../support/captureWriter';
import { Conversation, ERRORS, FLAG } from '../../support/conversation';
import { random } from '../../support/random';

/** A capture that has every type of record in it. */
function everything(): Conversation {
  const talk = new Conversation();
  talk.stack({ file: '/app/upload.py', line: 3, name: 'main' });
  const scope = talk.scope('urllib.request.OpenerDirector.open', { method: 'POST', url: 'https://localhost:8080/' });
  talk.resolve('localhost', 8080, ['127.0.0.1']);
  talk.connect('127.0.0.1', 8080, { host: 'localhost' });
  talk.json('options', { socket: talk.socketId, moment: 'connected', noDelay: true });
  talk.counters('connected', { sent: 0, acked: 1 });
  talk.tls();
  talk.counters('handshake', { sent: 597, acked: 598 });
  talk.json('body', { scope, socket: talk.socketId, type: 'bytes', size: 20, storage: 'memory', sources: [] });
  talk.send('POST / HTTP/1.1\r\nHost: localhost:8080\r\nContent-Length: 20\r\n\r\n');
  talk.send('0123456789', { size: 20, result: -1, flags: FLAG.begin });
  const error = talk.error(ERRORS.sslEof);
  talk.send('', { size: 20, error });
  talk.counters('failed', { state: 7, sent: 700, acked: 650 }, 100);
  talk.receive('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno', { flags: FLAG.lastWords });
  talk.lastWords('failed', 'recovered', 45);
  talk.endScope(scope, error);
  talk.json('exception', { error, thread: 1 });
  talk.json('internal', { where: 'x', message: 'y' });
  talk.json('shutdown', { socket: talk.socketId, how: 'tls', thread: 1 });
  talk.close();
  talk.end();
  return talk;
}

describe('CaptureReader', () => {
  let folder: CaptureFolder;
  beforeEach(() => {
    folder = new CaptureFolder();
  });
  afterEach(() => folder.remove());

  const codes = (reader: CaptureReader) => reader.problems.map(({ code }) => code);

  it('says why a capture cannot be opened', async () => {
    const isError = (code: string) => (error: unknown) => error instanceof CaptureError && error.code === code;
    await assert.rejects(CaptureReader.open(join(folder.path, 'absent')), isError('missing-folder'));
    writeFileSync(join(folder.path, 'file'), '');
    await assert.rejects(CaptureReader.open(join(folder.path, 'file')), isError('not-a-folder'));
  });

  it('opens an empty folder, says that it is empty, and finds what appears', async () => {
    const reader = await CaptureReader.open(folder.path);
    assert.deepEqual(codes(reader), ['empty']);
    assert.equal(await reader.poll(), false);
    folder.begin(fileHeader({ pid: 5 }), 5);
    folder.begin(fileHeader({ pid: 6 }), 6);
    assert.equal(await reader.poll(), true);
    assert.deepEqual(
      reader.processes.map(({ info }) => info.pid),
      [5, 6],
    );
    assert.deepEqual(codes(reader), []);
  });

  it('reads the manifest again until the program has ended', async () => {
    const path = join(folder.path, 'capture.json');
    const manifest = { format: 'framewire-capture', version: '1.0', command: ['x'], ended: null, exitCode: null };
    writeFileSync(path, JSON.stringify(manifest));
    const reader = await CaptureReader.open(folder.path);
    assert.equal(reader.manifest?.ended, null);
    writeFileSync(path, JSON.stringify({ ...manifest, ended: '2026-01-01T00:00:00Z', exitCode: 3 }));
    assert.equal(await reader.poll(), true);
    assert.equal(reader.manifest?.exitCode, 3);
    assert.equal(await reader.poll(), false);
  });

  it('tells of processes that were not recorded, and of a manifest of a newer version', async () => {
    writeFileSync(
      join(folder.path, 'notice-9.json'),
      JSON.stringify({ pid: 9, reason: 'python-too-old', python: '3.7.16' }),
    );
    writeFileSync(join(folder.path, 'capture.json'), JSON.stringify({ format: 'framewire-capture', version: '2.0' }));
    const reader = await CaptureReader.open(folder.path);
    assert.deepEqual(
      reader.notices.map(({ pid, reason }) => [pid, reason]),
      [[9, 'python-too-old']],
    );
    assert.deepEqual(codes(reader), ['newer-version']);
  });

  it('keeps the model when the folder goes away or after it was closed', async () => {
    const talk = everything();
    const reader = await CaptureReader.open(talk.folder.path);
    reader.close();
    assert.equal(await reader.poll(), false);
    assert.equal(reader.processes[0]?.sockets.length, 1);
    const other = await CaptureReader.open(talk.folder.path);
    talk.folder.remove();
    await other.poll();
    assert.ok(codes(other).includes('unreadable'), String(codes(other)));
    assert.equal(other.processes[0]?.sockets.length, 1);
  });

  it('reads a capture that has everything', async () => {
    const talk = everything();
    const reader = await CaptureReader.open(talk.folder.path);
    assert.deepEqual(reader.problems, []);
    const [process] = reader.processes;
    assert.equal(process?.ended, true);
    assert.equal(process?.sockets[0]?.streams.length, 2);
    talk.folder.remove();
  });

  it('survives a cut at every offset, and reads the rest once it is there', async () => {
    const talk = everything();
    const bytes = readFileSync(talk.folder.file());
    talk.folder.remove();
    const path = folder.file();
    for (let cut = 0; cut < bytes.length; cut += 1) {
      writeFileSync(path, bytes.subarray(0, cut));
      const reader = await CaptureReader.open(folder.path);
      const unexpected = codes(reader).filter((code) => code !== 'truncated');
      assert.deepEqual(unexpected, [], `cut at ${cut}`);
      if (cut % 50 === 0) {
        writeFileSync(path, bytes.subarray(cut), { flag: 'a' });
        await reader.poll();
        assert.deepEqual(codes(reader), [], `continued at ${cut}`);
        assert.equal(reader.processes[0]?.sockets[0]?.close?.how, 'close', `continued at ${cut}`);
      }
      reader.close();
      rmSync(path);
    }
  });

  it('survives damage anywhere', async () => {
    const talk = everything();
    const bytes = readFileSync(talk.folder.file());
    talk.folder.remove();
    const next = random(20_261_122);
    for (let round = 0; round < 600; round += 1) {
      const damaged = Buffer.from(bytes);
      for (let change = next(8); change >= 0; change -= 1) damaged[64 + next(damaged.length - 64)] = next(256);
      writeFileSync(folder.file(), damaged);
      const reader = await CaptureReader.open(folder.path);
      assert.ok(reader.processes.length === 1, `round ${round}`);
      for (const problem of reader.problems) assert.ok(problem.message.length > 20, `round ${round}`);
      reader.close();
    }
  });
});
