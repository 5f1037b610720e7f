import assert from 'node:assert/strict';
import { Conversation, ERRORS, FLAG, OP } from '../../support/conversation';

const HEAD = 'POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n';
const SIZE = 1_000_000;
const REPLY = 'HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nmore';
const MS = 1_000_000;

/** An upload in one call that lasts a second; the counters of each moment are written where the probe would. */
async function upload(
  layer: 0 | 1,
  received: readonly number[],
  after: { readonly read: 'last words' | 'program'; readonly received: number },
) {
  const talk = new Conversation();
  try {
    talk.connect();
    if (layer === 1) {
      talk.tls();
      talk.counters('handshake', { sent: 600, acked: 601, received: 1500 });
    }
    const sent = 600 * layer;
    talk.send(HEAD);
    const begin = talk.tick();
    const offset = HEAD.length;
    talk.io({ op: OP.sendall, handed: SIZE, result: -1, offset, at: begin, flags: FLAG.begin, payload: 'x', layer });
    for (const [index, count] of received.entries()) {
      const info = { sent: sent + 200_000, acked: 1 + sent + HEAD.length + 50_000 * (index + 1), received: count };
      talk.counters('sampled', { ...info, lastDataReceived: 40 }, count, begin + (index + 1) * 100 * MS);
    }
    const end = begin + 1000 * MS;
    const broken = after.read === 'last words';
    const error = broken ? talk.error({ ...ERRORS.pipe, args: ['32', "'Broken pipe'"] }) : 0;
    const result = broken ? -1 : SIZE;
    talk.io({ op: OP.sendall, handed: SIZE, result, offset, at: begin, duration: end - begin, error, layer });
    if (broken) talk.counters('failed', { sent: 900_000, acked: 300_000, received: after.received }, 9, end + MS);
    const flags = broken ? FLAG.lastWords | (layer === 0 ? FLAG.peek : 0) : 0;
    talk.receive(REPLY, { at: end + 2 * MS, flags, layer });
    if (!broken) talk.counters('reply', { sent: 900_000, acked: 300_000, received: after.received }, -1, end + 3 * MS);
    talk.close();
    talk.end();
    const { response } = await talk.exchange();
    return { response, begin, end };
  } finally {
    talk.folder.remove();
  }
}

describe('when a reply arrived during a long send', () => {
  it('is told by the samples on a plain connection', async () => {
    const { response, begin, end } = await upload(0, [0, 0, REPLY.length, REPLY.length], {
      read: 'last words',
      received: REPLY.length,
    });
    assert.equal(response?.arrival?.at, begin + 260 * MS, '40 ms before the third sample');
    assert.equal(response?.arrival?.acknowledged.value, HEAD.length + 150_000);
    assert.equal(response?.arrivedBeforeFailure, end - (begin + 260 * MS));
    assert.equal(response?.early, true);
  });

  it('makes a reply early that the program has read only after the send', async () => {
    const { response } = await upload(0, [0, REPLY.length], { read: 'program', received: REPLY.length });
    assert.equal(response?.early, true);
    assert.equal(response?.readByProgram, true);
    const late = await upload(0, [0, 0], { read: 'program', received: REPLY.length });
    assert.equal(late.response?.arrival, null);
    assert.equal(late.response?.early, false);
  });

  it('is not before the sample that had none', async () => {
    const { response, begin } = await upload(0, [0, REPLY.length], { read: 'program', received: REPLY.length });
    assert.ok((response?.arrival?.at ?? 0) >= begin + 100 * MS);
  });

  it('takes no session ticket for a reply', async () => {
    const tickets = 1500 + 510;
    const whole = tickets + 22 + REPLY.length + 24;
    const { response, begin } = await upload(1, [1500, tickets, tickets, whole, whole], {
      read: 'last words',
      received: whole,
    });
    assert.equal(response?.arrival?.at, begin + 360 * MS);
    const late = await upload(1, [1500, tickets, tickets], { read: 'last words', received: whole });
    assert.equal(late.response?.arrival, null);
  });
});
