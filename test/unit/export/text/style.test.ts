import assert from 'node:assert/strict';
import { Pen } from '../../../../src/export/text/style';

describe('Pen', () => {
  const ink = (text: string, color: boolean, unicode = true) => {
    const pen = new Pen({ color, unicode });
    return pen.ink([pen.span(text, 'bad')]);
  };

  it('colours only where there is colour', () => {
    assert.equal(ink('no', true), '\x1b[1;31mno\x1b[0m');
    assert.equal(ink('no', false), 'no');
  });

  it('escapes before it colours', () => {
    assert.equal(ink('\x1b[0m\u202e', true), '\x1b[1;31m\\x1b[0m\\u202e\x1b[0m');
  });

  it('does without characters that the locale has not', () => {
    assert.equal(ink('✗ a → b ▸ ≈ 850 µs · …', false, false), 'x a -> b > ~ 850 us - ...');
    assert.equal(ink('▓▒░', false, false), '#=.');
    assert.match(ink('✓ “x”', false, false), /^[\x20-\x7e]*$/);
  });

  it('leaves no blanks at the end of a line', () => {
    assert.equal(ink('x   ', false), 'x');
  });
});
