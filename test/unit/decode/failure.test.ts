import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import {
  brokenCarrier,
  brokenOperation,
  failureByEnd,
  failureByPatience,
  failureOf,
  peerEndOf,
  rootOf,
  timeoutIn,
} from '../../../src/decode/failure';
import type { ErrorChain, IoOperation, Socket } from '../../../src/wire/model';
import { operation, stream } from '../../support/bytes';
import { errorInfo, exchange } from '../../support/exchanges';

const error = (type: string, errnoName: string | null = null) =>
  [{ type, bases: [], errnoName }] as unknown as ErrorChain;
const up = (at: number, fields: Partial<IoOperation> = {}) => operation({ range: new ByteRange(0, 10), at, ...fields });
const down = (at: number, size: number, fields: Partial<IoOperation> = {}) =>
  operation({ range: new ByteRange(0, size), at, direction: 'down', handed: 100, ...fields });
const socket = (state: string | null, closed = true) =>
  ({ counters: state ? [{ moment: 'closing', state }] : [], close: closed ? {} : null }) as unknown as Socket;
const frames = () => [{ file: 'f', line: 1, function: 'g' }];

describe('what broke an exchange', () => {
  it('is the first operation that failed', () => {
    const sent = up(10, { error: error('BrokenPipeError') });
    const read = down(20, 0, { error: error('ConnectionResetError'), result: null });
    assert.equal(brokenOperation([read, sent]), sent);
    assert.deepEqual(
      [failureOf(sent, frames).phase, failureOf(read, frames).phase, failureOf(sent, frames).operation],
      ['send', 'receive', 'sendall'],
    );
  });

  it('is no timeout after which more was received', () => {
    const timeout = down(10, 0, { error: error('TimeoutError'), result: null });
    assert.equal(brokenOperation([timeout, down(20, 5)]), null);
    assert.equal(brokenOperation([timeout, down(20, 5, { lastWords: true })]), timeout);
    assert.equal(brokenOperation([timeout, up(20)]), timeout);
  });

  it('is found among very many that were made good', () => {
    const many = Array.from({ length: 100_000 }, (_, index) =>
      down(2 * index, 0, { error: error('TimeoutError'), result: null }),
    );
    const last = down(200_002, 0, { error: error('TimeoutError'), result: null });
    assert.equal(brokenOperation([...many, down(200_001, 5), last]), last);
  });

  it('is neither "would block" nor what the probe read by itself', () => {
    assert.equal(brokenOperation([up(1, { error: error('BlockingIOError') }), up(2)]), null);
    assert.equal(brokenOperation([down(1, 0, { error: error('OSError'), lastWords: true })]), null);
  });

  it('is, for TLS done in memory, what failed on the socket while the exchange lasted', () => {
    const sent = up(50, { error: error('BrokenPipeError') });
    const streams = [stream([up(10), sent]), stream([up(20, { layer: 'tls' })], { layer: 'tls' })];
    const carrying = (tls: object | null) => ({ tls, streams }) as unknown as Socket;
    const inMemory = carrying({ at: 5, dataOffset: 0 });
    assert.equal(brokenCarrier(inMemory, 20, Number.POSITIVE_INFINITY), sent);
    assert.equal(brokenCarrier(inMemory, 20, 50), null, 'the next exchange had begun');
    assert.equal(brokenCarrier(inMemory, 51, 99), null, 'it was before');
    assert.equal(brokenCarrier(carrying({ at: 60, dataOffset: 0 }), 0, 99), null, 'before TLS');
    assert.equal(brokenCarrier(carrying({ at: 5, dataOffset: null }), 0, 99), null, 'TLS on the socket itself');
    assert.equal(brokenCarrier(carrying(null), 0, 99), null);
  });

  it('is what the library raised when the stream just ended', () => {
    const raised = error('RemoteDisconnected');
    const found = failureByEnd(raised, [up(1), down(5, 0)], frames);
    assert.deepEqual(
      [found?.phase, found?.operation, found?.at, found?.error[0].type],
      ['receive', 'recv_into', 5, 'RemoteDisconnected'],
    );
    assert.equal(failureByEnd(raised, [up(1)], frames)?.phase, 'other');
    assert.equal(failureByEnd(raised, [], frames), null);
  });
});

