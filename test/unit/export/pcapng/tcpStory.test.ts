import assert from 'node:assert/strict';
import { placesOf, tcpStory } from '../../../../src/export/pcapng/tcpStory';
import { Conversation, ERRORS } from '../../../support/conversation';
import { ACCEPTED, HEAD, usePanelCase } from '../../../support/panelCase';

describe('the story of a connection', () => {
  const refused = usePanelCase();
  const told = () => {
    const { exchange, capture } = refused.current;
    assert.ok(exchange.socket);
    return tcpStory(exchange.socket, (id) => capture.processOf(exchange).frames(id));
  };

  it('has the bytes that the kernel took, the reply before the reset, and nothing after it', () => {
    const story = told();
    assert.deepEqual(
      story.map(({ kind, direction }) => `${kind} ${direction}`),
      ['syn up', 'syn-ack down', 'ack up', 'data up', 'data up', 'ack down', 'data down', 'rst down'],
    );
    const sent = story.filter(({ kind, direction }) => kind === 'data' && direction === 'up').at(-1);
    assert.deepEqual([sent?.data?.range.start, sent?.data?.range.end], [HEAD.length, HEAD.length + ACCEPTED]);
  });

  it('names calls, lines, errors and what is missing', () => {
    const comments = told().flatMap((event) => event.comments);
    for (const wanted of [
      /^connect to example\.org/,
      /^sendall, 300,000 B handed over by \/home\/user\/upload\.py:14 upload, through .*client\.py:998 HTTPConnection\.send$/,
      /^BrokenPipeError\(32\) in sendall$/,
      /^180,000 B of what was handed over are not in this file: never accepted by the kernel\.$/,
      /^Never read by the program/,
      /acknowledged by the peer, by the kernel's counters/,
    ]) {
      assert.ok(
        comments.some((comment) => wanted.test(comment)),
        `${wanted} in\n${comments.join('\n')}`,
      );
    }
  });

  it('ends a refused connection with a reset, and one in order with FINs', async () => {
    const talk = new Conversation();
    const error = talk.error(ERRORS.refused);
    talk.connect('127.0.0.1', 80, { result: 'failed', error });
    talk.close();
    talk.end();
    const refusedSocket = (await talk.exchange()).socket;
    assert.deepEqual(refusedSocket && tcpStory(refusedSocket, () => []).map(({ kind }) => kind), ['syn', 'rst']);

    const orderly = new Conversation();
    orderly.connect();
    orderly.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    orderly.receive('HTTP/1.1 204 No Content\r\n\r\n');
    orderly.receive('');
    orderly.close();
    orderly.end();
    const { socket } = await orderly.exchange();
    assert.deepEqual(
      socket &&
        tcpStory(socket, () => [])
          .map(({ kind, direction }) => `${kind} ${direction}`)
          .slice(3),
      ['data up', 'data down', 'fin down', 'fin up'],
    );
  });

  it('says of a stack whose line it is', () => {
    assert.equal(placesOf([]), '');
    assert.equal(placesOf([{ file: '/home/a.py', line: 3, function: 'f' }]), ' by /home/a.py:3 f');
  });
});
