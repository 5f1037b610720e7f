import assert from 'node:assert/strict';
import {
  byteCounts,
  hasFailed,
  headline,
  inShort,
  paragraph,
  tooltip,
  when,
} from '../../../../src/languageServer/features/exchangeText';
import type { PlacedExchange } from '../../../../src/messages/language';
import { refusedExchange } from '../support/exchanges';

const { bytes } = refusedExchange();
const NOTHING: PlacedExchange['bytes'] = {
  ...bytes,
  announced: null,
  handed: null,
  accepted: null,
  acknowledged: null,
  received: 0,
  whole: null,
};

describe('the words for an exchange', () => {
  it('are few at the end of a line', () => {
    const cases: [string, Partial<PlacedExchange>][] = [
      ['413 · 115,906 of 12,444,474 B', {}],
      ['201 · 12,444,474 B', { status: 201, bytes: { ...bytes, accepted: 12_444_474 } }],
      ['SSLEOFError · 115,906 of 12,444,474 B', { status: null }],
      ['no reply · 115,906 of 12,444,474 B', { status: null, error: null }],
      [
        '… · 12,444,000 of 12,444,474 B',
        { status: null, error: null, live: true, bytes: { ...bytes, accepted: null, handed: 12_444_000 } },
      ],
      ['200 · 348 B received', { status: 200, method: 'GET', bytes: { ...bytes, announced: null, whole: null } }],
      [
        'ConnectionRefusedError',
        { status: null, bytes: NOTHING, error: { type: 'ConnectionRefusedError', errno: 111, message: '' } },
      ],
      [
        '… · 500 B',
        { status: null, error: null, live: true, method: null, bytes: { ...NOTHING, handed: 600, accepted: 500 } },
      ],
    ];
    for (const [expected, given] of cases) assert.equal(inShort(refusedExchange(given)), expected);
  });

  it('name each count, and say which were computed', () => {
    assert.equal(
      byteCounts(refusedExchange()),
      'handed 12,444,474 B ▸ accepted ≈ 115,906 B ▸ acknowledged ≈ 98,212 B of a request of 12,444,474 B · received 348 B',
    );
    assert.equal(byteCounts(refusedExchange({ bytes: NOTHING })), 'received 0 B');
    assert.match(
      byteCounts(refusedExchange({ bytes: { ...bytes, derived: [], atLeast: ['accepted'] } })),
      /accepted ≥ 115,906 B/,
    );
  });

  it('say what was asked and what came back', () => {
    assert.equal(
      headline(refusedExchange()),
      'POST https://localhost:8444/api/asciicasts → 413 Request Entity Too Large, never read by the program',
    );
    const lost = refusedExchange({ status: null, reason: null, unreadReply: false });
    assert.match(headline(lost), /→ SSLEOFError \[8\]$/);
    assert.match(headline({ ...lost, error: null, live: true }), /→ no reply yet$/);
  });

  it('say when', () => {
    assert.match(when(refusedExchange()), /^11 ms, at \d\d:\d\d:\d\d$/);
    assert.match(when(refusedExchange({ duration: 61_500 })), /^61\.5 s, at /);
    assert.match(when(refusedExchange({ duration: null })), /^began at /);
  });

  it('hold nothing of the server that could be markup', () => {
    const hostile = '](command:evil) <b> `x` $(bug)\n# head';
    const exchange = refusedExchange({
      reason: hostile,
      url: `http://e/${hostile}`,
      finding: { id: 'x', title: hostile, severity: 'error', advice: [{ text: hostile, code: null }] },
      error: { type: 'E', errno: null, message: hostile },
    });
    const text = paragraph(exchange, 'command:ours');
    assert.doesNotMatch(text.replace(/\\./g, ''), /[`<>$#]|\]\((?!command:ours\))/);
    assert.equal(text.match(/(?<!\\)\]\(/g)?.length, 1, 'our own link only');
    assert.equal(tooltip(exchange).split('\n').length, 5, 'a line for each fact');
  });

  it('tell a failure from what is worth no mark', () => {
    assert.equal(hasFailed(refusedExchange()), true);
    const fine = { error: null, finding: null, status: 200 };
    assert.equal(hasFailed(refusedExchange(fine)), false);
    assert.equal(hasFailed(refusedExchange({ ...fine, status: 404 })), true);
    assert.equal(hasFailed(refusedExchange({ ...fine, status: 404, live: true })), false);
    assert.equal(
      hasFailed(refusedExchange({ ...fine, finding: { id: 'x', title: '', severity: 'info', advice: [] } })),
      false,
    );
  });
});
