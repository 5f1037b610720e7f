import assert from 'node:assert/strict';
import { failedResolves, groupAttempts, resolveOf } from '../../../src/decode/attempts';
import type { Connect, Resolve } from '../../../src/wire/model';
import type { ProcessModel } from '../../../src/wire/processModel';

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
const resolve = (fields: Partial<Resolve>): Resolve => {
  clock += 10;
  return {
    at: clock,
    thread: 1,
    scope: 0,
    function: 'getaddrinfo',
    host: 'h',
    addresses: [],
    error: null,
    ...fields,
  } as unknown as Resolve;
};
const model = (sockets: object[], resolves: Resolve[] = []) => ({ sockets, resolves }) as unknown as ProcessModel;
const told = (process: ProcessModel) =>
  groupAttempts(process).map(({ connects }) => connects.map(({ address }) => address));

describe('attempts to connect', () => {
  it('go together while address after address fails', () => {
    const sockets = [
      socket(connect('a')),
      socket(connect('b')),
      socket(connect('c', { result: 'connected' })),
      socket(connect('d')),
    ];
    const process = model(sockets);
    assert.deepEqual(told(process), [['a', 'b', 'c'], ['d']]);
    const [first] = groupAttempts(process);
    assert.deepEqual([first?.firstSocket, first?.socket.id], [sockets[0]?.id, sockets[2]?.id]);
  });

  it('are apart for another thread, call, host or port, and after another resolution', () => {
    assert.deepEqual(told(model([socket(connect('a')), socket(connect('b', { thread: 2 }))])), [['a'], ['b']]);
    assert.deepEqual(told(model([socket(connect('a', { scope: 1 })), socket(connect('b', { scope: 2 }))])), [
      ['a'],
      ['b'],
    ]);
    assert.deepEqual(told(model([socket(connect('a')), socket(connect('b', { host: 'other' }))])), [['a'], ['b']]);
    assert.deepEqual(told(model([socket(connect('a')), socket(connect('a', { port: 81 }))])), [['a'], ['a']]);
    assert.deepEqual(told(model([socket(connect('a', { host: null })), socket(connect('b', { host: null }))])), [
      ['a'],
      ['b'],
    ]);
    const [one, again, two] = [socket(connect('a')), resolve({}), socket(connect('b'))];
    assert.deepEqual(told(model([one, two], [again])), [['a'], ['b']]);
  });

  it('may interleave between threads', () => {
    const sockets = [
      socket(connect('a')),
      socket(connect('x', { thread: 2 })),
      socket(connect('b')),
      socket(connect('y', { thread: 2 })),
    ];
    assert.deepEqual(told(model(sockets)), [
      ['a', 'b'],
      ['x', 'y'],
    ]);
  });

  it('of one socket are one, as a connect without blocking is asked about again', () => {
    assert.deepEqual(
      told(model([socket(connect('a', { result: 'in-progress' }), connect('a', { result: 'connected' }))])),
      [['a', 'a']],
    );
  });

  it('leave out servers and datagrams, and have what was found open', () => {
    const open = { ...socket(), streams: [{}] };
    const process = model([
      { ...socket(connect('a')), accepted: true },
      { ...socket(connect('b')), type: 'SOCK_DGRAM' },
      socket(),
      open,
    ]);
    assert.deepEqual(
      groupAttempts(process).map(({ socket: one }) => one.id),
      [open.id],
    );
  });

  it('know the resolution that gave the address', () => {
    const addresses = [{ family: 'AF_INET', address: 'a', port: 80 }];
    const [other, right, made] = [resolve({ addresses, host: 'other' }), resolve({ addresses }), connect('a')];
    const late = resolve({ addresses });
    const process = model([], [other, right, late]);
    assert.equal(resolveOf(process, made), right);
    assert.equal(resolveOf(process, { ...made, host: null }), right);
    assert.equal(resolveOf(process, { ...made, address: 'z' }), null);
  });
});

describe('resolutions that failed', () => {
  const error = [{ type: 'gaierror' }] as unknown as Resolve['error'];
  it('count when they keep the program from a server, and are not made good', () => {
    const mended = [resolve({ error, scope: 5 }), resolve({ scope: 5 })];
    const others = [resolve({ error, function: 'gethostbyaddr' }), resolve({ error, host: 'gone' }), resolve({})];
    assert.deepEqual(
      failedResolves(model([], [...mended, ...others])).map(({ index }) => index),
      [3],
    );
  });
});
