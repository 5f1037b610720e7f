import assert from 'node:assert/strict';
import { countSocket, receivedBytes } from '../../../src/decode/socketCounts';
import { CaptureReader } from '../../../src/wire/reader';
import { Conversation, ERRORS } from '../../support/conversation';

async function socketOf(conversation: Conversation) {
  const reader = await CaptureReader.open(conversation.folder.path);
  conversation.folder.remove();
  const socket = reader.processes[0]?.sockets.at(-1);
  assert.ok(socket);
  return socket;
}

const values = (socket: Awaited<ReturnType<typeof socketOf>>) => {
  const { handed, accepted, acknowledged } = countSocket(socket);
  return [handed, accepted, acknowledged].map(({ value, atLeast }) => (atLeast ? `>=${value}` : value));
};

describe('the counts of a connection', () => {
  it('cover everything that was sent on it, with what was acknowledged so far as a lower bound', async () => {
    const conversation = new Conversation();
    conversation.connect();
    conversation.send(Buffer.alloc(300));
    conversation.counters('sampled', { sent: 300, acked: 201 });
    conversation.send(Buffer.alloc(700));
    conversation.receive('hello');
    const socket = await socketOf(conversation);
    assert.deepEqual(values(socket), [1000, 1000, '>=200']);
    assert.equal(receivedBytes(socket), 5);
  });

  it('are three different numbers where a send failed', async () => {
    const conversation = new Conversation();
    conversation.connect();
    conversation.send(Buffer.alloc(100), { size: 5000, error: conversation.error(ERRORS.pipe) });
    conversation.counters('failed', { sent: 2000, unsent: 500, acked: 1001 });
    assert.deepEqual(values(await socketOf(conversation)), [5000, 2500, 1000]);
  });

  it('are not known where nobody tells', async () => {
    const conversation = new Conversation();
    conversation.connect();
    conversation.send(Buffer.alloc(100), { size: 5000, error: conversation.error(ERRORS.pipe) });
    assert.deepEqual(values(await socketOf(conversation)), [5000, null, null]);
  });

  it('add what was written before TLS to what was written in it', async () => {
    const conversation = new Conversation();
    conversation.connect();
    conversation.send('STARTTLS\r\n');
    conversation.tls();
    conversation.send(Buffer.alloc(90));
    assert.deepEqual(values(await socketOf(conversation)).slice(0, 2), [100, 100]);
  });

  it('are nothing for a connection that was not used', async () => {
    const conversation = new Conversation();
    conversation.connect();
    const socket = await socketOf(conversation);
    assert.deepEqual(values(socket), [0, 0, 0]);
    assert.equal(receivedBytes(socket), 0);
  });
});
