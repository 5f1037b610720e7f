import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { latestCapture } from '../../../src/cli/captures';
import { useTempFolder } from '../../support/tempFolder';

describe('the latest capture', () => {
  const temp = useTempFolder();

  it('is the last by time; of one second the last by number', async () => {
    const names = [
      '2026-11-22T10-42-28-2',
      '2026-11-22T10-42-28-10',
      '2026-11-22T10-42-28',
      '2025-01-01T00-00-00',
      'x',
    ];
    for (const name of names) mkdirSync(join(temp.path, '.framewire', name), { recursive: true });
    assert.equal(await latestCapture(temp.path, 'show'), join(temp.path, '.framewire', '2026-11-22T10-42-28-10'));
  });

  it('says how to get one', async () => {
    await assert.rejects(latestCapture(temp.path, 'export'), {
      exitCode: 66,
      message: /no recording in .*\.framewire\. .*framewire export CAPTURE/,
    });
  });
});
