import assert from 'node:assert/strict';
import type { Counters } from '../../../src/wire/model';
import { SocketModel } from '../../../src/wire/socketModel';

const model = () => new SocketModel(1, 0, 'AF_INET', 'SOCK_STREAM', 3, 'created', false, async () => new Uint8Array(0));
const counters = (at: number, moment: Counters['moment']): Counters => ({
  at,
  moment,
  state: 'ESTABLISHED',
  accepted: at,
  acknowledged: at,
  received: 0,
  unread: null,
  retransmits: 0,
  rttMicroseconds: 1,
  lastDataReceivedMs: 0,
});

describe('SocketModel', () => {
  it('has a stream for each direction and layer that was used', () => {
    const socket = model();
    const io = {
      socket: 1,
      thread: 1,
      stack: 0,
      scope: 0,
      error: 0,
      flags: 0,
      duration: 0,
      offset: 0,
      payload: 0,
      payloadAt: 0,
    };
    socket.addIo({ ...io, op: 2, layer: 0, handed: 5, result: 5 }, 1, null);
    socket.addIo({ ...io, op: 23, layer: 1, handed: 9, result: 7 }, 2, null);
    socket.addIo({ ...io, op: 2, layer: 0, handed: 5, result: 5, offset: 5 }, 3, null);
    assert.deepEqual(
      socket.streams.map(({ direction, layer, bytes }) => [direction, layer, bytes.length]),
      [
        ['up', 'wire', 10],
        ['down', 'tls', 7],
      ],
    );
    assert.equal(socket.stream('down', 'wire'), null);
  });

  it('keeps what was said at the latest replies, and of the earlier ones some', () => {
    const socket = model();
    socket.addCounters(counters(0, 'connected'));
    for (let at = 1; at <= 50_000; at += 1) socket.addCounters(counters(at, 'reply'));
    assert.ok(socket.counters.length <= 2100, `${socket.counters.length} counters`);
    assert.equal(socket.counters[0]?.moment, 'connected');
    assert.deepEqual(
      socket.counters.slice(-1000).map(({ at }) => at),
      Array.from({ length: 1000 }, (_, index) => 49_001 + index),
    );
    assert.equal(socket.counters[1]?.at, 1, 'the first one');
  });

  it('hears the same words again and again as once', () => {
    const socket = model();
    const words = { moment: 'failed', outcome: 'nothing-unread', reason: null, bytes: 0, alert: null } as const;
    for (let at = 1; at <= 1000; at += 1) socket.addLastWords({ ...words, at });
    socket.addLastWords({ ...words, at: 1001, outcome: 'recovered', bytes: 9 });
    assert.deepEqual(
      socket.lastWords.map(({ at, outcome }) => [at, outcome]),
      [
        [1000, 'nothing-unread'],
        [1001, 'recovered'],
      ],
    );
  });

  it('thins out samples and nothing else', () => {
    const socket = model();
    socket.addCounters(counters(0, 'connected'));
    for (let at = 1; at <= 100_000; at += 1) socket.addCounters(counters(at, 'sampled'));
    socket.addCounters(counters(100_001, 'failed'));
    assert.ok(socket.counters.length <= 600, `${socket.counters.length} counters`);
    assert.deepEqual([socket.counters[0]?.moment, socket.counters.at(-1)?.moment], ['connected', 'failed']);
    const times = socket.counters.map(({ at }) => at);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  });
});
