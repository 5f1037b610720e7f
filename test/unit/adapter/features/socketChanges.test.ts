import assert from 'node:assert/strict';
import { RecordedExchanges } from '../../../../src/adapter/features/recordedExchanges';
import { SocketChanges } from '../../../../src/adapter/features/socketChanges';
import { CaptureReader } from '../../../../src/wire/reader';
import { Conversation, ERRORS } from '../../../support/conversation';

describe('the connections that changed', () => {
  it('are told once, and again when something happens to them alone', async () => {
    const conversation = new Conversation();
    conversation.connect();
    const first = conversation.socketId;
    conversation.connect();
    const reader = await CaptureReader.open(conversation.folder.path);
    const changes = new SocketChanges();
    const take = async (running = true) => {
      await reader.poll();
      const { processes, sockets } = changes.take(reader.processes, running);
      return { processes: processes.map((one) => one.sockets), sockets: sockets.map(({ id, state }) => [id, state]) };
    };
    const id = (socket: number) => `${reader.processes[0]?.info.file}/${socket}`;
    const second = conversation.socketId;
    assert.deepEqual(await take(), {
      processes: [2],
      sockets: [
        [id(first), 'connected'],
        [id(second), 'connected'],
      ],
    });
    assert.deepEqual(await take(), { processes: [], sockets: [] });
    conversation.send('x');
    assert.deepEqual(await take(), { processes: [], sockets: [[id(second), 'connected']] });
    conversation.connect();
    assert.deepEqual(await take(), { processes: [3], sockets: [[id(conversation.socketId), 'connected']] });
    assert.equal((await take(false)).sockets.length, 3, 'they end with the program');
    conversation.folder.remove();
  });

  it('are told for the last time when they are let go of, and counted from then on', async () => {
    const conversation = new Conversation();
    const reader = await CaptureReader.begin(conversation.folder.path);
    const changes = new SocketChanges();
    const recorded = new RecordedExchanges(reader, {
      settled: (exchange) => changes.note(exchange),
      lettingGo: (process, socket) => changes.lettingGo(process, socket),
    });
    const take = async () => {
      await recorded.readOn();
      for (const exchange of recorded.open()) changes.note(exchange);
      const { processes, sockets } = changes.take(reader.processes, true);
      return {
        processes: processes.map((one) => one.sockets),
        sockets: sockets.map(({ state, error, exchange }) => [state, error?.type ?? null, exchange?.slice(-4)]),
      };
    };
    const scope = conversation.scope('http.client.HTTPConnection.request');
    conversation.connect();
    const id = `${conversation.socketId}/0`;
    conversation.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n');
    assert.deepEqual(await take(), { processes: [1], sockets: [['connected', null, `/${id}`]] });
    conversation.send('x', { size: 9, error: conversation.error(ERRORS.reset) });
    conversation.close();
    conversation.endScope(scope);
    assert.deepEqual((await take()).sockets, [['failed', 'ConnectionResetError', `/${id}`]]);
    assert.equal(reader.processes[0]?.sockets.length, 0);
    conversation.connect();
    assert.deepEqual((await take()).processes, [2], 'the first one still counts');
    conversation.folder.remove();
  });

  it('are found among thousands without a look at each', async () => {
    const conversation = new Conversation();
    for (let count = 0; count < 3000; count += 1) conversation.connect();
    const reader = await CaptureReader.open(conversation.folder.path);
    const changes = new SocketChanges();
    assert.equal(changes.take(reader.processes, true).sockets.length, 3000);
    conversation.send('x');
    await reader.poll();
    assert.equal(changes.take(reader.processes, true).sockets.length, 1);
    conversation.folder.remove();
  });
});
