import assert from 'node:assert/strict';
import { timelineOf } from '../../../src/panelModel/timeline';
import { Conversation } from '../../support/conversation';
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
});
