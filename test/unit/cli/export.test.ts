import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportCommand } from '../../../src/cli/export';
import { refusedUpload } from '../../support/panelCase';
import { recordedStreams } from '../../support/streams';
import { useTempFolder } from '../../support/tempFolder';

describe('framewire export', () => {
  const temp = useTempFolder();
  let talk: ReturnType<typeof refusedUpload>;
  before(() => {
    talk = refusedUpload();
  });
  after(() => talk.folder.remove());

  async function run(...args: string[]) {
    const streams = recordedStreams();
    const code = await exportCommand([...args, talk.folder.path], streams, temp.path);
    return { code, out: streams.out(), err: streams.err() };
  }

  it('writes a file and says what is in it', async () => {
    const { code, out, err } = await run('--format', 'har', '-o', 'a.har');
    assert.deepEqual([code, out], [0, '']);
    const text = readFileSync(join(temp.path, 'a.har'), 'utf8');
    assert.equal(JSON.parse(text).log.entries.length, 1);
    const size = Buffer.byteLength(text).toLocaleString('en-US');
    assert.match(err, new RegExp(`^framewire: 1 exchange in .*a\\.har \\(${size} B\\)\\. Secrets are masked`));
    assert.deepEqual(readdirSync(temp.path), ['a.har']);
  });

  it('goes to standard output for "-" and where that is no terminal', async () => {
    for (const args of [['-o', '-'], []]) {
      const { out } = await run('--format=har', ...args);
      assert.equal(JSON.parse(out).log.version, '1.2');
    }
    assert.deepEqual(readdirSync(temp.path), []);
  });

  it('masks secrets unless told otherwise, and caps bodies as told', async () => {
    assert.doesNotMatch((await run('--format=har')).out, /hunter2/);
    const open = await run('--format=har', '--reveal', '--max-body', '1K');
    assert.match(open.out, /hunter2/);
    assert.match(open.err, /Secrets are in it/);
    assert.equal(JSON.parse(open.out).log.entries[0].request.postData.text.length, 1024);
  });

  it('replaces no file by itself', async () => {
    writeFileSync(join(temp.path, 'a.har'), 'mine');
    await assert.rejects(run('--format', 'har', '-o', 'a.har'), {
      exitCode: 73,
      message: /already.*--force replaces it/,
    });
    assert.equal(readFileSync(join(temp.path, 'a.har'), 'utf8'), 'mine');
    assert.equal((await run('--format', 'har', '-o', 'a.har', '--force')).code, 0);
  });

  it('writes packets, and no such bytes to a terminal', async () => {
    assert.equal((await run('--format', 'pcapng', '-o', 'a.pcapng')).code, 0);
    assert.equal(readFileSync(join(temp.path, 'a.pcapng')).readUInt32LE(0), 0x0a0d0d0a);
    const streams = recordedStreams();
    const terminal = { ...streams, stdout: Object.assign(streams.stdout, { isTTY: true }) };
    const asked = exportCommand(['--format=pcapng', '-o', '-', talk.folder.path], terminal, temp.path);
    await assert.rejects(asked, { exitCode: 64, message: /-o FILE/ });
  });

  it('says what it wants to be told', async () => {
    await assert.rejects(run(), { exitCode: 64, message: /--format FORMAT/ });
    await assert.rejects(run('--format', 'pdf'), { exitCode: 64, message: /har/ });
    await assert.rejects(run('--format=har', '--max-body', '1G'), { exitCode: 64, message: /64M/ });
    await assert.rejects(run('--format=har', 'another'), { exitCode: 64 });
    await assert.rejects(run('--format=har', '-o', 'none/a.har'), { exitCode: 74, message: /no folder/ });
    await assert.rejects(exportCommand(['--format=har', 'nowhere'], recordedStreams(), temp.path), { exitCode: 66 });
  });
});
