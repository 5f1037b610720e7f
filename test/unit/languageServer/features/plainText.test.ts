import assert from 'node:assert/strict';
import { asMarkdown, visible } from '../../../../src/languageServer/features/plainText';

describe('texts of others', () => {
  it('are one line without anything invisible', () => {
    assert.equal(visible('a\r\nb\tc'), 'a b c');
    assert.equal(visible('safe\u202eexe\u200b\u001b[31m'), 'safe\ufffdexe\ufffd[31m');
    assert.equal(visible('x'.repeat(400)).length, 301);
    assert.equal(visible(`${'x'.repeat(299)}😀 more`), `${'x'.repeat(299)}…`);
    assert.equal(visible('请求体太大'), '请求体太大');
  });

  it('cannot be markup', () => {
    const hostile =
      '[click](command:x) <img src=x> **b** `c` $(bug) ![i](http://e) https://e.example www.e.example a@b.c';
    const text = asMarkdown(hostile);
    assert.equal(text.replace(/\\([!-/:-@[-`{-~])/g, ''), text.replace(/\\[^\w\s]/g, ''), 'each mark is escaped');
    assert.doesNotMatch(text, /(?<!\\)[!-/:-@[\]-`{-~]/, 'none stands alone');
    assert.equal(text.replace(/\\(.)/g, '$1'), hostile);
  });
});
