import assert from 'node:assert/strict';
import { CaptureExceptions, namedBy } from '../../../../src/extension/sidebar/captureExceptions';
import { link, summary, WRAPPED } from './exceptions';

describe('the exceptions of a capture', () => {
  it('come latest first and stay the same objects while more becomes known of them', () => {
    const capture = new CaptureExceptions();
    assert.equal(capture.update([summary('a'), summary('b')]).added, true);
    const node = capture.find('a');
    const { added, changed } = capture.update([summary('a', { fate: 'caught' })]);
    assert.deepEqual([added, [...changed]], [false, [node]]);
    assert.deepEqual(
      capture.latestFirst([]).map((one) => [one.summary.id, one.summary.fate]),
      [
        ['b', 'raised'],
        ['a', 'caught'],
      ],
    );
  });

  it('leave out what the program is stopped at, and nothing else', () => {
    const capture = new CaptureExceptions();
    const inner = [{ ...(WRAPPED[1] ?? link('x')), relation: null, of: null }];
    capture.update([summary('before', { fate: 'caught' }), summary('now', { chain: inner })]);
    capture.update([summary('other', { chain: [link('TimeoutError')] })]);
    const stop = { kind: 'exception', summary: summary('stop/1', { fate: 'stopped' }) } as const;
    assert.deepEqual(
      capture.latestFirst([stop]).map((one) => one.summary.id),
      ['other', 'before'],
    );
  });

  it('are the latest 500', () => {
    const capture = new CaptureExceptions();
    capture.update(Array.from({ length: 700 }, (_, index) => summary(String(index))));
    const kept = capture.latestFirst([]);
    assert.deepEqual([kept.length, kept[0]?.summary.id], [500, '699']);
  });

  it('know which of a chain names which', () => {
    const chain = [link('A'), link('B', { of: 0 }), link('C', { of: 1 }), link('D', { of: 0 })];
    assert.deepEqual([namedBy(chain, 0), namedBy(chain, 1), namedBy(chain, 3)], [[1, 3], [2], []]);
    assert.deepEqual(namedBy([link('A', { of: 0 })], 0), [], 'a damaged one does not name itself');
  });
});
