import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { CaptureExchanges } from '../../../src/decode/captureExchanges';
import type { Exchange } from '../../../src/decode/exchange';
import { CaptureReader } from '../../../src/wire/reader';
import { CaptureFolder } from '../../support/captureWriter';
import { Conversation, ERRORS, FLAG } from '../../support/conversation';
import { ExchangeBuilder } from '../../support/exchangeBuilder';
import { random } from '../../support/random';

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`;
const ok = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** A bit of everything: what goes well, what fails in each phase, calls that go on to another exchange. */
function busy(): Conversation {
  const talk = new Conversation();
  talk.stack({ file: '/app/busy.py', line: 7, name: 'main' });
  for (let round = 0; round < 6; round += 1) {
    const open = talk.scope('urllib.request.OpenerDirector.open', { method: 'GET', url: `http://h/${round}` });
    const inner = talk.scope('http.client.HTTPConnection.request', { method: 'GET', url: `/${round}` });
    talk.resolve('h', 80, ['::1', '127.0.0.1']);
    const refused = { result: 'failed', error: talk.error(ERRORS.refused), host: 'h' };
    if (round % 2 === 0) talk.connect('::1', 80, refused);
    talk.connect('127.0.0.1', 80, { host: 'h' });
    talk.counters('connected', { sent: 0, acked: 1 });
    for (let index = 0; index <= round; index += 1) {
      talk.send(get(`/${round}/${index}?q=1`));
      talk.receive(ok('x'.repeat(10 * index)));
    }
    if (round === 3) {
      const error = talk.error(ERRORS.reset);
      talk.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf', { error });
      talk.counters('failed', { sent: 40, acked: 30, lastDataReceived: 1 });
      talk.receive('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n', { flags: FLAG.lastWords | FLAG.peek });
      talk.lastWords('failed', 'recovered', 44);
      talk.close();
      talk.endScope(inner, error, open);
      talk.endScope(open, talk.error({ type: 'URLError' }, { ...ERRORS.reset, relation: 'reason', of: 0 }));
      continue;
    }
    talk.endScope(inner, null, open);
    if (round !== 5) talk.close();
    talk.endScope(open);
  }
  const lost = talk.scope('urllib.request.OpenerDirector.open', { method: 'GET', url: 'http://nowhere/' });
  const unknown = talk.error(ERRORS.unknownName);
  talk.resolve('nowhere', 80, [], unknown);
  talk.endScope(lost, unknown);
  talk.connect('127.0.0.1', 9, { result: 'failed', error: talk.error(ERRORS.refused) });
  talk.close();
  talk.connect('127.0.0.2', 443);
  talk.tls();
  talk.counters('handshake', { sent: 500, acked: 501 });
  talk.send(get('/tls'));
  talk.receive(ok('secret'));
  talk.close();
  talk.connect('127.0.0.3', 25);
  talk.receive('220 mail\r\n');
  talk.close();
  talk.end();
  return talk;
}

/** All that an exchange tells, its socket's records among it. */
function told(exchange: Exchange | null): unknown {
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  const { socket, ...rest } = exchange ?? ({ socket: null } as Partial<Exchange>);
  const seen = socket && {
    id: socket.id,
    connects: socket.connects,
    tls: socket.tls,
    close: socket.close,
    counters: socket.counters,
    lastWords: socket.lastWords,
    streams: socket.streams.map(({ direction, layer, operations, bytes }) => [
      direction,
      layer,
      operations.map(({ at, handed, result, range, op }) => [at, handed, result, range, op]),
      bytes.stored,
    ]),
  };
  return JSON.parse(JSON.stringify({ ...rest, socket: seen }, plain));
}

const summed = (reader: CaptureReader) =>
  new CaptureExchanges(reader, { keep: ({ id, beganAt }) => ({ id, beganAt }), letGo: true });

describe('CaptureExchanges', () => {
  const talk = busy();
  let whole: readonly Exchange[] = [];
  let reader: CaptureReader;
  before(async () => {
    reader = await CaptureReader.open(talk.folder.path);
    whole = await new ExchangeBuilder(reader).update();
    assert.ok(whole.length > 25, String(whole.length));
  });
  after(() => {
    reader.close();
    talk.folder.remove();
  });

  it('gives back in full what it let go of', async () => {
    const own = await CaptureReader.open(talk.folder.path);
    const exchanges = summed(own);
    const list = await exchanges.update();
    assert.deepEqual(
      list.map(({ id }) => id),
      whole.map(({ id }) => id),
    );
    assert.deepEqual(
      own.processes[0]?.sockets.filter(({ close }) => close !== null),
      [],
      'no closed socket is kept',
    );
    for (const exchange of whole) {
      assert.deepEqual(told((await exchanges.load(exchange.id))?.exchange ?? null), told(exchange), exchange.id);
    }
    own.close();
  });

  it('comes to the same whatever was read at a time', async () => {
    const bytes = readFileSync(talk.folder.file());
    const running = Buffer.from(bytes);
    running.writeUInt32LE(0, 40);
    const next = random(7);
    for (let round = 0; round < 8; round += 1) {
      const folder = new CaptureFolder();
      try {
        const own = await CaptureReader.begin(folder.path);
        const exchanges = summed(own);
        for (let end = 64; end < bytes.length; end += 1 + next(round % 2 === 0 ? 400 : 6000)) {
          writeFileSync(folder.file(), running.subarray(0, end));
          await own.poll();
          await exchanges.advance();
        }
        writeFileSync(folder.file(), bytes);
        await own.poll();
        const list = await exchanges.update();
        assert.deepEqual(
          list.map(({ id }) => id),
          whole.map(({ id }) => id),
        );
        for (const exchange of whole) {
          assert.deepEqual(told((await exchanges.load(exchange.id))?.exchange ?? null), told(exchange), exchange.id);
        }
      } finally {
        folder.remove();
      }
    }
  });

  it('comes to the same in steps that have hardly any time', async () => {
    const own = await CaptureReader.begin(talk.folder.path);
    const exchanges = summed(own);
    let steps = 0;
    do {
      await own.poll(0.01);
      await exchanges.advance();
      steps += 1;
    } while (own.behind);
    assert.ok(steps > 1, `${steps} step`);
    assert.equal(own.progress.done, own.progress.size);
    assert.deepEqual(
      exchanges.list().map(({ id }) => id),
      whole.map(({ id }) => id),
    );
    own.close();
  });

  it('knows what may still change', async () => {
    const growing = new Conversation();
    try {
      growing.connect();
      growing.send(get('/1'));
      growing.receive(ok('1'));
      growing.send(get('/2'));
      const own = await CaptureReader.open(growing.folder.path);
      const exchanges = summed(own);
      const [first, second] = await exchanges.update();
      assert.ok(first && second);
      const loaded = await exchanges.load(first.id);
      assert.deepEqual([loaded?.final, loaded?.exchange.request?.target], [true, '/1']);
      assert.equal((await exchanges.load(second.id))?.final, false);
      growing.receive(ok('2'));
      growing.close();
      await own.poll();
      assert.deepEqual(
        (await exchanges.update()).map(({ id }) => id),
        [first.id, second.id],
      );
      const done = await exchanges.load(second.id);
      assert.deepEqual([done?.final, done?.exchange.response?.complete], [true, true]);
      assert.equal(await exchanges.load('process-100-0.fwp/99/0'), null);
      assert.equal(await exchanges.load('nonsense'), null);
    } finally {
      growing.folder.remove();
    }
  });
});
