import assert from 'node:assert/strict';
import { ByteRange } from '../../../src/base/byteRange';
import { endOf, failed, operationsWithin, sinceOf } from '../../../src/decode/operations';
import type { ErrorChain } from '../../../src/wire/model';
import { operation, stream } from '../../support/bytes';

const at = (start: number, end: number) => operation({ range: new ByteRange(start, end) });
const error = (type: string) => [{ type, bases: [] }] as unknown as ErrorChain;

describe('what is from a moment on', () => {
  it('is found from the end, little disorder included', () => {
    const list = [1e9, 5e9, 5.35e9, 5.27e9, 6e9].map((at) => ({ at }));
    assert.deepEqual(
      sinceOf(list, 5.3e9).map(({ at }) => at),
      [5.35e9, 6e9],
    );
    assert.deepEqual([sinceOf(list, 7e9), sinceOf(list, 0).length, sinceOf([], 0)], [[], 5, []]);
  });

  it('costs no look at what is long over', () => {
    let looks = 0;
    const list = Array.from({ length: 10_000 }, (_, index) => ({
      get at() {
        looks += 1;
        return index * 1e9;
      },
    }));
    assert.equal(sinceOf(list, 9_998e9).length, 2);
    assert.ok(looks < 20, `${looks} looks`);
  });
});

describe('operations of a range', () => {
  const hundred = stream(Array.from({ length: 1000 }, (_, index) => at(index * 10, index * 10 + 10)));
  const starts = (start: number, end: number) =>
    operationsWithin(hundred, new ByteRange(start, end)).map(({ range }) => range.start);

  it('are those that share a byte with it', () => {
    assert.deepEqual(starts(5000, 5020), [5000, 5010]);
    assert.deepEqual(starts(5005, 5015), [5000, 5010]);
    assert.deepEqual(starts(9999, 20_000), [9990]);
    assert.deepEqual(starts(0, 0), [0]);
    assert.deepEqual(operationsWithin(null, new ByteRange(0, 9)), []);
  });

  it('are with those that moved no byte at its bounds', () => {
    const ended = stream([at(0, 10), at(10, 20), at(20, 20)]);
    assert.deepEqual(operationsWithin(ended, new ByteRange(10, 20)).length, 2);
    assert.deepEqual(operationsWithin(ended, new ByteRange(20, 20)).length, 1);
    assert.deepEqual(operationsWithin(ended, new ByteRange(0, 10)).length, 1);
  });

  it('are the same where it is known that they stand in order', () => {
    const sizes = Array.from({ length: 300 }, (_, index) => (index * 7) % 5);
    let end = 0;
    const operations = sizes.map((size) => {
      end += size;
      return at(end - size, end);
    });
    const [plain, ordered] = [stream(operations), { ...stream(operations), inOrder: true }];
    for (let start = 0; start < end; start += 1) {
      for (const length of [0, 1, 2, 13]) {
        const range = ByteRange.ofLength(start, length);
        assert.deepEqual(operationsWithin(ordered, range), operationsWithin(plain, range), String(range));
      }
    }
  });

  it('are found where early reads stand before later ones', () => {
    const read = stream([at(0, 10), at(10, 30), at(10, 15), at(15, 40)]);
    assert.deepEqual(
      operationsWithin(read, new ByteRange(12, 14)).map(({ range }) => String(range)),
      ['[10, 30)', '[10, 15)'],
    );
  });

  it('end after their duration, and fail when the error is one', () => {
    assert.equal(endOf(operation({ range: new ByteRange(0, 1), at: 5, duration: 7 })), 12);
    assert.equal(failed(operation({ range: new ByteRange(0, 1), error: error('BrokenPipeError') })), true);
    assert.equal(failed(operation({ range: new ByteRange(0, 1), error: error('BlockingIOError') })), false);
    assert.equal(failed(at(0, 1)), false);
  });
});
