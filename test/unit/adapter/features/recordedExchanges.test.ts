import assert from 'node:assert/strict';
import { RecordedExchanges } from '../../../../src/adapter/features/recordedExchanges';
import { CaptureReader } from '../../../../src/wire/reader';
import { CaptureFolder } from '../../../support/captureWriter';
import { Conversation } from '../../../support/conversation';
import { writeManyExchanges } from '../../../support/manyExchanges';
import { refused, uploading } from './conversations';

describe('the exchanges of a session', () => {
  it('are kept as lines, and none of what they were made of once they are over', async () => {
    const folder = new CaptureFolder();
    writeManyExchanges(folder.path, 3000);
    const reader = await CaptureReader.begin(folder.path);
    const settled: string[] = [];
    const gone: number[] = [];
    const recorded = new RecordedExchanges(reader, {
      settled: ({ id }) => settled.push(id),
      lettingGo: (_, { id }) => gone.push(id),
    });
    let steps = 0;
    const stepped = () => {
      steps += 1;
    };
    assert.equal(await recorded.readOn(stepped), true);
    assert.ok(steps > 0);
    assert.deepEqual(
      [recorded.lines().length, new Set(settled).size, settled.length, recorded.open().length],
      [3000, 3000, 3000, 0],
    );
    assert.equal(reader.processes[0]?.sockets.length, 0, 'no socket is left');
    assert.equal(gone.length, 30);
    assert.ok(JSON.stringify(recorded.lines()[0]).length < 160);

    const line = recorded.lines()[1507];
    const exchange = await recorded.exchange(line?.id ?? '');
    assert.deepEqual([exchange?.request?.target, exchange?.response?.status], ['/item/1507', 503]);
    assert.equal((await recorded.lastOn(100, 16))?.request?.target, '/item/1599');
    assert.equal(await recorded.lastOn(101, 16), null, 'of another process');
    assert.equal(await recorded.exchange('nothing'), null);
    assert.equal(await recorded.readOn(), false);
    folder.remove();
  });

  it('are told of while they are under way, and found by their socket', async () => {
    const conversation = uploading();
    const recorded = new RecordedExchanges(await CaptureReader.begin(conversation.folder.path));
    await recorded.readOn();
    const [open] = recorded.open();
    assert.deepEqual([open?.request?.method, open?.live], ['POST', true]);
    assert.equal(await recorded.lastOn(100, conversation.socketId), open);
    refused(conversation);
    assert.equal(await recorded.readOn(), true);
    assert.equal(recorded.open().length, 0);
    assert.equal((await recorded.lastOn(100, conversation.socketId))?.response?.status, 413);
    conversation.folder.remove();
  });

  it('let go of what a server had accepted, too', async () => {
    const conversation = new Conversation();
    for (let count = 0; count < 5; count += 1) {
      conversation.socket({ how: 'accepted' });
      conversation.receive('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      conversation.send('HTTP/1.1 204 No Content\r\n\r\n');
      if (count < 4) conversation.close();
    }
    const reader = await CaptureReader.begin(conversation.folder.path);
    const recorded = new RecordedExchanges(reader);
    await recorded.readOn();
    assert.deepEqual(
      reader.processes[0]?.sockets.map(({ id }) => id),
      [conversation.socketId],
    );
    conversation.folder.remove();
  });
});
