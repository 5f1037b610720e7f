import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { RecentLog } from '../../../src/base/recentLog';
import type { Draft } from '../../../src/decode/draft';
import { LAG_NS, RaisedElsewhere } from '../../../src/decode/raisedElsewhere';
import type { ErrorChain, Raised } from '../../../src/wire/model';
import { operation } from '../../support/bytes';
import { errorInfo, exchange, socket } from '../../support/exchanges';

const URL = 'http://127.0.0.1:8080/upload?a=1';
const chain = (...types: string[]) => types.map((type) => errorInfo(type)) as unknown as ErrorChain;
const raised = (at: number, fields: Partial<Raised> = {}): Raised => ({
  at,
  chain: chain('ReadTimeout'),
  thread: 1,
  scope: 0,
  method: 'POST',
  url: URL,
  socket: 0,
  ...fields,
});

function book(...all: Raised[]): RaisedElsewhere {
  const log = new RecentLog<Raised>(1000);
  for (const one of all) log.add(one);
  return new RaisedElsewhere({ raised: log });
}

/** An exchange that was closed without a reply. */
function draft(
  id: string,
  { beganAt = 100, closedAt = 200, over = true, socketId = 7, url = URL, status = false } = {},
) {
  const plain = exchange();
  return {
    exchange: {
      ...plain,
      id,
      beganAt,
      host: '127.0.0.1',
      port: 8080,
      request: plain.request && { ...plain.request, method: 'POST', url },
      response: status ? plain.response : null,
      socket: socket({ id: socketId, close: { at: closedAt, how: 'close', scope: 0 } }),
    },
    chains: [],
    operations: [operation({ range: new ByteRange(0, 10), at: beganAt })],
    over,
    greeting: false,
  } satisfies Draft;
}

describe('what coroutines raise', () => {
  it('is found by the socket, and in the form in which it reached the program', () => {
    const inner = raised(190, { socket: 7, url: null, method: null, chain: chain('HttpProcessingError') });
    const outer = raised(195, { chain: chain('ClientResponseError', 'HttpProcessingError') });
    const another = raised(196, { chain: chain('ClientOSError') });
    assert.equal(book(inner, outer, another).of(draft('a')), outer);
    const late = { ...outer, at: 190 + LAG_NS };
    assert.equal(book(inner, late).of(draft('a')), inner);
  });

  it('is found by the request, for each exchange its own', () => {
    const [first, second] = [raised(210), raised(410)];
    const them = book(first, second);
    assert.equal(them.of(draft('a')), first);
    assert.equal(them.of(draft('b', { beganAt: 300, closedAt: 400, socketId: 8 })), second);
    assert.equal(them.of(draft('a')), first, 'asked again');
    assert.equal(them.of(draft('c', { beganAt: 150, socketId: 9 })), null, 'nobody is left for it');
  });

  it('is not guessed', () => {
    const nothing = (one: Raised, ...of: Parameters<typeof draft>) => assert.equal(book(one).of(draft(...of)), null);
    nothing(raised(210), 'open', { over: false });
    nothing(raised(210), 'answered', { status: true });
    nothing(raised(210), 'elsewhere', { url: 'http://127.0.0.1:8080/other' });
    nothing(raised(210, { url: 'http://127.0.0.1:81/upload' }), 'another port');
    nothing(raised(210, { url: null }), 'unnamed');
    nothing(raised(210, { method: 'GET' }), 'another method');
    nothing(raised(105), 'before it was sent');
    nothing(raised(210, { scope: 3 }), 'a call has its own end');
    nothing(raised(210, { chain: chain('PoolTimeout') }), 'never had a connection');
  });

  it('goes by the default port where the URL names none', () => {
    const one = draft('a', { url: 'https://example.org/x' });
    const asked = raised(210, { url: 'https://example.org/x' });
    const found = { ...one, exchange: { ...one.exchange, host: 'example.org', port: 443 } };
    assert.equal(book(asked).of(found), asked);
  });
});
