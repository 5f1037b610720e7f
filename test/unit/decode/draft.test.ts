import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { RecentLog } from '../../../src/base/recentLog';
import { type Draft, finish, isFinal, LastInScope } from '../../../src/decode/draft';
import type { Exchange } from '../../../src/decode/exchange';
import { LAG_NS, RaisedElsewhere } from '../../../src/decode/raisedElsewhere';
import type { ErrorChain, Raised, Scope } from '../../../src/wire/model';
import type { ProcessModel } from '../../../src/wire/processModel';
import { operation } from '../../support/bytes';

const error = (type: string) => [{ type, bases: [] }] as unknown as ErrorChain;
const scope = (id: number, fields: Partial<Scope> = {}) => ({ id, duration: 1, error: null, ...fields }) as Scope;
function draft(
  id: string,
  beganAt: number,
  chain: Scope[],
  fields: Omit<Partial<Draft>, 'exchange'> & { exchange?: Partial<Exchange> } = {},
): Draft {
  const exchange = {
    id,
    beganAt,
    connects: [],
    tls: null,
    response: null,
    failure: null,
    endedAt: null,
    raised: null,
    followed: false,
    ...fields.exchange,
  };
  return {
    chains: [chain],
    operations: [],
    over: true,
    greeting: false,
    ...fields,
    exchange: exchange as unknown as Exchange,
  };
}
const process = { frames: () => [], ended: false, lastAt: 0 } as unknown as ProcessModel;
const elsewhere = new RaisedElsewhere({ raised: new RecentLog<Raised>(1) });

describe('the end of an exchange', () => {
  it('takes what was raised from calls in which it was the last', () => {
    const [inner1, inner2] = [scope(2, { error: error('Reset') }), scope(3, { error: error('Reset') })];
    const outer = scope(1, { error: error('MaxRetries') });
    const [first, second] = [draft('a', 10, [inner1, outer]), draft('b', 20, [inner2, outer])];
    const last = new LastInScope();
    for (const one of [first, second]) last.note(one);
    assert.deepEqual(
      [first, second].map((one) => finish(one, last, process, elsewhere).raised?.[0].type),
      ['Reset', 'MaxRetries'],
    );
    last.note(first); // noted again, as happens with every update
    assert.equal(finish(second, last, process, elsewhere).raised?.[0].type, 'MaxRetries');
  });

  it('knows which exchange its library went on from', () => {
    const outer = scope(1);
    const drafts = [draft('a', 10, [scope(2), outer]), draft('b', 20, [scope(3), outer]), draft('c', 30, [scope(4)])];
    const last = new LastInScope();
    for (const one of drafts) last.note(one);
    assert.deepEqual(
      drafts.map((one) => finish(one, last, process, elsewhere).followed),
      [true, false, false],
    );
  });

  it('makes a failure of an exception that no operation had', () => {
    const eof = operation({ range: new ByteRange(0, 0), direction: 'down', handed: 10, at: 50 });
    const one = draft('a', 10, [scope(1, { error: error('RemoteDisconnected') })], { operations: [eof] });
    const last = new LastInScope();
    last.note(one);
    const done = finish(one, last, process, elsewhere);
    assert.deepEqual([done.failure?.phase, done.endedAt], ['receive', 60]);
  });

  it('makes a failure of a connect that never came about', () => {
    const connect = { result: 'in-progress', at: 5, duration: 1, stack: [] };
    const one = draft('a', 10, [scope(1, { error: error('TimeoutError') })], {
      exchange: { connects: [connect] as never },
    });
    const last = new LastInScope();
    last.note(one);
    assert.equal(finish(one, last, process, elsewhere).failure?.phase, 'connect');
  });

  it('makes no failure of an error reply', () => {
    const one = draft('a', 10, [scope(1, { error: error('HTTPError') })], {
      exchange: { response: { complete: true } as never },
    });
    const last = new LastInScope();
    last.note(one);
    assert.deepEqual(
      [finish(one, last, process, elsewhere).failure, finish(one, last, process, elsewhere).raised?.[0].type],
      [null, 'HTTPError'],
    );
  });

  it('is final when the connection is over and every call has come back', () => {
    assert.equal(isFinal(draft('a', 1, [scope(1)]), process), true);
    assert.equal(isFinal(draft('a', 1, [scope(1, { duration: null })]), process), false);
    assert.equal(isFinal(draft('a', 1, [scope(1)], { over: false }), process), false);
  });

  it('waits for what a coroutine may still raise after the end of its connection', () => {
    const closed = draft('a', 1, [], { chains: [], exchange: { socket: { close: { at: 100 } } as never } });
    assert.equal(isFinal(closed, { ended: false, lastAt: 200 }), false);
    assert.equal(isFinal(closed, { ended: false, lastAt: 100 + LAG_NS }), true);
    assert.equal(isFinal(closed, { ended: true, lastAt: 200 }), true);
  });
});
