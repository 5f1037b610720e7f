import assert from 'node:assert/strict';
import { IoFlag, type IoRecord } from '../../../src/wire/format';
import type { ErrorChain } from '../../../src/wire/model';
import { isEndOfStream, Operation } from '../../../src/wire/operation';

const base: IoRecord = {
  socket: 1,
  thread: 1,
  stack: 1,
  scope: 1,
  error: 0,
  op: 2,
  layer: 1,
  flags: 0,
  duration: 100,
  handed: 20_000,
  result: 20_000,
  offset: 50,
  payload: 0,
  payloadAt: 0,
};
const failure = [{ type: 'BrokenPipeError' }] as unknown as ErrorChain;

function ended(fields: Partial<IoRecord> = {}, at = 1000, error: ErrorChain | null = null): Operation {
  const operation = new Operation({ ...base, ...fields }, at);
  operation.end({ ...base, ...fields }, at, error);
  return operation;
}

describe('the end of a stream', () => {
  it('is a receive that asked for something and was given nothing', () => {
    const received = { op: 17, handed: 10, result: 0 };
    assert.deepEqual(
      [ended(received), ended({ ...received, result: 3 }), ended({ ...received, handed: 0 })].map(isEndOfStream),
      [true, false, false],
    );
    assert.deepEqual([ended(received, 1, failure), ended({ handed: 10, result: 0 })].map(isEndOfStream), [
      false,
      false,
    ]);
  });
});

describe('Operation', () => {
  it('lasts from its announcement to its end', () => {
    const operation = new Operation(base, 1000);
    operation.begin(base);
    assert.deepEqual([operation.pending, operation.result, String(operation.range)], [true, null, '[50, 20050)']);
    operation.end({ ...base, duration: 300 }, 1500, null);
    assert.deepEqual([operation.pending, operation.duration, operation.endedAt], [false, 800, 1800]);
  });

  it('reaches as far as was taken, or on failure as was handed over', () => {
    assert.equal(String(ended({ result: 7 }).range), '[50, 57)');
    assert.equal(String(ended({ result: -1 }, 1, failure).range), '[50, 20050)');
    assert.equal(String(ended({ op: 18, result: 7 }).range), '[50, 57)');
    assert.equal(String(ended({ op: 18, result: -1 }, 1, failure).range), '[50, 50)');
  });

  it('counts the TLS records that a write makes', () => {
    assert.equal(ended().tlsRecords, 2);
    assert.equal(ended({ result: 16_384 }).tlsRecords, 1);
    assert.equal(ended({ op: 18 }).tlsRecords, 0);
  });

  it('is joined with what follows it, and only with that', () => {
    const first = ended();
    const next = ended({ offset: 20_050 }, 5000);
    assert.equal(first.canJoin(next), true);
    first.join(next);
    assert.deepEqual(
      [first.calls, first.handed, first.result, first.tlsRecords, String(first.range), first.endedAt],
      [2, 40_000, 40_000, 4, '[50, 40050)', 5100],
    );
    for (const [what, other] of [
      ['another stack', ended({ offset: 40_050, stack: 2 })],
      ['another call', ended({ offset: 40_050, scope: 2 })],
      ['a gap', ended({ offset: 40_051 })],
      ['a part only', ended({ offset: 40_050, result: 5 })],
      ['a failure', ended({ offset: 40_050, result: -1 }, 1, failure)],
      ['last words', ended({ offset: 40_050, flags: IoFlag.lastWords })],
      ['a peek', ended({ offset: 40_050, flags: IoFlag.peek })],
      ['the end of the stream', ended({ offset: 40_050, op: 18, result: 0 })],
    ] as const) {
      assert.equal(first.canJoin(other), false, what);
    }
  });
});
