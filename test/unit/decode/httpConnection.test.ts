import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { HttpConnection } from '../../../src/decode/httpConnection';
import type { Socket, Stream } from '../../../src/wire/model';
import { operation, stream, TextSource } from '../../support/bytes';

function connection(up: string, down: string) {
  const streams = [
    stream([operation({ range: new ByteRange(0, up.length) })], { bytes: new TextSource(up) }),
    stream([operation({ range: new ByteRange(0, down.length), direction: 'down' })], {
      direction: 'down',
      bytes: new TextSource(down),
    }),
  ];
  const http = new HttpConnection({ streams } as unknown as Socket, 'wire');
  return { http, up: streams[0]?.bytes as TextSource, down: streams[1] as Stream };
}

describe('HttpConnection', () => {
  it('tells the replies which request they answer', async () => {
    const { http } = connection(
      'HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    );
    await http.update(false);
    assert.deepEqual(
      http.responses.map(({ body, complete }) => [body.length, complete]),
      [
        [0, true],
        [2, true],
      ],
    );
    assert.equal(http.used, true);
  });

  it('holds interim replies until a final one comes', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\n\r\n';
    const waiting = connection('GET / HTTP/1.1\r\n\r\n', hints);
    await waiting.http.update(false);
    assert.deepEqual(waiting.http.interim, [{ status: 103, reason: 'Early Hints' }]);
    const answered = connection('GET / HTTP/1.1\r\n\r\n', `${hints}HTTP/1.1 204 No Content\r\n\r\n`);
    await answered.http.update(false);
    assert.deepEqual(answered.http.interim, []);
  });

  it('reads on after an upgrade that was refused, and not after one that was granted', async () => {
    const upgrade = 'GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
    const refused = connection(`${upgrade}GET /2 HTTP/1.1\r\n\r\n`, 'HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n');
    await refused.http.update(false);
    assert.equal(refused.http.requests.length, 2);
    const granted = connection(`${upgrade}GET /2 HTTP/1.1\r\n\r\n`, 'HTTP/1.1 101 Yes\r\n\r\n');
    await granted.http.update(false);
    assert.equal(granted.http.requests.length, 1);
  });

  it('ends a body without length with the end of the stream', async () => {
    const { http, down } = connection('GET / HTTP/1.0\r\n\r\n', 'HTTP/1.0 200 OK\r\n\r\nbody');
    await http.update(false);
    assert.equal(http.responses[0]?.complete, false);
    const end = operation({ range: new ByteRange(23, 23), direction: 'down', handed: 10 });
    (down.operations as unknown[]).push(end);
    await http.update(false);
    assert.equal(http.responses[0]?.complete, true);
  });

  it('ends a body inside TLS with the end of the connection beneath', async () => {
    const down = 'HTTP/1.0 200 OK\r\n\r\nbody';
    const layers = (ended: boolean) => [
      stream([operation({ range: new ByteRange(0, down.length), direction: 'down', layer: 'tls' })], {
        direction: 'down',
        layer: 'tls',
        bytes: new TextSource(down),
      }),
      stream(ended ? [operation({ range: new ByteRange(90, 90), direction: 'down', handed: 10 })] : [], {
        direction: 'down',
      }),
    ];
    for (const ended of [false, true]) {
      const http = new HttpConnection({ streams: layers(ended) } as unknown as Socket, 'tls');
      await http.update(false);
      assert.equal(http.responses[0]?.complete, ended);
    }
  });

  it('has a request of which the head was cut when all is over', async () => {
    const { http } = connection('GET / HTTP/1.1\r\nHost: x', '');
    await http.update(false);
    assert.equal(http.requests.length, 0);
    await http.update(true);
    assert.deepEqual(
      http.requests.map(({ complete, problem }) => [complete, problem]),
      [[false, 'the stream ends within the head']],
    );
  });
});
