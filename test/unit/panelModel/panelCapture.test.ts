import assert from 'node:assert/strict';
import { PanelCapture } from '../../../src/panelModel/panelCapture';
import { Conversation } from '../../support/conversation';

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

  it('refuses a folder that is not there', async () => {
    await assert.rejects(PanelCapture.open('/nowhere/at/all'), /There is no capture/);
  });
});
