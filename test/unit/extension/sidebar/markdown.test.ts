import assert from 'node:assert/strict';
import { code, plainLine } from '../../../../src/extension/sidebar/markdown';

describe('text of others in Markdown', () => {
  it('is a code span that it cannot end', () => {
    assert.equal(code('plain'), '` plain `');
    assert.equal(code('a `b` ``c``'), '``` a `b` ``c`` ```');
    assert.equal(code('[x](command:evil)'), '` [x](command:evil) `');
    assert.equal(code(''), '`   `');
  });

  it('is one line of which every character is seen', () => {
    assert.equal(plainLine('a\nb\u202ec\u001b[31m'), 'a�b�c�[31m');
    assert.equal(plainLine('x'.repeat(600)).length, 501);
  });
});
