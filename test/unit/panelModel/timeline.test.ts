import assert from 'node:assert/strict';
import { useBundle } from '../../../src/base/l10n';
import { timelineOf } from '../../../src/panelModel/timeline';
import { Conversation, FLAG, OP } from '../../support/conversation';
import { ACCEPTED, ACKNOWLEDGED, BODY_SIZE, HEAD, usePanelCase } from '../../support/panelCase';

describe('the timeline', () => {
  const refused = usePanelCase();

  it('ends each curve at its count', () => {
    const timeline = timelineOf(refused.current.exchange, refused.current.masked.clock);
    assert.deepEqual(
      Object.fromEntries(timeline?.series.map(({ name, points }) => [name, points.at(-1)?.bytes]) ?? []),
      {
        handed: HEAD.length + BODY_SIZE,
        accepted: HEAD.length + ACCEPTED,
        acknowledged: HEAD.length + ACKNOWLEDGED,
      },
    );
  });

  it('marks the reply before the error before the close', () => {
    const marks = timelineOf(refused.current.exchange, refused.current.masked.clock)?.marks ?? [];
    assert.deepEqual(
      [...marks].sort((a, b) => a.at - b.at).map(({ kind }) => kind),
      ['reply', 'error', 'close'],
    );
  });

  it('speaks of the close in the language of the window', () => {
    const { exchange, masked } = refused.current;
    const text = (how: string) => {
      const socket = exchange.socket && { ...exchange.socket, close: { at: exchange.beganAt, how, scope: 0 } };
      return timelineOf({ ...exchange, socket }, masked.clock)?.marks.find(({ kind }) => kind === 'close')?.text;
    };
    try {
      useBundle({ close: 'ZU', detached: 'LOS' });
      assert.deepEqual(
        [text('close'), text('detach'), text('of another version')],
        ['ZU', 'LOS', 'of another version'],
      );
      assert.deepEqual([text('collected'), text('exit')], ['closed by the garbage collector', 'open until the end']);
    } finally {
      useBundle(undefined);
    }
  });

  it('never falls', () => {
    for (const { points } of timelineOf(refused.current.exchange, refused.current.masked.clock)?.series ?? []) {
      for (const [index, point] of points.entries()) assert.ok(point.bytes >= (points[index - 1]?.bytes ?? 0));
    }
  });

  it('keeps a bounded number of points, and the last one', async () => {
    const talk = new Conversation();
    try {
      talk.connect();
      talk.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      const size = 3000;
      talk.receive(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
      for (let index = 0; index < size; index += 1) talk.receive('x', { stack: index % 2 });
      talk.end();
      const exchange = await talk.exchange();
      const timeline = timelineOf(exchange, refused.current.masked.clock);
      const received = timeline?.series.find(({ name }) => name === 'received');
      assert.ok(received && received.points.length <= 700, `${received?.points.length} points`);
      assert.equal(received.points.at(-1)?.bytes, exchange.received);
    } finally {
      talk.folder.remove();
    }
  });

  it('has nothing to draw where no byte moved', async () => {
    const talk = new Conversation();
    try {
      talk.connect('127.0.0.1', 9, { result: 'failed', error: talk.error({ type: 'OSError' }) });
      talk.end();
      assert.equal(timelineOf(await talk.exchange(), refused.current.masked.clock), null);
    } finally {
      talk.folder.remove();
    }
  });

  describe('of one long send', () => {
    const HEADING = 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n';
    const MS = 1_000_000;

    /** Samples while it runs: accepted and acknowledged of the body, unread. */
    async function long(samples: readonly (readonly [number, number, number])[], layer: 0 | 1 = 0) {
      const talk = new Conversation();
      talk.connect();
      if (layer === 1) {
        talk.tls();
        talk.counters('handshake', { sent: 700, acked: 701, received: 2000 });
      }
      talk.send(HEADING);
      const at = talk.tick();
      const offset = HEADING.length;
      talk.io({ op: OP.sendall, handed: 900_000, result: -1, offset, at, flags: FLAG.begin, payload: 'x', layer });
      const before = layer === 1 ? 700 + HEADING.length + 22 : HEADING.length;
      for (const [index, [accepted, acked, unread]] of samples.entries()) {
        const info = { sent: before + accepted, acked: 1 + before + acked, received: unread };
        talk.counters('sampled', info, unread, at + (index + 1) * 100 * MS);
      }
      try {
        return timelineOf(await talk.exchange(), refused.current.masked.clock);
      } finally {
        talk.folder.remove();
      }
    }
    const rising = (timeline: Awaited<ReturnType<typeof long>>, wanted: string) =>
      timeline?.series.find(({ name }) => name === wanted)?.points.map(({ bytes }) => bytes - HEADING.length);

    it('follows the samples while the call has not come back', async () => {
      const timeline = await long([
        [100_000, 20_000, 0],
        [300_000, 200_000, 0],
        [500_000, 400_000, 60],
      ]);
      assert.deepEqual(rising(timeline, 'accepted')?.slice(1), [0, 100_000, 300_000, 500_000]);
      assert.deepEqual(rising(timeline, 'acknowledged')?.slice(1), [20_000, 200_000, 400_000]);
      assert.deepEqual(rising(timeline, 'handed')?.at(-1), 900_000);
      const received = timeline?.series.find(({ name }) => name === 'received')?.points;
      assert.deepEqual(
        received?.map(({ bytes }) => bytes),
        [0, 60],
      );
      const [mark] = timeline?.marks ?? [];
      assert.equal(mark?.kind, 'reply');
      assert.equal(mark?.text, '60 B unread');
      assert.equal(mark?.at, received?.at(-1)?.at);
    });

    it('counts plaintext where TLS is in between, and takes no ticket for a reply', async () => {
      const timeline = await long([[10 * (16_384 + 22), 16_406, 510]], 1);
      assert.deepEqual(rising(timeline, 'accepted')?.at(-1), 10 * 16_384);
      assert.deepEqual(timeline?.marks, []);
    });
  });
});
