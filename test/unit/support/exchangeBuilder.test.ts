import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { CaptureReader } from '../../../src/wire/reader';
import { CaptureFolder } from '../../support/captureWriter';
import { Conversation, ERRORS, FLAG } from '../../support/conversation';
import { ExchangeBuilder } from '../../support/exchangeBuilder';
import { random } from '../../support/random';

const HEAD = 'POST /api HTTP/1.1\r\nHost: localhost:8444\r\nContent-Length: 100000\r\n\r\n';
const REFUSAL = 'HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 7\r\nConnection: close\r\n\r\ntoo big';

/** An upload over TLS that the server refuses early and cuts; the reply is recovered by the probe. */
function refusedUpload(): Conversation {
  const talk = new Conversation();
  talk.stack(
    { file: '/usr/lib/python3.11/http/client.py', line: 1039, name: 'HTTPConnection.send' },
    { file: '/app/upload.py', line: 7, name: 'main' },
  );
  const open = talk.scope('urllib.request.OpenerDirector.open', { method: 'POST', url: 'https://localhost:8444/api' });
  const send = talk.scope('http.client.HTTPConnection.request', { method: 'POST', url: '/api' });
  talk.resolve('localhost', 8444, ['127.0.0.1']);
  talk.connect('127.0.0.1', 8444, { host: 'localhost' });
  talk.tls();
  talk.counters('handshake', { sent: 597, acked: 598 });
  talk.json('body', {
    scope: send,
    socket: talk.socketId,
    type: 'bytes',
    size: 100_000,
    storage: 'memory',
    sources: [],
  });
  talk.send(HEAD);
  talk.send('x'.repeat(1000), { size: 100_000, result: -1, flags: FLAG.begin });
  const eof = talk.error(ERRORS.sslEof);
  talk.send('', { size: 100_000, error: eof, duration: 15_000_000 });
  talk.counters('failed', {
    state: 7,
    sent: 597 + HEAD.length + 22 + 2 * 16_406,
    acked: 598 + HEAD.length + 22,
    lastDataReceived: 11,
  });
  talk.receive(REFUSAL, { flags: FLAG.lastWords });
  talk.lastWords('failed', 'recovered', REFUSAL.length);
  talk.endScope(send, eof, open);
  const raised = talk.error(
    { type: 'URLError', module: 'urllib.error', bases: ['OSError', 'Exception'] },
    { ...ERRORS.sslEof, relation: 'reason', of: 0 },
  );
  talk.endScope(open, raised);
  talk.close();
  talk.end();
  return talk;
}

