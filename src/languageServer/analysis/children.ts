import type { Expression } from '../syntax/ast';

/** The expressions directly inside an expression, in the order of the source. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'name':
    case 'constant':
      return [];
    case 'attribute':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.args.map(({ value }) => value)];
    case 'choice':
      return expression.condition ? [...expression.options, expression.condition] : expression.options;
    case 'named':
      return [expression.target, expression.value];
    case 'sequence':
      return expression.items;
    case 'subscript':
      return expression.index ? [expression.value, expression.index] : [expression.value];
    case 'lambda':
      return [expression.body];
    case 'comprehension':
      return [...expression.clauses.map(({ iterable }) => iterable), ...expression.parts];
    case 'yield':
      return expression.value ? [expression.value] : [];
    case 'text':
    case 'other':
      return expression.parts;
  }
}
