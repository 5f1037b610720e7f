import assert from 'node:assert/strict';
import { copyBytes, pythonLiteral } from '../../../src/panelModel/copy';

describe('copies of bytes', () => {
  it('are hex, text and what repr() writes', () => {
    const bytes = Buffer.from("a'\\\n\x00\xff", 'latin1');
    assert.equal(copyBytes(bytes, 'hex'), '61 27 5c 0a 00 ff');
    assert.equal(copyBytes(Buffer.from('né'), 'text'), 'né');
    assert.equal(pythonLiteral(bytes), "b'a\\'\\\\\\n\\x00\\xff'");
  });
});
