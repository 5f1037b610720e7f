import assert from 'node:assert/strict';
import { type Attempt, Attempts, firstSocket } from '../../../src/decode/attempts';
import type { Connect } from '../../../src/wire/model';
import type { Tried } from '../../../src/wire/processModel';

let clock = 0;
let ids = 0;
const connect = (address: string, fields: Partial<Connect> = {}): Connect => {
  clock += 10;
  const defaults = { at: clock, thread: 1, scope: 0, port: 80, host: 'h', result: 'failed', error: null, address };
  return { ...defaults, ...fields } as Connect;
};
const socket = (...connects: Connect[]) => {
  ids += 1;
  return { id: ids, accepted: false, type: 'SOCK_STREAM', connects, streams: [] };
};
/** What the model tells of these sockets, in the order of time. */
const tried = (sockets: ReturnType<typeof socket>[], resolvedAt = -1): Tried[] =>
  sockets
    .flatMap((one) =>
      one.connects.map((made) => ({ socket: one, connect: made, resolvedAt, resolved: 0 }) as unknown as Tried),
    )
    .sort((a, b) => (a.connect?.at ?? 0) - (b.connect?.at ?? 0));

/** The attempts that stand in the end. */
function grouped(all: readonly Tried[]): Attempt[] {
  const attempts = new Attempts();
  const standing = new Set<Attempt>();
  for (const one of all) {
    const found = attempts.add(one);
    if (found?.instead) assert.ok(standing.delete(found.instead));
    if (found) standing.add(found.attempt);
  }
  return [...standing];
}
const told = (...sockets: ReturnType<typeof socket>[]) =>
  grouped(tried(sockets)).map(({ connects }) => connects.map(({ address }) => address));

describe('attempts to connect', () => {
  it('begin anew when a program has tried for long, and stay with a socket that is asked about again and again', () => {
    const refused = Array.from({ length: 200 }, () => socket(connect('127.0.0.1', { host: null })));
    assert.deepEqual(
      told(...refused).map(({ length }) => length),
      [64, 64, 64, 8],
    );
    const asked = Array.from({ length: 200 }, () => connect('a', { result: 'in-progress' }));
    const [attempt, ...others] = grouped(tried([socket(...asked, connect('a', { result: 'connected' }))]));
    assert.deepEqual([others.length, attempt?.connects.length], [0, 64]);
    assert.deepEqual([attempt?.connects[0], attempt?.connects.at(-1)?.result], [asked[0], 'connected']);
  });

  it('go together while address after address fails', () => {
    const sockets = [
      socket(connect('a')),
      socket(connect('b')),
      socket(connect('c', { result: 'connected' })),
      socket(connect('d')),
    ];
    assert.deepEqual(told(...sockets), [['a', 'b', 'c'], ['d']]);
    const [first] = grouped(tried(sockets));
    assert.ok(first);
    assert.deepEqual([firstSocket(first), first.socket.id], [sockets[0]?.id, sockets[2]?.id]);
    assert.deepEqual(
      first.sockets,
      sockets.slice(0, 3).map(({ id }) => id),
    );
  });

  it('are apart for another thread, call, host or port', () => {
    const apart = [['a'], ['b']];
    assert.deepEqual(told(socket(connect('a')), socket(connect('b', { thread: 2 }))), apart);
    assert.deepEqual(told(socket(connect('a', { scope: 1 })), socket(connect('b', { scope: 2 }))), apart);
    assert.deepEqual(told(socket(connect('a')), socket(connect('b', { host: 'other' }))), apart);
    assert.deepEqual(told(socket(connect('a')), socket(connect('b', { port: 81 }))), apart);
    assert.deepEqual(told(socket(connect('a', { host: null })), socket(connect('b', { host: null }))), apart);
  });

  it('are apart when their thread has resolved a name in between', () => {
    const [one, two] = [socket(connect('a')), socket(connect('b'))];
    const [first, second] = tried([one, two]) as [Tried, Tried];
    const between = ((first.connect?.at ?? 0) + (second.connect?.at ?? 0)) / 2;
    assert.equal(grouped([first, { ...second, resolvedAt: between }]).length, 2);
    assert.equal(grouped([first, { ...second, resolvedAt: (first.connect?.at ?? 0) - 1 }]).length, 1);
  });

  it('may interleave between threads', () => {
    const sockets = [
      socket(connect('a')),
      socket(connect('x', { thread: 2 })),
      socket(connect('b')),
      socket(connect('y', { thread: 2 })),
    ];
    assert.deepEqual(told(...sockets), [
      ['a', 'b'],
      ['x', 'y'],
    ]);
  });

  it('of one socket are one, as a connect without blocking is asked about again', () => {
    const asked = socket(connect('a', { result: 'in-progress' }), connect('a', { result: 'connected' }));
    assert.deepEqual(told(asked), [['a', 'a']]);
    assert.deepEqual(
      grouped(tried([asked])).map(({ sockets }) => sockets),
      [[asked.id]],
    );
  });

  it('leave out servers and datagrams, and have what was found open', () => {
    const open = {
      socket: { ...socket(), streams: [{}] },
      connect: null,
      resolvedAt: -1,
      resolved: 0,
    } as unknown as Tried;
    const others = tried([
      { ...socket(connect('a')), accepted: true },
      { ...socket(connect('b')), type: 'SOCK_DGRAM' },
    ]);
    assert.deepEqual(
      grouped([...others, open]).map(({ sockets, connects }) => [sockets, connects]),
      [[[open.socket.id], []]],
    );
  });

  it('are let go of when there are very many that failed', () => {
    const attempts = new Attempts();
    const add = (one: ReturnType<typeof socket>) => attempts.add(tried([one])[0] as Tried);
    add(socket(connect('a', { scope: 1 })));
    for (let scope = 2; scope < 3000; scope += 1) add(socket(connect('a', { scope })));
    assert.equal(add(socket(connect('b', { scope: 1 })))?.instead, null);
    assert.notEqual(add(socket(connect('b', { scope: 2999 })))?.instead, null);
  });
});
