import assert from 'node:assert/strict';
import { columns, indented, padded, wrap } from '../../../../src/export/text/layout';
import type { Span, Style } from '../../../../src/export/text/style';

const span = (text: string, style: Style = 'plain'): Span => ({ text, style });
const texts = (lines: readonly (readonly Span[])[]) =>
  lines.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );

describe('wrap', () => {
  it('breaks at blanks and keeps every word', () => {
    const text = 'the quick brown fox jumps over the lazy dog';
    for (let width = 5; width < 50; width += 1) {
      const lines = texts(wrap([span(text)], width));
      assert.ok(
        lines.every((line) => columns(line) <= width),
        `${width}: ${lines.join('|')}`,
      );
      assert.equal(lines.join(' '), text);
    }
  });

  it('does not part a word where its style changes', () => {
    assert.deepEqual(texts(wrap([span('take '), span('this', 'bad'), span(', and'), span(' that')], 10)), [
      'take this,',
      'and that',
    ]);
  });

  it('keeps the style of every piece', () => {
    const lines = wrap([span('aa bb', 'bad'), span(' cc')], 5);
    assert.deepEqual(lines, [[span('aa bb', 'bad'), span(' ')], [span('cc')]]);
  });

  it('keeps separators at the end of a line', () => {
    assert.deepEqual(texts(wrap([span('aaaa'), span(' · ', 'dim'), span('bbbb')], 7)), ['aaaa ·', 'bbbb']);
  });

  it('cuts what is longer than a line, after a separator where it can', () => {
    assert.deepEqual(texts(wrap([span('/home/user/some/long/path')], 12)), ['/home/user/', 'some/long/', 'path']);
    assert.deepEqual(texts(wrap([span('x'.repeat(25))], 10)), ['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
  });

  it('makes the lines after the first narrower', () => {
    assert.deepEqual(texts(wrap([span('aaaa bbbb cccc')], 9, 4)), ['aaaa bbbb', 'cccc']);
    assert.deepEqual(texts(wrap([span('aa bb cc dd ee')], 8, 3)), ['aa bb cc', 'dd ee']);
  });
});

describe('columns', () => {
  it('counts what a terminal draws', () => {
    assert.equal(columns('abc'), 3);
    assert.equal(columns('日本'), 4);
    assert.equal(columns('🦊'), 2);
    assert.equal(columns('e\u0301'), 1);
  });

  it('is what padding goes by', () => {
    assert.equal(padded('日', 4), '日  ');
    assert.equal(padded('long', 2), 'long');
  });
});

describe('indented', () => {
  it('puts something of its own before the first line', () => {
    const lines = indented([[span('a')], [span('b')]], 3, [span('>> ')]);
    assert.deepEqual(texts(lines), ['>> a', '   b']);
  });
});
