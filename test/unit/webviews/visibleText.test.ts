import assert from 'node:assert/strict';
import { visibleBlock, visibleLine } from '../../../webviews/common/visibleText';

describe('visible text', () => {
  it('shows what would hide, reorder or command', () => {
    assert.equal(visibleLine('a\u001b[31mb'), 'a\\x1b[31mb');
    assert.equal(visibleLine('exe\u202egnp'), 'exe\\u202egnp');
    assert.equal(visibleLine('a\u200bb\ufeff\u{e0041}'), 'a\\u200bb\\ufeff\\u{e0041}');
    assert.equal(visibleLine('\ud800'), '\\ud800');
    assert.equal(visibleLine('one\r\ntwo\t'), 'one\\r\\ntwo\\t');
  });

  it('leaves text in any script alone', () => {
    for (const text of ['Größe', 'שלום', '漢字', '👩‍💻'.replace('\u200d', ''), 'a “b” •••'])
      assert.equal(visibleLine(text), text);
  });

  it('keeps the lines of a block', () => {
    assert.equal(visibleBlock('a\r\nb\tc\rd\u0000'), 'a\nb\tc\\rd\\x00');
  });
});
