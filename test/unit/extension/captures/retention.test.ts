import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropOldCaptures } from '../../../../src/extension/captures/retention';
import { useTempFolder } from '../../../support/tempFolder';

describe('dropOldCaptures', () => {
  const temp = useTempFolder();
  const parent = () => join(temp.path, '.framewire');

  function capture(name: string, manifest: object | null = { format: 'framewire-capture', ended: 'then' }): string {
    const folder = join(parent(), name);
    mkdirSync(folder, { recursive: true });
    if (manifest) writeFileSync(join(folder, 'capture.json'), JSON.stringify(manifest));
    return folder;
  }

  it('keeps the newest', async () => {
    const names = ['2026-11-22T10-42-28', '2026-11-22T10-42-28-2', '2026-11-22T10-42-28-10', '2026-11-22T10-42-29'];
    const folders = names.map((name) => capture(name));
    assert.deepEqual(await dropOldCaptures(folders[3] ?? '', 2), folders.slice(0, 2));
    assert.deepEqual(readdirSync(parent()), ['2026-11-22T10-42-28-10', '2026-11-22T10-42-29']);
  });

  it('leaves alone what still runs, what is no capture, and what the user has named', async () => {
    capture('2026-11-20T00-00-00', { format: 'framewire-capture', ended: null });
    capture('2026-11-20T00-00-01', { format: 'other', ended: 'then' });
    capture('2026-11-20T00-00-02', null);
    capture('the one that failed');
    const last = capture('2026-11-22T10-42-28');
    assert.deepEqual(await dropOldCaptures(last, 1), []);
    assert.equal(readdirSync(parent()).length, 5);
  });

  it('deletes nothing unless told how many to keep, and nothing outside of .framewire', async () => {
    capture('2026-11-20T00-00-00');
    const last = capture('2026-11-22T10-42-28');
    assert.deepEqual(await dropOldCaptures(last, 0), []);
    assert.deepEqual(await dropOldCaptures(join(temp.path, 'other', '2026-11-22T10-42-28'), 1), []);
  });
});
