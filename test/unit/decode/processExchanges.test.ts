import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaptureExchanges } from '../../../src/decode/captureExchanges';
import { Connection } from '../../../src/decode/connection';
import { CaptureReader } from '../../../src/wire/reader';
import { Conversation, ERRORS } from '../../support/conversation';
import { ExchangeBuilder } from '../../support/exchangeBuilder';

const get = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';

describe('the exchanges of a process', () => {
  it('have one for all addresses that were tried', async () => {
    const talk = new Conversation();
    const scope = talk.scope('http.client.HTTPConnection.connect');
    talk.resolve('h', 80, ['::1', '127.0.0.1']);
    const refused = { result: 'failed', error: talk.error(ERRORS.refused), host: 'h' };
    const first = talk.connect('::1', 80, refused);
    talk.connect('127.0.0.1', 80, { host: 'h' });
    talk.endScope(scope);
    talk.send(get);
    const exchange = await talk.exchange();
    assert.deepEqual(
      exchange.connects.map(({ address, result }) => [address, result]),
      [
        ['::1', 'failed'],
        ['127.0.0.1', 'connected'],
      ],
    );
    assert.deepEqual(
      [exchange.failure, exchange.id, exchange.resolve?.host],
      [null, `process-100-0.fwp/${first}/0`, 'h'],
    );
  });

  it('fail when the last address did', async () => {
    const talk = new Conversation();
    const scope = talk.scope('urllib.request.OpenerDirector.open', { method: 'GET', url: 'http://h/x' });
    talk.resolve('h', 80, ['::1', '127.0.0.1']);
    const error = talk.error(ERRORS.refused);
    for (const address of ['::1', '127.0.0.1']) talk.connect(address, 80, { result: 'failed', error, host: 'h' });
    talk.endScope(scope, talk.error({ type: 'URLError' }, { ...ERRORS.refused, relation: 'reason', of: 0 }));
    const exchange = await talk.exchange();
    assert.deepEqual(
      [exchange.failure?.phase, exchange.failure?.error[0].errno, exchange.raised?.[0].type, exchange.connects.length],
      ['connect', 111, 'URLError', 2],
    );
    assert.deepEqual(
      [exchange.scheme, exchange.host, exchange.port, exchange.intended?.url],
      ['http', 'h', 80, 'http://h/x'],
    );
    assert.equal(exchange.live, false);
  });

  it('keep the id of a failed attempt that goes on to another address', async () => {
    const talk = new Conversation();
    talk.scope('http.client.HTTPConnection.connect');
    const refused = { result: 'failed', error: talk.error(ERRORS.refused), host: 'h' };
    talk.connect('::1', 80, refused);
    const reader = await CaptureReader.open(talk.folder.path);
    const builder = new ExchangeBuilder(reader);
    const [before] = await builder.update();
    assert.equal(before?.failure?.phase, 'connect');
    talk.connect('127.0.0.1', 80, { host: 'h' });
    await reader.poll();
    const after = await builder.update();
    assert.deepEqual(
      after.map(({ id, failure }) => [id, failure]),
      [[before?.id, null]],
    );
    talk.folder.remove();
  });

  it('tell of retries apart, and say of the last what was raised in the end', async () => {
    const talk = new Conversation();
    const outer = talk.scope('requests.sessions.Session.send', { method: 'GET', url: 'http://h/' });
    const reset = talk.error(ERRORS.reset);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const inner = talk.scope('http.client.HTTPConnection.request', { method: 'GET', url: '/' });
      talk.connect();
      talk.send(get);
      talk.receive('', { error: reset });
      talk.endScope(inner, reset, outer);
      talk.close();
    }
    talk.endScope(outer, talk.error({ type: 'ConnectionError', module: 'requests.exceptions' }));
    talk.end();
    const exchanges = await talk.exchanges();
    assert.deepEqual(
      exchanges.map(({ raised, failure, intended }) => [raised?.[0].type, failure?.error[0].type, intended?.url]),
      [
        ['ConnectionResetError', 'ConnectionResetError', 'http://h/'],
        ['ConnectionError', 'ConnectionResetError', 'http://h/'],
      ],
    );
  });

  it('have one for a name that was not found', async () => {
    const talk = new Conversation();
    const scope = talk.scope('urllib.request.OpenerDirector.open', { method: 'GET', url: 'https://nope.invalid/' });
    const error = talk.error(ERRORS.unknownName);
    talk.resolve('nope.invalid', 443, [], error);
    talk.endScope(scope, error);
    const exchange = await talk.exchange();
    assert.deepEqual(
      [
        exchange.id,
        exchange.socket,
        exchange.failure?.phase,
        exchange.host,
        exchange.port,
        exchange.scheme,
        exchange.raised?.[0].type,
      ],
      ['process-100-0.fwp/r0/0', null, 'resolve', 'nope.invalid', 443, 'https', 'gaierror'],
    );
  });

  it('are not live when the program has ended, even if it was killed and did not say so', async () => {
    const talk = new Conversation();
    talk.connect();
    talk.send(get);
    const reader = await CaptureReader.open(talk.folder.path);
    const builder = new ExchangeBuilder(reader);
    assert.equal((await builder.update())[0]?.live, true);
    const manifest = { format: 'framewire-capture', version: '1.0', ended: '2026-01-01T00:00:00Z', signal: 'SIGKILL' };
    writeFileSync(join(talk.folder.path, 'capture.json'), JSON.stringify(manifest));
    await reader.poll();
    assert.deepEqual(
      (await builder.update()).map(({ live, request }) => [live, request?.target]),
      [[false, '/']],
    );
    talk.folder.remove();
  });

  it('stay the same once they are over, however much follows', async () => {
    const talk = new Conversation();
    talk.connect();
    talk.send(get);
    talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    talk.close();
    const reader = await CaptureReader.open(talk.folder.path);
    const builder = new ExchangeBuilder(reader);
    const [first] = await builder.update();
    talk.connect();
    talk.send(get);
    await reader.poll();
    const later = await builder.update();
    assert.equal(later.length, 2);
    assert.equal(later[0], first);
    talk.folder.remove();
  });

  describe('are drafted', () => {
    let drafted: number[] = [];
    const { drafts } = Connection.prototype;
    before(() => {
      Connection.prototype.drafts = function (...args) {
        drafted.push(this.attempt.socket.id);
        return drafts.apply(this, args);
      };
    });
    after(() => {
      Connection.prototype.drafts = drafts;
    });

    /** Follows what a program does step by step; the connections that were drafted after each. */
    async function follow(talk: Conversation, steps: readonly (() => void)[]): Promise<number[][]> {
      const reader = await CaptureReader.open(talk.folder.path);
      const exchanges = new CaptureExchanges(reader, { keep: ({ id, beganAt }) => ({ id, beganAt }), letGo: true });
      const found: number[][] = [];
      for (const step of steps) {
        step();
        drafted = [];
        await reader.poll();
        await exchanges.advance();
        found.push(drafted);
      }
      drafted = [];
      await exchanges.catchUp();
      found.push(drafted);
      reader.close();
      talk.folder.remove();
      return found;
    }

    it('anew only when something has happened on their connection', async () => {
      const talk = new Conversation();
      const ids: number[] = [];
      const open = () => {
        ids.push(talk.connect());
        talk.send(get);
      };
      const [first, other, again] = await follow(talk, [open, open, () => talk.receive('HTTP/1.1 200 OK\r\n')]);
      assert.deepEqual([first, other, again], [[ids[0]], [ids[1]], [ids[1]]]);
    });

    it('seldom in small steps when they are large, and before they are told', async () => {
      const talk = new Conversation();
      const begin = () => {
        talk.connect();
        for (let count = 0; count < 1000; count += 1) talk.send('\0', { thread: count });
      };
      const goOn = () => talk.send('\0');
      const steps = [begin, ...Array.from({ length: 100 }, () => goOn)];
      const found = await follow(talk, steps);
      assert.deepEqual([found[0]?.length, found.slice(1, -1).flat().length, found.at(-1)?.length], [1, 0, 1]);
    });
  });
});
