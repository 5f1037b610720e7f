import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HarEntry } from '../../../src/export/har/harTypes';
import { exported } from '../../support/har';
import { writeManyExchanges } from '../../support/manyExchanges';
import { refusedUpload } from '../../support/panelCase';
import { useTempFolder } from '../../support/tempFolder';

describe('exportCapture', () => {
  const temp = useTempFolder();

  it('tells its progress, and writes what is wanted only', async () => {
    writeManyExchanges(temp.path, 1000);
    const told: number[] = [];
    const { bytes, summary } = await exported(temp.path, 'har', {
      wants: ({ response }) => response?.status === 503,
      progress: (done) => told.push(done),
    });
    assert.equal(summary.exchanges, 20);
    assert.ok(JSON.parse(bytes.toString()).log.entries.every((entry: HarEntry) => entry.response.status === 503));
    assert.equal(told.at(-1), 1);
    assert.ok(told.every((done, index) => index === 0 || done >= (told[index - 1] as number)));
  });

  it('writes what a program that still runs has done so far', async () => {
    const talk = refusedUpload();
    try {
      talk.rewriteHeader({ flags: 0 });
      const { summary } = await exported(talk.folder.path, 'har');
      assert.equal(summary.exchanges, 1);
    } finally {
      talk.folder.remove();
    }
  });

  it('stops where it is told to, and leaves nothing', async () => {
    writeManyExchanges(temp.path, 1000);
    const stop = new AbortController();
    const reason = new Error('enough');
    await assert.rejects(
      exported(temp.path, 'har', { signal: stop.signal, progress: () => stop.abort(reason), workFolder: temp.path }),
      reason,
    );
    assert.deepEqual(readdirSync(temp.path), ['process-100-0.fwp']);
  });

  it('refuses what is no capture, and tells what is wrong with one', async () => {
    await assert.rejects(exported(join(temp.path, 'none'), 'har', { workFolder: temp.path }), { name: 'CaptureError' });
    const { summary } = await exported(temp.path, 'har', { workFolder: temp.path });
    assert.equal(summary.exchanges, 0);
    assert.equal(summary.problems.length, 1);
  });
});
