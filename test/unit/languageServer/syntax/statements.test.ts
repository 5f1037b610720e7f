import assert from 'node:assert/strict';
import type { Statement } from '../../../../src/languageServer/syntax/ast';
import { statementsOf } from '../support/source';

describe('statements', () => {
  const read = <K extends Statement['kind']>(text: string, kind: K): Statement & { kind: K } => {
    const [placed] = statementsOf(text);
    assert.equal(placed?.statement.kind, kind, text);
    return placed.statement as Statement & { kind: K };
  };
  const kinds = (text: string) => statementsOf(text).map(({ statement }) => statement.kind);

  it('know all targets of an assignment, its annotation and its value', () => {
    const { targets, value } = read('a = b.c = d\n', 'assignment');
    assert.deepEqual([targets.map(({ kind }) => kind), value?.kind], [['name', 'attribute'], 'name']);
    const annotated = read('a: B = c\n', 'assignment');
    assert.deepEqual([annotated.annotation?.kind, annotated.value?.kind], ['name', 'name']);
    assert.equal(read('a: B\n', 'assignment').value, null);
  });

  it('know functions with decorators and parameters of every kind', () => {
    const found = read('@d\nasync def f(a, /, b: int, *, c=1, **e) -> R:\n    return a\n', 'function');
    assert.deepEqual(
      found.parameters.map(({ name }) => name),
      ['a', 'b', 'c', 'e'],
    );
    assert.deepEqual([found.decorators.length, found.returns?.kind, found.body.length], [1, 'name', 1]);
  });

  it('know the bases of classes, also of generic ones', () => {
    assert.deepEqual(read('class A(b.C, metaclass=M):\n    x = 1\n', 'class').bases.length, 1);
    assert.equal(read('class A[T](B): pass\n', 'class').bases.length, 1);
  });

  it('know what with binds, in parentheses or not, to names or attributes', () => {
    for (const text of ['with a as b, c() as self.d: pass\n', 'with (a as b, c() as self.d): pass\n']) {
      const targets = read(text, 'with').items.map(({ target }) => target?.kind);
      assert.deepEqual(targets, ['name', 'attribute'], text);
    }
    assert.equal(read('with a: pass\n', 'with').items[0]?.target, null);
  });

  it('keep every branch of a compound', () => {
    const text = `try:
    a
except B as c:
    d
else:
    e
finally:
    f
`;
    const expressions = (statement: Statement): number =>
      statement.kind === 'expression'
        ? 1
        : 'body' in statement
          ? statement.body.reduce((sum, inner) => sum + expressions(inner.statement), 0)
          : 0;
    assert.equal(expressions(read(text, 'compound')), 4);
  });

  it('read what newer Pythons brought', () => {
    assert.deepEqual(kinds('type X[T] = list[T]\ndef f[*Y](): pass\n').slice(1), ['function']);
    assert.deepEqual(kinds('match x:\n    case {"a": b, **c} if d: e\ntry: f\nexcept* G: h\n'), [
      'compound',
      'compound',
    ]);
    assert.deepEqual(kinds('print(f"{a!r:>{b}} {f"{c}"}")\n'), ['expression']);
  });
});
