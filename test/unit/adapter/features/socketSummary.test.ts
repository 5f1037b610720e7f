import assert from 'node:assert/strict';
import { isConnection, summarizeProcess, summarizeSocket } from '../../../../src/adapter/features/socketSummary';
import { socketSummary } from '../../../../src/messages/dapSockets';
import { CaptureReader } from '../../../../src/wire/reader';
import { Conversation, ERRORS } from '../../../support/conversation';
import { ExchangeBuilder } from '../../../support/exchangeBuilder';
import { HEAD, refused } from './conversations';

async function read(conversation: Conversation) {
  const reader = await CaptureReader.open(conversation.folder.path);
  const exchanges = await new ExchangeBuilder(reader).update();
  conversation.folder.remove();
  const [process] = reader.processes;
  assert.ok(process);
  return { process, sockets: process.sockets, exchange: exchanges.at(-1) ?? null };
}

/** The last socket of a process that runs. */
async function summary(conversation: Conversation, running = true) {
  const { process, sockets, exchange } = await read(conversation);
  const socket = sockets.at(-1);
  assert.ok(socket);
  const told = summarizeSocket(process, socket, exchange, running);
  assert.equal(socketSummary.check(told, 'socket'), null);
  return told;
}

describe('the summary of a connection', () => {
  it('tells what failed, between whom, and three counts', async () => {
    const told = await summary(refused());
    assert.deepEqual(
      [told.state, told.side, told.host, told.peer],
      ['failed', 'client', 'localhost', { host: '127.0.0.1', port: 8080 }],
    );
    assert.deepEqual(told.error, {
      type: 'ConnectionResetError',
      errnoName: 'ECONNRESET',
      message: null,
      operation: 'sendall',
    });
    assert.equal(told.bytes.handed.value, HEAD.length + 1000 + 999_000);
    assert.equal(told.bytes.accepted.value, null, 'what nobody told is not known');
    assert.ok(told.ended);
    assert.match(told.exchange ?? '', /^process-\d+-0\.fwp\/\d+\/0$/);
  });

  it('tells of TLS, of options and of the kernel', async () => {
    const conversation = new Conversation();
    conversation.connect('10.0.0.1', 443, { host: 'api.example', localAddress: '10.0.0.9', localPort: 5000 });
    conversation.json('options', { socket: conversation.socketId, moment: 'connected', noDelay: true, timeout: 2.5 });
    conversation.tls({ alpn: 'http/1.1', verifyMode: 'required' });
    conversation.send('x'.repeat(50));
    conversation.counters('sampled', { sent: 700, acked: 601, rtt: 1500 }, 12);
    const told = await summary(conversation);
    assert.equal(told.state, 'connected');
    assert.deepEqual(told.local, { host: '10.0.0.9', port: 5000 });
    assert.deepEqual([told.tls?.version, told.tls?.alpn, told.tls?.verified], ['TLSv1.3', 'http/1.1', true]);
    assert.deepEqual([told.options?.noDelay, told.options?.timeout, told.options?.linger], [true, 2.5, null]);
    assert.deepEqual(
      [told.wire.accepted, told.wire.acknowledged, told.wire.unread, told.wire.rtt],
      [700, 600, 12, 1500],
    );
    assert.equal(told.handshake, 0.002);
  });

  it('goes from connecting to connected to closed', async () => {
    const begun = new Conversation();
    begun.connect('10.0.0.1', 80, { result: 'in-progress' });
    assert.equal((await summary(begun)).state, 'connecting');
    const used = new Conversation();
    used.connect('10.0.0.1', 80, { result: 'in-progress' });
    used.send('x');
    assert.equal((await summary(used)).state, 'connected');
    const over = new Conversation();
    over.connect();
    over.close();
    assert.equal((await summary(over)).state, 'closed');
    const gone = new Conversation();
    gone.connect();
    assert.equal((await summary(gone, false)).state, 'closed', 'its process has ended');
  });

  it('tells of a connection that did not come about', async () => {
    const conversation = new Conversation();
    const error = conversation.error(ERRORS.refused);
    conversation.connect('10.0.0.1', 80, { result: 'failed', error });
    const told = await summary(conversation);
    assert.deepEqual([told.state, told.error?.operation, told.error?.errnoName], ['failed', 'connect', 'ECONNREFUSED']);
    assert.deepEqual([told.connected, told.tls, told.options], [null, null, null]);
  });

  it('takes a timeout that was made good for none', async () => {
    const conversation = new Conversation();
    conversation.connect();
    conversation.receive('', { error: conversation.error(ERRORS.timeout) });
    conversation.receive('hello');
    assert.deepEqual((await summary(conversation)).error, null);
  });
});

describe('what counts as a connection', () => {
  it('is a stream to or from a peer', async () => {
    const conversation = new Conversation();
    conversation.socket(); // never used
    conversation.socket({ family: 'AF_UNIX' });
    conversation.send('x'); // one of a pair, as event loops wake themselves
    conversation.connect('127.0.0.1', 53, {});
    conversation.socket({ type: 'SOCK_DGRAM' });
    conversation.send('x');
    conversation.socket({ how: 'accepted' });
    conversation.socket({ how: 'existing' });
    conversation.send('x');
    const { sockets } = await read(conversation);
    assert.deepEqual(sockets.map(isConnection), [false, false, true, false, true, true]);
  });
});

describe('the summary of a process', () => {
  it('tells its command line without secrets, and whether it runs', async () => {
    const conversation = new Conversation();
    conversation.json('process', { pid: 100, ppid: 1, argv: ['python', 'a.py', '--token', 'hush'], python: '3.11.2' });
    const { process } = await read(conversation);
    const told = summarizeProcess(process, true, 3);
    assert.deepEqual([told.command.slice(0, 3), told.running, told.sockets], [['python', 'a.py', '--token'], true, 3]);
    assert.ok(!JSON.stringify(told).includes('hush'));
    assert.equal(summarizeProcess(process, false, 0).running, false);
  });
});
