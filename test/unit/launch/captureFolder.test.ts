import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createCapture } from '../../../src/launch/captureFolder';
import type { LaunchError } from '../../../src/launch/errors';
import { useTempFolder } from '../../support/tempFolder';

describe('createCapture', () => {
  const temp = useTempFolder();
  const command = ['asciinema', 'upload', 'demo.cast'];
  const now = new Date(2026, 10, 22, 10, 42, 28);
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
  const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'capture.json'), 'utf8'));

  it('names the folder after the local time and keeps it private and out of commits', async () => {
    const { folder } = await createCapture({ cwd: temp.path, command, now });
    assert.equal(folder, join(temp.path, '.framewire', '2026-11-22T10-42-28'));
    assert.equal(modeOf(folder), '700');
    assert.equal(modeOf(join(folder, 'capture.json')), '600');
    assert.equal(readFileSync(join(temp.path, '.framewire', '.gitignore'), 'utf8'), '*\n');
  });

  it('makes its folder in another place than the working folder when told so', async () => {
    const { folder } = await createCapture({ cwd: temp.path, location: 'kept', command, now });
    assert.equal(folder, join(temp.path, 'kept', '.framewire', '2026-11-22T10-42-28'));
  });

  it('numbers the later ones of one second', async () => {
    const folders = [];
    for (let count = 0; count < 3; count += 1)
      folders.push((await createCapture({ cwd: temp.path, command, now })).folder);
    assert.deepEqual(
      folders.map((folder) => basename(folder)),
      ['2026-11-22T10-42-28', '2026-11-22T10-42-28-2', '2026-11-22T10-42-28-3'],
    );
  });

  it('notes the command at once and the end when it comes', async () => {
    const capture = await createCapture({ cwd: temp.path, command, now });
    const begun = manifestOf(capture.folder);
    assert.deepEqual(
      [begun.format, begun.version, begun.command, begun.cwd, begun.created, begun.ended, begun.exitCode, begun.signal],
      ['framewire-capture', '1.0', command, temp.path, now.toISOString(), null, null, null],
    );
    await capture.finish({ exitCode: null, signal: 'SIGKILL' });
    const ended = manifestOf(capture.folder);
    assert.equal(ended.signal, 'SIGKILL');
    assert.equal(ended.exitCode, null);
    assert.ok(Date.parse(ended.ended) > 0);
    assert.deepEqual(readdirSync(capture.folder), ['capture.json']);
  });

  it('takes a folder asked for by name, new or empty, and refuses one in use', async () => {
    const { folder } = await createCapture({ folder: 'my/capture', cwd: temp.path, command });
    assert.equal(folder, join(temp.path, 'my/capture'));
    mkdirSync(join(temp.path, 'empty'), { mode: 0o755 });
    assert.equal(modeOf((await createCapture({ folder: 'empty', cwd: temp.path, command })).folder), '700');
    await assert.rejects(createCapture({ folder, cwd: temp.path, command }), (error: LaunchError) => {
      assert.equal(error.name, 'CaptureFolderInUse');
      return true;
    });
  });

  it("falls back to the user's state folder when the working folder takes none", async () => {
    writeFileSync(join(temp.path, '.framewire'), 'a file in the way');
    const env = { XDG_STATE_HOME: join(temp.path, 'state'), HOME: temp.path, LOCALAPPDATA: join(temp.path, 'state') };
    const { folder } = await createCapture({ cwd: temp.path, command, now, env });
    assert.ok(folder.startsWith(temp.path) && folder.endsWith(join('framewire', '2026-11-22T10-42-28')), folder);
  });

  it('says where it could not write and why', async () => {
    writeFileSync(join(temp.path, 'file'), '');
    await assert.rejects(createCapture({ folder: 'file/x', cwd: temp.path, command }), (error: LaunchError) => {
      assert.equal(error.name, 'CaptureFolderNotWritable');
      assert.match(error.message, /file\/x: ENOTDIR/);
      return true;
    });
  });
});
