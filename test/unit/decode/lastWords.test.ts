import assert from 'node:assert/strict';
import { lastWordsOf } from '../../../src/decode/lastWords';
import type { Socket } from '../../../src/wire/model';

type Words = Socket['lastWords'][number];
const words = (outcome: Words['outcome'], bytes = 0, reason: string | null = null): Words => ({
  at: 1,
  moment: 'closing',
  outcome,
  reason,
  bytes,
  alert: null,
});
const of = (...lastWords: Words[]) => lastWordsOf({ lastWords } as unknown as Socket);

describe('last words', () => {
  it('are the most telling of what was found', () => {
    assert.equal(of(), null);
    assert.deepEqual(of(words('recovered', 348), words('nothing-unread')), {
      outcome: 'recovered',
      reason: null,
      bytes: 348,
      alert: null,
    });
    assert.deepEqual(of(words('not-recoverable', 0, 'The peer reset.'), words('nothing-unread')), {
      outcome: 'not-recoverable',
      reason: 'The peer reset.',
      bytes: 0,
      alert: null,
    });
  });

  it('count bytes once that were found at the failure and again at the close', () => {
    assert.equal(of(words('recovered', 348), words('recovered', 348))?.bytes, 348);
    assert.equal(of(words('recovered', 100), words('recovered', 348))?.bytes, 348);
  });
});
