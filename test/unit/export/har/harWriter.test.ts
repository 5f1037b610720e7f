import assert from 'node:assert/strict';
import type { HarEntry } from '../../../../src/export/har/harTypes';
import { Conversation } from '../../../support/conversation';
import { exported, harViolations } from '../../../support/har';
import { writeManyExchanges } from '../../../support/manyExchanges';
import { useTempFolder } from '../../../support/tempFolder';

describe('a HAR file', () => {
  const temp = useTempFolder();

  it('is HAR 1.2, in the order of time, of any number of exchanges', async () => {
    writeManyExchanges(temp.path, 2500);
    const { bytes, summary } = await exported(temp.path, 'har');
    const document = JSON.parse(bytes.toString());
    assert.deepEqual(harViolations(document), []);
    assert.deepEqual(document.log.creator, { name: 'Framewire', version: '0.1.0' });
    assert.deepEqual(
      document.log.entries.map((entry: HarEntry) => entry.request.url),
      Array.from({ length: 2500 }, (_, index) => `http://example.org/item/${index}`),
    );
    assert.deepEqual(summary, { exchanges: 2500, leftOut: { noHttp: 0, noAddress: 0 }, problems: [] });
  });

  it('has connections that ended late where they began', async () => {
    const talk = new Conversation();
    try {
      const get = (path: string) => talk.send(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
      const long = talk.connect();
      get('/long');
      talk.connect();
      get('/short');
      talk.receive('HTTP/1.1 204 No Content\r\n\r\n');
      talk.close();
      talk.json('close', { socket: long, thread: 1, stack: 0, scope: 0, how: 'close' });
      talk.end();
      const document = JSON.parse((await exported(talk.folder.path, 'har')).bytes.toString());
      assert.deepEqual(harViolations(document), []);
      assert.deepEqual(
        document.log.entries.map((entry: HarEntry) => [entry.request.url, entry.response.status]),
        [
          ['http://a/long', 0],
          ['http://a/short', 204],
        ],
      );
    } finally {
      talk.folder.remove();
    }
  });

  it('leaves out what is no HTTP and says how much that is', async () => {
    const talk = new Conversation();
    try {
      talk.connect();
      talk.send(Buffer.from([0, 1, 2, 3]));
      talk.receive(Buffer.from([4, 5]));
      talk.close();
      talk.end();
      const { bytes, summary } = await exported(talk.folder.path, 'har');
      assert.deepEqual([summary.exchanges, summary.leftOut.noHttp], [0, 1]);
      const { log } = JSON.parse(bytes.toString());
      assert.deepEqual([log.entries, log.comment], [[], 'Left out, as they carry no HTTP: 1.']);
    } finally {
      talk.folder.remove();
    }
  });
});
