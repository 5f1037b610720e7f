import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { Connection } from '../../../../src/adapter/proxy/connection';
import { encodeMessage } from '../../../../src/adapter/proxy/framing';
import { event, type Message } from '../../../../src/adapter/proxy/message';
import { line } from '../support';

function listener() {
  const seen: { messages: Message[]; malformed: string[]; closed: string[] } = {
    messages: [],
    malformed: [],
    closed: [],
  };
  return {
    seen,
    onMessage: (message: Message) => seen.messages.push(message),
    onMalformed: (problem: string) => seen.malformed.push(problem),
    onClosed: (reason: string) => seen.closed.push(reason),
  };
}

describe('a connection', () => {
  it('numbers what it sends', async () => {
    const { connection, peer } = line();
    connection.start(listener());
    connection.send(event('first'));
    connection.send(event('second'));
    await peer.event('second');
    assert.deepEqual(
      peer.timeline.map(({ seq, event: name }) => [seq, name]),
      [
        [1, 'first'],
        [2, 'second'],
      ],
    );
  });

  it('tells messages from what is none, and goes on', async () => {
    const { connection, input } = line();
    const heard = listener();
    connection.start(heard);
    input.write(encodeMessage({ seq: 1 }));
    input.write('Content-Length: 1\r\n\r\n{');
    input.end(encodeMessage({ seq: 2, type: 'event', event: 'x' }));
    await once(input, 'end');
    assert.equal(heard.seen.malformed.length, 2);
    assert.deepEqual(heard.seen.messages, [{ seq: 2, type: 'event', event: 'x' }]);
    assert.deepEqual(heard.seen.closed, ['the stream ended']);
  });

  it('ends when it cannot be followed any more, and tells why', async () => {
    const { connection, input } = line();
    const heard = listener();
    connection.start(heard);
    input.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    input.write(encodeMessage({ seq: 2, type: 'event', event: 'x' }));
    input.end();
    await once(input, 'end');
    assert.match(heard.seen.malformed[0] ?? '', /without a colon/);
    assert.match(heard.seen.closed[0] ?? '', /^malformed input/);
    assert.deepEqual(heard.seen.messages, []);
    assert.equal(connection.isClosed, true);
  });

  it('tells of an end within a message', async () => {
    const { connection, input } = line();
    const heard = listener();
    connection.start(heard);
    input.end('Content-Length: 10\r\n\r\n{');
    await once(input, 'end');
    assert.deepEqual(heard.seen.closed, ['the stream ended in a message']);
  });

  it('drops what is sent after its end, and ends once', () => {
    const { connection, output } = line();
    const heard = listener();
    connection.start(heard);
    connection.close('enough');
    connection.close('again');
    connection.send(event('late'));
    assert.deepEqual(heard.seen.closed, ['enough']);
    assert.equal(output.writableEnded, true);
  });

  it('does not read a source faster than its own peer takes it', async () => {
    // a peer that takes nothing until it is told to
    let take: () => void = () => undefined;
    const slow = new Duplex({
      writableHighWaterMark: 64,
      read: () => undefined,
      write: (_chunk, _encoding, done) => {
        take = done;
      },
    });
    const to = new Connection(slow, slow);
    const source = line();
    to.throttle(source.connection);
    source.connection.start({ ...listener(), onMessage: (message) => to.send(message) });
    to.start(listener());
    const message = encodeMessage({ seq: 1, type: 'event', event: 'x'.repeat(100) });
    const paused = once(source.input, 'pause');
    source.input.write(message);
    await paused;
    assert.equal(source.input.isPaused(), true);
    const resumed = once(source.input, 'resume');
    take();
    await resumed;
    assert.equal(source.input.isPaused(), false);
  });
});
