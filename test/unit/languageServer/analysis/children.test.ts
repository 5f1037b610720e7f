import assert from 'node:assert/strict';
import { childrenOf } from '../../../../src/languageServer/analysis/children';
import type { Expression } from '../../../../src/languageServer/syntax/ast';
import { statementsOf } from '../support/source';

describe('children of an expression', () => {
  const names = (expression: Expression): string[] => [
    ...(expression.kind === 'name' ? [expression.id] : []),
    ...childrenOf(expression).flatMap(names),
  ];

  it('are all expressions in it, once', () => {
    const text = `f(a.b, *c, k=d)[e] + (g if h else i) + [j for k in l if m] + (lambda n: o) + f"{p}" + (q := r) + (yield s)\n`;
    const [placed] = statementsOf(text);
    assert.equal(placed?.statement.kind, 'expression');
    const found = placed.statement.kind === 'expression' ? placed.statement.values.flatMap(names) : [];
    assert.deepEqual(found.sort(), ['a', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'l', 'm', 'o', 'p', 'q', 'r', 's']);
  });
});