describe('the root of what was raised', () => {
  const chain = (...links: [type: string, relation: string | null, of: number | null][]) =>
    links.map(([type, relation, of]) => ({ type, relation, of })) as unknown as ErrorChain;
  const root = (...links: Parameters<typeof chain>) =>
    rootOf(chain(...links)).map(({ type, relation }) => [type, relation]);

  it('lies under the wrappers', () => {
    assert.deepEqual(
      root(['ConnectionError', null, null], ['ProtocolError', 'reason', 0], ['RemoteDisconnected', 'reason', 1]),
      [['RemoteDisconnected', null]],
    );
    assert.deepEqual(root(['RemoteDisconnected', null, null]), [['RemoteDisconnected', null]]);
  });

  it('is rather what an exception names than what was being handled', () => {
    assert.deepEqual(root(['A', null, null], ['Handled', 'context', 0], ['Cause', 'cause', 0]), [['Cause', null]]);
    assert.deepEqual(root(['A', null, null], ['Handled', 'context', 0]), [['Handled', null]]);
  });

  it('is found in a chain that makes no sense', () => {
    assert.deepEqual(root(['A', 'cause', 1], ['B', 'cause', 0]), [['B', null]]);
    assert.deepEqual(root(['A', null, null], ['B', 'cause', 7]), [['A', null]]);
  });
});

describe('how the peer ended', () => {
  it('is told by errors and by the state of the connection', () => {
    const cases: [string, string, Socket, IoOperation[]][] = [
      ['reset', 'a reset', socket(null), [down(1, 0, { error: error('ConnectionResetError', 'ECONNRESET') })]],
      ['reset', 'a broken pipe', socket('CLOSE_WAIT'), [up(1, { error: error('BrokenPipeError', 'EPIPE') })]],
      ['reset', 'an error in TLS on a closed connection', socket('CLOSE'), [up(1, { error: error('SSLEOFError') })]],
      ['fin', 'an end of stream', socket(null), [down(1, 0)]],
      ['fin', 'the state after the peer closed', socket('CLOSE_WAIT'), [down(1, 5)]],
      ['open', 'our own close', socket('ESTABLISHED'), [down(1, 5)]],
      ['open', 'a connection in use', socket(null, false), [up(1)]],
      ['unknown', 'nothing', socket(null), [up(1)]],
      ['unknown', 'an error in TLS, state unknown', socket(null), [up(1, { error: error('SSLEOFError') })]],
    ];
    for (const [expected, what, one, operations] of cases) assert.equal(peerEndOf(one, operations), expected, what);
  });

  it('is the patience of a coroutine, by what was going on when it ended', () => {
    const raised = ['ReadTimeout', 'TimeoutError', 'CancelledError'].map((type, of) => ({
      ...errorInfo(type, { bases: [] }),
      of: of - 1,
      relation: 'cause',
    })) as unknown as ErrorChain;
    const count = (value: number | null) => ({ value, derived: false, atLeast: false });
    const of = (operations: IoOperation[], changes: object = {}, greeting = false) => {
      const plain = exchange({ beganAt: 5, connects: [], ...changes });
      return failureByPatience({ exchange: plain, operations, greeting, chains: [], over: true }, raised, 2000, frames);
    };
    const waits = of([up(10), down(40, 5), down(60, 0)]);
    assert.deepEqual(
      [waits?.phase, waits?.operation, waits?.at, waits?.duration, waits?.error[0].type],
      ['receive', 'recv', 50, 1950, 'TimeoutError'],
    );
    const bytes = { handed: count(100), accepted: count(60), acknowledged: count(0) };
    assert.equal(of([up(10)], { bytes })?.phase, 'send');
    assert.equal(of([up(10)], {}, true)?.phase, 'tls');
    assert.equal(of([])?.phase, 'tls', 'connected, and nothing sent');
    const other = { ...exchange(), chains: [] };
    const draft = { exchange: other, operations: [up(10)], greeting: false, chains: [], over: true };
    assert.equal(failureByPatience(draft, error('CancelledError'), 2000, frames), null);
    assert.equal(timeoutIn(error('CancelledError')), null);
  });
});
