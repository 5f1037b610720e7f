import assert from 'node:assert/strict';
import { cameAfterFailure, lastWordsOf } from '../../../src/decode/lastWords';
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

describe('a reply that was found late', () => {
  const socket = (unread: number | null, ...lastWords: Words[]) => {
    const counters = [{ moment: 'failed', at: 10, unread }];
    return { lastWords, counters } as unknown as Socket;
  };

  it('came after a failure at which nothing waited', () => {
    assert.equal(cameAfterFailure(socket(0), 5), true);
    assert.equal(cameAfterFailure(socket(3), 5), false);
    assert.equal(cameAfterFailure(socket(null), 5), false);
    assert.equal(cameAfterFailure(socket(0), 15), false);
  });

  it('had been there when it was found at the failure, although nothing was left then', () => {
    const found = { at: 9, moment: 'failed', outcome: 'recovered', reason: null, bytes: 3, alert: null } as const;
    assert.equal(cameAfterFailure(socket(0, found), 5), false);
  });
});
