import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PanelCapture } from '../../../src/panelModel/panelCapture';
import { Conversation } from '../../support/conversation';
import { writeManyExchanges } from '../../support/manyExchanges';

describe('PanelCapture', () => {
  it('follows a capture until it has ended', async () => {
    const talk = new Conversation();
    const capture = await PanelCapture.open(talk.folder.path);
    try {
      assert.equal(capture.live, true);
      assert.equal(capture.entries.length, 0);
      talk.connect();
      talk.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      talk.end();
      await new Promise<void>((resolve, reject) => {
        capture.follow({ changed: () => capture.live || resolve(), failed: reject });
      });
      const [entry] = capture.entries;
      const exchange = entry ? await capture.exchange(entry.id) : null;
      assert.ok(exchange);
      assert.equal(await capture.exchange(exchange.id), exchange);
      assert.equal(capture.processOf(exchange).info.pid, 100);
      assert.equal(await capture.exchange('another'), null);
    } finally {
      capture.dispose();
      talk.folder.remove();
    }
  });

  it('reads a large capture piece by piece, and gives any exchange of it in full', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'framewire-large-'));
    try {
      writeManyExchanges(folder, 4000);
      const capture = await PanelCapture.open(folder);
      let seen = capture.entries.length;
      assert.ok(seen > 0, 'what can be read in a moment is there at once');
      if (!capture.complete) {
        await new Promise<void>((resolve, reject) => {
          const changed = () => {
            assert.ok(capture.entries.length >= seen, 'what was there stays');
            seen = capture.entries.length;
            if (capture.complete) resolve();
          };
          capture.follow({ changed, failed: reject });
        });
      }
      assert.deepEqual([capture.entries.length, capture.live], [4000, false]);
      const entry = capture.entries[2007];
      const exchange = await capture.exchange(entry?.id ?? '');
      assert.deepEqual([exchange?.request?.target, exchange?.response?.status], ['/item/2007', 503]);
      assert.equal(entry?.path, '/item/2007');
      capture.dispose();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('refuses a folder that is not there', async () => {
    await assert.rejects(PanelCapture.open('/nowhere/at/all'), /There is no capture/);
  });
});
