import assert from 'node:assert/strict';
import { RawTreeCopier } from '../../../../src/languageServer/syntax/rawTree';
import { grammar } from '../support/source';

describe('copying the tree', () => {
  const copy = (text: string, withoutBody = false) => {
    const parser = grammar.newParser();
    const tree = parser.parse(text);
    assert.ok(tree);
    const cursor = tree.walk();
    cursor.gotoFirstChild();
    const node = new RawTreeCopier(grammar.language).copy(cursor, withoutBody);
    assert.equal(cursor.startIndex, 0, 'the cursor is back where it was');
    cursor.delete();
    tree.delete();
    parser.delete();
    return node;
  };

  it('takes named nodes with their fields and offsets in UTF-16 units', () => {
    const node = copy('f("😀", k=1)');
    const call = node.children[0];
    assert.deepEqual([call?.type, call?.end], ['call', 12]);
    assert.deepEqual(
      call?.children.map(({ field, type }) => [field, type]),
      [
        ['function', 'identifier'],
        ['arguments', 'argument_list'],
      ],
    );
  });

  it('leaves comments out, and on request the body of a class', () => {
    assert.equal(copy('f(  # why\n  a)').children[0]?.children[1]?.children.length, 1);
    const without = copy('class A(B):\n    def f(self): pass\n', true);
    assert.deepEqual(
      without.children.map(({ field }) => field),
      ['name', 'superclasses'],
    );
    const decorated = copy('@d\nclass A(B):\n    def f(self): pass\n', true);
    assert.deepEqual(
      decorated.children[1]?.children.map(({ field }) => field),
      ['name', 'superclasses'],
    );
  });
});
