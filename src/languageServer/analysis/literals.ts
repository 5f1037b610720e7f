/** How a text begins, as far as the source tells. */
import type { Expression } from '../syntax/ast';
import { classOfInstance } from './binding';
import type { Binding, Scope } from './symbols';

/** Names that stand for names that stand for names … */
const MAXIMUM_STEPS = 4;

/**
 * The possible beginnings of a text: of `'STOR a'`, `f'STOR {name}'`, `'STOR ' + name`, `'STOR %s' % name`, and of names
 * and attributes that stand for such a text. Placeholders of `%` are left as they are. Null when it may begin in
 * another way.
 */
export function beginnings(expression: Expression, scope: Scope, steps = MAXIMUM_STEPS): readonly string[] | null {
  switch (expression.kind) {
    case 'text':
      return expression.prefix === '' && expression.value === null ? null : [expression.prefix];
    case 'other': {
      const [first] = expression.parts;
      return first ? beginnings(first, scope, steps) : null;
    }
    case 'choice':
      return all(expression.options.map((option) => beginnings(option, scope, steps)));
    case 'name':
    case 'attribute': {
      const bindings = steps > 0 ? bindingsOf(expression, scope) : null;
      if (!bindings) return null;
      return all(
        bindings.map((binding) =>
          binding.kind === 'value' && binding.how === 'value' && binding.path.length === 0
            ? beginnings(binding.value, binding.scope, steps - 1)
            : null,
        ),
      );
    }
    default:
      return null;
  }
}

function bindingsOf(expression: Expression, scope: Scope): readonly Binding[] | null {
  if (expression.kind === 'attribute') {
    const owner = expression.object.kind === 'name' ? classOfInstance(scope, expression.object.id) : null;
    return owner?.attributes.get(expression.name) ?? owner?.scope.bindings.get(expression.name) ?? null;
  }
  if (expression.kind !== 'name') return null;
  for (let current: Scope | null = scope; current; current = current.parent) {
    const found = current.bindings.get(expression.id);
    if (found) return found;
  }
  return null;
}

function all(parts: readonly (readonly string[] | null)[]): readonly string[] | null {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length && known.length > 0 ? known.flat() : null;
}
