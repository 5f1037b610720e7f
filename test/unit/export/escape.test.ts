import assert from 'node:assert/strict';
import { escapeText, safeJson } from '../../../src/export/escape';

const HOSTILE = [
  '\x1b]0;owned\x07',
  '\x1b[31mred',
  '\x9b31m',
  'a\u202egnp.exe',
  'zero\u200bwidth',
  '\u2066x\u2069',
  'line\r\nbreak\ttab\0',
  '\ud800',
  '\u{e0041}',
  '\ufeff',
];
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]|[\ud800-\udfff]/u;

describe('escapeText', () => {
  it('leaves nothing that a terminal would obey', () => {
    for (const text of HOSTILE) assert.doesNotMatch(escapeText(text), UNSAFE, JSON.stringify(text));
  });

  it('shows what was there', () => {
    assert.equal(escapeText('\x1b[31mred\n'), '\\x1b[31mred\\n');
    assert.equal(escapeText('\u202e'), '\\u202e');
    assert.equal(escapeText('\u{e0041}'), '\\u{e0041}');
  });

  it('leaves ordinary text of every script alone', () => {
    const text = 'Grüße, 日本語, 🦊, α ≤ β';
    assert.equal(escapeText(text), text);
  });
});

describe('safeJson', () => {
  it('is the same document in one safe line', () => {
    for (const text of HOSTILE) {
      const json = safeJson({ [text]: [text] });
      assert.doesNotMatch(json, UNSAFE, json);
      assert.deepEqual(JSON.parse(json), { [text]: [text] });
    }
  });
});
