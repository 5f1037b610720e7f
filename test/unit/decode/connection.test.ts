import assert from 'node:assert/strict';
import { Conversation, ERRORS, FLAG, OP } from '../../support/conversation';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost:8080\r\n\r\n`;

describe('the exchanges of a connection', () => {
  let talk: Conversation;
  beforeEach(() => {
    talk = new Conversation();
  });

  it('pair requests with replies on a connection that is kept', async () => {
    talk.connect();
    for (const path of ['/1', '/2', '/3']) {
      talk.send(get(path));
      if (path !== '/3') talk.receive(OK);
    }
    const exchanges = await talk.exchanges();
    assert.deepEqual(
      exchanges.map(({ id, index, request, response, live, bytes }) => [
        id,
        index,
        request?.target,
        response?.status,
        live,
        bytes.accepted.value,
      ]),
      [1, 2, 3].map((n) => [
        `process-100-0.fwp/${talk.socketId}/${n - 1}`,
        n - 1,
        `/${n}`,
        n === 3 ? undefined : 200,
        n === 3,
        get('/1').length,
      ]),
    );
    assert.deepEqual(
      exchanges.map(({ connects }) => connects.length),
      [1, 0, 0],
    );
  });

  it('pair pipelined requests in order', async () => {
    talk.connect();
    talk.send(get('/1') + get('/22'));
    talk.receive(`HTTP/1.1 404 N\r\nContent-Length: 0\r\n\r\n${OK}`);
    const exchanges = await talk.exchanges();
    assert.deepEqual(
      exchanges.map(({ request, response, bytes }) => [request?.target, response?.status, bytes.handed.value]),
      [
        ['/1', 404, get('/1').length],
        ['/22', 200, get('/22').length],
      ],
    );
  });

  it('know a reply that the program has read from one that only the probe has', async () => {
    talk.connect();
    talk.send(get('/'));
    talk.receive(OK.slice(0, 10), { flags: FLAG.lastWords });
    talk.receive(OK.slice(0, 10), { flags: FLAG.replayed });
    talk.receive(OK.slice(10));
    assert.equal((await talk.exchange()).response?.readByProgram, true);
  });

  it('have a reply half of which was read as not read', async () => {
    talk.connect();
    talk.send(get('/'));
    talk.receive(OK.slice(0, 10));
    talk.receive(OK.slice(10), { flags: FLAG.lastWords | FLAG.peek });
    const { response } = await talk.exchange();
    assert.deepEqual([response?.readByProgram, response?.complete], [false, true]);
  });

  it('have an early reply when it was read before the request was over', async () => {
    talk.connect();
    talk.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhello');
    talk.receive('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n');
    talk.send('world');
    const { request, response } = await talk.exchange();
    assert.deepEqual([request?.complete, response?.early, response?.readByProgram], [true, true, true]);
  });

  it('have no reply arrive before it was asked for, however coarse the clock of the kernel', async () => {
    talk.connect();
    talk.send('POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n');
    const asked = talk.now;
    talk.send('x'.repeat(100), { size: 1000, result: -1, flags: FLAG.begin });
    talk.send('', { size: 1000, error: talk.error(ERRORS.pipe), duration: 2_000_000 });
    talk.counters('failed', { sent: 100, acked: 60, lastDataReceived: 400 });
    talk.receive('HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n', { flags: FLAG.lastWords | FLAG.peek });
    const { failure, response } = await talk.exchange();
    const arrived = (failure?.at ?? 0) + (failure?.duration ?? 0) - (response?.arrivedBeforeFailure ?? 0);
    assert.ok(
      response?.arrivedBeforeFailure && arrived >= asked,
      `arrived ${asked - arrived} ns before it was asked for`,
    );
  });

  it('do not take a reply for one that had been there when nothing waited at the failure', async () => {
    talk.connect();
    talk.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    talk.receive('', { error: talk.error(ERRORS.timeout), duration: 2_000_000 });
    // as the kernel counts it where nothing has ever come
    talk.counters('failed', { sent: 28, acked: 29, lastDataReceived: 2000 }, 0);
    talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', { flags: FLAG.lastWords | FLAG.peek });
    talk.lastWords('closing', 'recovered', 38);
    const { response } = await talk.exchange();
    assert.deepEqual([response?.readByProgram, response?.arrivedBeforeFailure], [false, null]);
  });

  it('list parts of a multipart body with the file it came from', async () => {
    const body = `--B\r\nContent-Disposition: form-data; name="f"; filename="a.cast"\r\n\r\n${'z'.repeat(500)}\r\n--B--\r\n`;
    talk.connect();
    const scope = talk.scope('http.client.HTTPConnection.request', { method: 'POST', url: '/' });
    const sources = [{ path: '/tmp/a.cast', size: 500, position: 500 }];
    talk.json('body', { scope, socket: talk.socketId, type: 'bytes', size: body.length, storage: 'memory', sources });
    talk.send(
      `POST / HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    talk.send(body.slice(0, 100), { size: body.length, result: body.length });
    const { request } = await talk.exchange();
    assert.deepEqual(
      request?.parts.map(({ name, filename, size, sizeDerived, complete }) => [
        name,
        filename,
        size,
        sizeDerived,
        complete,
      ]),
      [['f', 'a.cast', 500, true, false]],
    );
    assert.deepEqual(request?.body?.files, [{ path: '/tmp/a.cast', size: 500 }]);
  });

  it('have the tunnel through a proxy as one of them', async () => {
    talk.connect('10.0.0.1', 3128, { host: 'proxy' });
    talk.send('CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n');
    talk.receive('HTTP/1.1 200 Connection established\r\n\r\n');
    talk.tls({ serverName: 'example.org' });
    talk.send('GET / HTTP/1.1\r\nHost: example.org\r\n\r\n');
    talk.receive(OK);
    talk.close();
    const exchanges = await talk.exchanges();
    assert.deepEqual(
      exchanges.map(({ request, response, scheme, host, port, tls }) => [
        request?.method,
        response?.status,
        scheme,
        host,
        port,
        tls !== null,
      ]),
      [
        ['CONNECT', 200, 'http', 'example.org', 443, false],
        ['GET', 200, 'https', 'example.org', 443, true],
      ],
    );
  });

  it('leave out what follows an upgrade', async () => {
    talk.connect();
    talk.send('GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    talk.receive('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n');
    talk.send('\x81\x05hello');
    talk.receive('\x81\x02hi');
    const { request, response } = await talk.exchange();
    assert.deepEqual([request?.target, response?.status, response?.problem], ['/ws', 101, null]);
  });

  it('are one without messages for another protocol', async () => {
    talk.connect('127.0.0.1', 25);
    talk.receive('220 mail ESMTP\r\n');
    talk.send('EHLO me\r\n');
    const exchange = await talk.exchange();
    assert.deepEqual(
      [exchange.scheme, exchange.request, exchange.response, exchange.received, exchange.bytes.handed.value],
      ['tcp', null, null, 16, 9],
    );
  });

  it('fail in the handshake of TLS', async () => {
    const error = talk.error(ERRORS.certificate);
    talk.connect('127.0.0.1', 8443, { host: 'localhost' });
    talk.tls({ version: null, cipher: null, error });
    talk.close();
    const exchange = await talk.exchange();
    assert.deepEqual(
      [exchange.scheme, exchange.failure?.phase, exchange.failure?.error[0].type, exchange.request, exchange.host],
      ['tls', 'tls', 'SSLCertVerificationError', null, 'localhost'],
    );
  });

  const HELLO = '\x16\x03\x01\x00\x01x';

  it('are read inside TLS that is done in memory, and broken by what fails on the socket', async () => {
    const error = talk.error(ERRORS.pipe);
    talk.connect('127.0.0.1', 8443, { host: 'localhost' });
    talk.send(Buffer.from(HELLO, 'latin1'), { op: OP.send });
    talk.tls({ dataOffset: HELLO.length });
    talk.send(get('/1'), { op: OP.write });
    talk.send('.'.repeat(get('/1').length + 22), { layer: 0, op: OP.send });
    talk.receive(OK);
    talk.send(get('/2'), { op: OP.write });
    talk.send('.'.repeat(get('/2').length + 22), { layer: 0, op: OP.send, error });
    talk.lastWords('failed', 'not-attempted', 40, 'It is ciphertext.');
    talk.close();
    const exchanges = await talk.exchanges();
    assert.deepEqual(
      exchanges.map(({ request, response, failure, bytes, lastWords }) => [
        request?.url,
        response?.status ?? null,
        failure?.operation ?? null,
        bytes.handed.value,
        bytes.accepted.value,
        lastWords?.outcome ?? null,
      ]),
      [
        ['https://localhost:8080/1', 200, null, get('/1').length, get('/1').length, null],
        ['https://localhost:8080/2', null, 'send', get('/2').length, 0, 'not-attempted'],
      ],
    );
  });

  it('are broken beneath TLS in memory although all was handed over and the reply was found unread', async () => {
    const error = talk.error(ERRORS.pipe);
    talk.connect('127.0.0.1', 8443, { host: 'localhost' });
    talk.send(Buffer.from(HELLO, 'latin1'), { op: OP.send });
    talk.tls({ dataOffset: HELLO.length });
    talk.send(get('/'), { op: OP.write });
    talk.send('.'.repeat(get('/').length + 22), { layer: 0, op: OP.send, error });
    talk.receive(OK, { flags: FLAG.lastWords });
    talk.lastWords('failed', 'recovered', OK.length);
    talk.close();
    const { request, response, failure, peerEnd } = await talk.exchange();
    assert.deepEqual(
      [request?.complete, response?.status, response?.readByProgram, failure?.error[0].type, peerEnd],
      [true, 200, false, 'BrokenPipeError', 'reset'],
    );
  });

  it('are TLS when that is all that can be seen, and not broken by the end of an idle connection', async () => {
    talk.connect();
    talk.send(Buffer.from(HELLO, 'latin1'), { op: OP.send });
    talk.receive(Buffer.from('\x16\x03\x03\x00\x01y', 'latin1'));
    assert.equal((await talk.exchange()).scheme, 'tls');
    talk = new Conversation();
    const error = talk.error(ERRORS.reset);
    talk.connect();
    talk.send(Buffer.from(HELLO, 'latin1'), { op: OP.send });
    talk.tls({ dataOffset: HELLO.length });
    talk.send(get('/'), { op: OP.write });
    talk.receive(OK);
    talk.receive('', { layer: 0, error });
    assert.equal((await talk.exchange()).failure, null);
  });

  it('end without a reply when the peer just closes: what the library raised is the failure', async () => {
    talk.connect();
    const scope = talk.scope('urllib.request.OpenerDirector.open', { method: 'GET', url: 'http://localhost:8080/' });
    talk.send(get('/'));
    talk.receive('');
    talk.endScope(scope, talk.error({ type: 'RemoteDisconnected', module: 'http.client' }));
    talk.close();
    const exchange = await talk.exchange();
    assert.deepEqual(
      [exchange.response, exchange.failure?.phase, exchange.failure?.error[0].type, exchange.peerEnd],
      [null, 'receive', 'RemoteDisconnected', 'fin'],
    );
  });

  it('do not fail because a complete error reply was raised', async () => {
    talk.connect();
    const scope = talk.scope('urllib.request.OpenerDirector.open', { method: 'GET', url: 'http://localhost:8080/' });
    talk.send(get('/'));
    talk.receive('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    talk.endScope(scope, talk.error({ type: 'HTTPError', module: 'urllib.error' }));
    const exchange = await talk.exchange();
    assert.deepEqual([exchange.failure, exchange.raised?.[0].type], [null, 'HTTPError']);
  });

  it('fail when the reply does not come in time', async () => {
    talk.connect();
    talk.send(get('/'));
    talk.receive('', { error: talk.error(ERRORS.timeout) });
    talk.close();
    const exchange = await talk.exchange();
    assert.deepEqual(
      [exchange.failure?.phase, exchange.failure?.error[0].type, exchange.response],
      ['receive', 'TimeoutError', null],
    );
  });

  it('work without blocking, as asyncio does it', async () => {
    talk.connect('127.0.0.1', 8080, { result: 'in-progress', timeout: 0 });
    const blocked = talk.error(ERRORS.wouldBlock);
    talk.receive('', { op: 17, error: blocked });
    talk.send(get('/').slice(0, 10), { op: 1, size: get('/').length, result: 10 });
    talk.send('', { op: 1, size: 30, error: blocked });
    talk.send(get('/').slice(10), { op: 1 });
    talk.receive(OK, { op: 17 });
    talk.close();
    const exchange = await talk.exchange();
    assert.deepEqual(
      [
        exchange.failure,
        exchange.request?.target,
        exchange.response?.status,
        exchange.bytes.handed.value,
        exchange.bytes.accepted.value,
      ],
      [null, '/', 200, get('/').length, get('/').length],
    );
  });

  it('are decoded although the body was not stored for want of budget', async () => {
    talk.connect();
    talk.send('PUT /big HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n');
    talk.send('', { size: 1_000_000, result: 1_000_000 });
    talk.receive('HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n');
    talk.receive('', { result: 500_000 });
    const { request, response } = await talk.exchange();
    assert.deepEqual([request?.complete, request?.bodyRange.length], [true, 1_000_000]);
    assert.deepEqual([response?.complete, response?.bodyPreview, response?.bodyRange.length], [true, null, 500_000]);
  });

  it('may go through a socket in the file system', async () => {
    talk.connect('/run/service.sock', 0, { family: 'AF_UNIX', port: null });
    talk.send('GET /v1 HTTP/1.1\r\nHost: service\r\n\r\n');
    talk.receive(OK);
    const exchange = await talk.exchange();
    assert.deepEqual(
      [exchange.request?.url, exchange.host, exchange.port, exchange.peer],
      ['http://service/v1', 'service', null, { address: '/run/service.sock', port: 0 }],
    );
  });

  it('are known by their absence: no server side, no pair of sockets, no datagrams', async () => {
    talk.socket({ how: 'accepted' });
    talk.receive(get('/'));
    talk.send(OK);
    talk.socket({ family: 'AF_UNIX' });
    talk.send('\0');
    talk.connect('127.0.0.53', 53);
    talk.json('socket', { id: talk.id(), family: 'AF_INET', type: 'SOCK_DGRAM', how: 'created' });
    assert.equal((await talk.exchanges()).length, 1); // the stream connection only
  });

  it('are seen on a connection that was found open, if it is HTTP', async () => {
    talk.socket({ how: 'inherited' });
    talk.send(get('/'));
    talk.receive(OK);
    const exchange = await talk.exchange();
    assert.deepEqual(
      [exchange.request?.url, exchange.peer, exchange.response?.status],
      ['http://localhost:8080/', null, 200],
    );
  });
});
