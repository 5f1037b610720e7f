import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { MessageStream } from '../../../src/decode/messageStream';
import { TextSource } from '../../support/bytes';

const HEAD = 'PUT / HTTP/1.1\r\nContent-Length: 200000\r\n\r\n';

describe('MessageStream', () => {
  it('lists messages as the stream grows', async () => {
    const source = new TextSource(HEAD.slice(0, 20));
    const stream = new MessageStream('request');
    await stream.update(source);
    assert.equal(stream.messages.length, 0);
    source.text = HEAD + 'x'.repeat(1000);
    await stream.update(source);
    const [message] = stream.messages;
    assert.deepEqual([message?.complete, String(message?.body)], [false, `[${HEAD.length}, ${HEAD.length + 1000})`]);
    source.text = `${HEAD}${'x'.repeat(200_000)}GET / HTTP/1.1\r\n\r\n`;
    await stream.update(source);
    assert.equal(message?.complete, true);
    assert.equal(stream.messages.length, 2);
  });

  it('passes over a body that is not stored', async () => {
    const next = HEAD.length + 200_000;
    const text = `${HEAD}${'x'.repeat(200_000)}GET /next HTTP/1.1\r\n\r\n`;
    const source = new TextSource(text, [new ByteRange(0, HEAD.length + 10), new ByteRange(next, text.length)]);
    const stream = new MessageStream('request');
    await stream.update(source);
    assert.deepEqual(
      stream.messages.map(({ head }) => head.request?.target),
      ['/', '/next'],
    );
  });

  it('gives up where a head is not stored', async () => {
    const stream = new MessageStream('request');
    await stream.update(new TextSource(HEAD, [new ByteRange(0, 10)]));
    assert.match(stream.problem?.message ?? '', /not stored/);
    assert.deepEqual(stream.messages, []);
  });

  it('hangs interim responses on the final one', async () => {
    const stream = new MessageStream('response');
    await stream.update(
      new TextSource('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
    );
    assert.deepEqual(
      stream.messages.map(({ interim, complete }) => [interim, complete]),
      [
        [
          [
            { status: 100, reason: 'Continue' },
            { status: 102, reason: 'P' },
          ],
          true,
        ],
      ],
    );
  });

  it('counts what it cannot decode to the message that it came in', async () => {
    const source = new TextSource('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nraw');
    const stream = new MessageStream('response');
    await stream.update(source);
    source.text += ' and more';
    await stream.update(source);
    const [message] = stream.messages;
    assert.match(message?.problem ?? '', /chunk size/);
    assert.deepEqual([String(message?.body), message?.complete], ['[47, 63)', false]);
  });

  it('ends with the stream', async () => {
    const source = new TextSource('HTTP/1.0 200 OK\r\n\r\nbody');
    const [orderly, broken] = [new MessageStream('response'), new MessageStream('response')];
    for (const stream of [orderly, broken]) await stream.update(source);
    orderly.finish(23, true);
    broken.finish(23, false);
    assert.deepEqual(
      [orderly, broken].map(({ messages }) => messages[0]?.complete),
      [true, false],
    );
    const cut = new MessageStream('request');
    await cut.update(new TextSource('GET / HTTP/1.1\r\nHost: h'));
    cut.finish(23, false);
    assert.deepEqual([cut.messages[0]?.head.request?.target, cut.messages[0]?.complete], ['/', false]);
  });
});
