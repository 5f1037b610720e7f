import assert from 'node:assert/strict';
import { CaptureFollower } from '../../../../src/adapter/features/captureFollower';
import type { ExchangeBatch } from '../../../../src/adapter/features/exchangeBatch';
import type { ChangedSockets } from '../../../../src/adapter/features/socketChanges';
import type { ExchangeSummary } from '../../../../src/messages/dap';
import type { ExceptionSummary } from '../../../../src/messages/dapExceptions';
import type { SocketSummary } from '../../../../src/messages/dapSockets';
import { Conversation } from '../../../support/conversation';
import { refused, uploading } from './conversations';

function listener() {
  const told: ExchangeSummary[][] = [];
  const failures: string[] = [];
  let wake: () => void = () => undefined;
  return {
    told,
    failures,
    onExchanges: ({ exchanges }: ExchangeBatch) => {
      told.push([...exchanges]);
      wake();
    },
    sockets: [] as SocketSummary[][],
    exceptions: [] as ExceptionSummary[],
    onSockets(changed: ChangedSockets) {
      this.sockets.push([...changed.sockets]);
    },
    onExceptions(changed: readonly ExceptionSummary[]) {
      this.exceptions.push(...changed);
    },
    onFailed: (error: Error) => failures.push(error.message),
    next: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
  };
}

describe('following a capture', () => {
  it('tells what is new and what has changed, by itself, and nothing twice', async () => {
    const heard = listener();
    const conversation = uploading();
    const first = heard.next();
    const follower = await CaptureFollower.start(conversation.folder.path, heard);
    await first;
    assert.deepEqual(
      heard.told.map((batch) => batch.map(({ status, live }) => [status, live])),
      [[[null, true]]],
    );
    await follower.look();
    assert.equal(heard.told.length, 1);

    const second = heard.next();
    refused(conversation);
    await second;
    await follower.stop();
    const last = heard.told.at(-1)?.at(-1);
    assert.deepEqual([last?.status, last?.live], [413, false]);
    assert.equal(last?.id, heard.told[0]?.[0]?.id);
    conversation.folder.remove();
  });

  it('looks once more when it stops, and then no more', async () => {
    const heard = listener();
    const conversation = uploading();
    const follower = await CaptureFollower.start(conversation.folder.path, heard);
    refused(conversation);
    await follower.stop();
    assert.equal((await follower.exchange(heard.told.at(-1)?.[0]?.id ?? ''))?.response?.status, 413);
    const count = heard.told.length;
    conversation.connect();
    await follower.look();
    await follower.stop();
    assert.equal(heard.told.length, count);
    conversation.folder.remove();
  });

  it('tells of many in portions', async () => {
    const heard = listener();
    const conversation = new Conversation();
    for (let count = 0; count < 250; count += 1) {
      conversation.connect();
      conversation.send(`GET /${count} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      conversation.close();
    }
    const follower = await CaptureFollower.start(conversation.folder.path, heard);
    await follower.stop();
    assert.deepEqual(
      heard.told.map((batch) => batch.length),
      [100, 100, 50],
    );
    conversation.folder.remove();
  });

  it('keeps a line of what is over, makes it again when asked, and reports in the end', async () => {
    const heard = listener();
    const conversation = new Conversation();
    for (let count = 0; count < 250; count += 1) {
      conversation.connect();
      conversation.send(`GET /${count} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      conversation.receive(`HTTP/1.1 ${count === 7 ? '503 Busy' : '200 OK'}\r\nContent-Length: 2\r\n\r\nok`);
      conversation.close();
    }
    const follower = await CaptureFollower.start(conversation.folder.path, heard);
    await follower.look();
    const seventh = heard.told[0]?.[7];
    assert.equal(seventh?.status, 503);
    const exchange = await follower.exchange(seventh?.id ?? '');
    assert.deepEqual([exchange?.request?.target, exchange?.response?.reason], ['/7', 'Busy']);
    assert.equal((await follower.lastOn(100, exchange?.socket?.id ?? 0))?.id, exchange?.id);
    const during = await follower.report();
    assert.deepEqual([during.exchanges, during.unlisted.complete], [250, 249]);
    conversation.end();
    await follower.stop();
    const { report, unlisted, exchanges } = await follower.report();
    assert.deepEqual([exchanges, unlisted], [250, { complete: 249, unfinished: 0, troubled: 0 }]);
    assert.deepEqual(
      report.exchanges.map(({ id }) => id),
      [exchange?.id],
    );
    conversation.folder.remove();
  });

  it('reports the only exchange with what became of it', async () => {
    const conversation = new Conversation();
    conversation.connect();
    conversation.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    conversation.receive('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    conversation.close();
    conversation.end();
    const follower = await CaptureFollower.start(conversation.folder.path, listener());
    await follower.stop();
    const end = await follower.report();
    assert.deepEqual([end.report.exchanges.length, end.unlisted.complete, end.report.findings.length], [1, 0, 0]);
    conversation.folder.remove();
  });

  it('outlives the folder', async () => {
    const heard = listener();
    const conversation = uploading();
    const follower = await CaptureFollower.start(conversation.folder.path, heard);
    await follower.look();
    conversation.folder.remove();
    await follower.stop();
    assert.equal(heard.told.length, 1);
    assert.equal(heard.failures.length, 0);
  });

  it('needs a folder to begin with', async () => {
    await assert.rejects(CaptureFollower.start('/nowhere/at/all', listener()), /does not exist/);
  });
});