describe('ExchangeBuilder', () => {
  it('tells an early refusal behind a broken connection', async () => {
    const exchange = await refusedUpload().exchange();
    const { request, response, failure, bytes } = exchange;
    assert.deepEqual(
      {
        scheme: exchange.scheme,
        host: exchange.host,
        port: exchange.port,
        peer: exchange.peer,
        url: request?.url,
        announced: request?.bodyAnnounced,
        body: request?.body,
        status: response?.status,
        read: response?.readByProgram,
        early: response?.early,
        preview: Buffer.from(response?.bodyPreview ?? []).toString(),
        failure: [failure?.phase, failure?.operation, failure?.error[0].type],
        raised: exchange.raised?.map(({ type }) => type),
        handed: bytes.handed.value,
        accepted: bytes.accepted,
        acknowledged: bytes.acknowledged,
        lastWords: exchange.lastWords?.outcome,
        peerEnd: exchange.peerEnd,
        intended: exchange.intended,
        initiator: exchange.frames[exchange.initiator]?.file,
        live: exchange.live,
      },
      {
        scheme: 'https',
        host: 'localhost',
        port: 8444,
        peer: { address: '127.0.0.1', port: 8444 },
        url: 'https://localhost:8444/api',
        announced: 100_000,
        body: { type: 'bytes', size: 100_000, storage: 'memory', files: [] },
        status: 413,
        read: false,
        early: true,
        preview: 'too big',
        failure: ['send', 'sendall', 'SSLEOFError'],
        raised: ['URLError', 'SSLEOFError'],
        handed: HEAD.length + 100_000,
        accepted: { value: HEAD.length + 2 * 16_384, derived: true, atLeast: false },
        acknowledged: { value: HEAD.length, derived: true, atLeast: false },
        lastWords: 'recovered',
        peerEnd: 'reset',
        intended: { method: 'POST', url: 'https://localhost:8444/api', function: 'urllib.request.OpenerDirector.open' },
        initiator: '/app/upload.py',
        live: false,
      },
    );
    // the failing call ended 15 ms after it began; the counters a millisecond later say 11 ms since the last data
    assert.ok((response?.arrivedBeforeFailure ?? 0) > 5e6, String(response?.arrivedBeforeFailure));
  });

  it('gives the very same array when nothing has changed, and follows what grows', async () => {
    const talk = new Conversation();
    talk.connect();
    const reader = await CaptureReader.open(talk.folder.path);
    const builder = new ExchangeBuilder(reader);
    const first = await builder.update();
    assert.deepEqual(
      first.map(({ request, live }) => [request, live]),
      [[null, true]],
    );
    assert.equal(await builder.update(), first);
    talk.send('GET /a HTTP/1.1\r\nHost: h\r\n\r\n');
    await reader.poll();
    const second = await builder.update();
    assert.deepEqual(
      second.map(({ request, response }) => [request?.target, response]),
      [['/a', null]],
    );
    talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello');
    await reader.poll();
    assert.deepEqual(
      (await builder.update()).map(({ response }) => [response?.complete, response?.bodyRange.length]),
      [[false, 5]],
    );
    talk.receive('world');
    talk.close();
    talk.end();
    await reader.poll();
    const last = await builder.update();
    assert.deepEqual(
      last.map(({ id, response, live }) => [
        id,
        response?.complete,
        Buffer.from(response?.bodyPreview ?? []).toString(),
        live,
      ]),
      [[first[0]?.id, true, 'helloworld', false]],
    );
    talk.folder.remove();
  });

  it('may be asked, and the reader polled, while that is still under way', async () => {
    const talk = refusedUpload();
    const reader = await CaptureReader.open(talk.folder.path);
    const builder = new ExchangeBuilder(reader);
    const results = await Promise.all([builder.update(), reader.poll(), reader.poll(), builder.update()]);
    assert.deepEqual([results[0].length, results[3] === results[0]], [1, true]);
    assert.equal(reader.processes[0]?.sockets[0]?.streams[0]?.operations.length, 2);
    talk.folder.remove();
  });

  it('comes to the same result whether a capture is read at once or as it grew', async () => {
    const talk = refusedUpload();
    const bytes = readFileSync(talk.folder.file());
    const whole = await talk.exchanges();
    const folder = new CaptureFolder();
    folder.begin();
    const reader = await CaptureReader.open(folder.path);
    const builder = new ExchangeBuilder(reader);
    for (let at = 64; at < bytes.length; at += 97) {
      folder.add(bytes.subarray(at, at + 97));
      await reader.poll();
      await builder.update();
    }
    folder.rewrite(bytes.subarray(0, 64)); // says that the process has ended
    await reader.poll();
    const plain = (list: readonly { socket: unknown }[]) =>
      JSON.stringify(
        list.map(({ socket, ...rest }) => rest),
        bigints,
      );
    assert.equal(plain(await builder.update()), plain(whole));
    folder.remove();
  });

  it('survives a capture that is cut or damaged anywhere', async () => {
    const talk = refusedUpload();
    const bytes = readFileSync(talk.folder.file());
    talk.folder.remove();
    const folder = new CaptureFolder();
    const next = random(413);
    for (let round = 0; round < 500; round += 1) {
      const damaged = Buffer.from(bytes.subarray(0, round % 2 === 0 ? bytes.length : 64 + next(bytes.length)));
      for (let change = round % 2 === 0 ? 1 + next(10) : 0; change > 0; change -= 1) {
        damaged[64 + next(damaged.length - 64)] = next(256);
      }
      writeFileSync(folder.file(), damaged);
      const reader = await CaptureReader.open(folder.path);
      await new ExchangeBuilder(reader).update();
      reader.close();
    }
    folder.remove();
  });
});

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
