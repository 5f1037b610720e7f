/** Tells what an expression can stand for. Everything is worked out on demand and remembered. */

import { canonical } from '../library/catalog';
import type { Expression } from '../syntax/ast';
import { annotatedValues } from './annotations';
import { attributeOf } from './attributes';
import { classOfInstance } from './binding';
import { enteredValues, itemValues, parameterValues } from './bound';
import { resultOf } from './calls';
import { descendants } from './inheritance';
import { type Binding, type ClassSymbol, dottedName, type Scope, type Symbols } from './symbols';
import { distinct, type Value } from './values';

export type Values = readonly Value[];
const NOTHING: Values = [];
/** Chains longer than this are given up. */
const MAXIMUM_DEPTH = 40;

export class Resolver {
  readonly symbols: Symbols;
  /** By scope, since units with the same text share their nodes. */
  readonly #known = new Map<Scope, Map<Expression, Values>>();
  readonly #busy = new Set<unknown>();
  #depth = 0;
  #subclasses: ReadonlyMap<ClassSymbol, readonly ClassSymbol[]> | null = null;

  constructor(symbols: Symbols) {
    this.symbols = symbols;
  }

  evaluate(expression: Expression, scope: Scope): Values {
    let known = this.#known.get(scope);
    if (!known) {
      known = new Map();
      this.#known.set(scope, known);
    }
    const found = known.get(expression);
    if (found) return found;
    // a value that is part of its own definition adds nothing to it
    if (this.#depth >= MAXIMUM_DEPTH) return NOTHING;
    known.set(expression, NOTHING);
    this.#depth += 1;
    const values = distinct(this.#evaluate(expression, scope));
    this.#depth -= 1;
    known.set(expression, values);
    return values;
  }

  /** What a name stands for, seen from a scope. */
  lookUp(name: string, scope: Scope): Values {
    let current: Scope | null = scope;
    let inner = true;
    while (current) {
      const home = current.elsewhere.get(name);
      if (home) return this.lookUp(name, home);
      // a class' names are seen in its own body only, not in its methods
      const bindings = inner || current.kind !== 'class' ? current.bindings.get(name) : undefined;
      if (bindings) return this.bound(bindings);
      if (current.kind !== 'expression') inner = false;
      current = current.parent;
    }
    const star = this.symbols.module.bindings.get('*') ?? [];
    if (star.length > 0) {
      return star.flatMap((binding) =>
        binding.kind === 'import' ? [{ kind: 'path', path: canonical(`${binding.path}.${name}`) }] : [],
      );
    }
    return [{ kind: 'path', path: `builtins.${name}` }];
  }

  /** The classes of this source that descend from a class of it. */
  subclassesOf(definition: ClassSymbol): readonly ClassSymbol[] {
    this.#subclasses ??= descendants(this);
    return this.#subclasses.get(definition) ?? [];
  }

  /** What any of these bindings makes of a name. */
  bound(bindings: readonly Binding[]): Values {
    return bindings.flatMap((binding) => this.#once(binding, () => this.#bound(binding)));
  }

  #bound(binding: Binding): Values {
    switch (binding.kind) {
      case 'value': {
        const values = this.evaluate(binding.value, binding.scope);
        let result = values;
        if (binding.how === 'entered') result = enteredValues(this, values);
        else if (binding.how === 'item') result = itemValues(this, binding.value, binding.scope);
        return binding.path.reduce<Values>(
          (current, index) => current.flatMap((value) => (value.kind === 'tuple' ? (value.items[index] ?? []) : [])),
          result,
        );
      }
      case 'annotated':
        return annotatedValues(this, binding.annotation, binding.scope);
      case 'import':
        return [{ kind: 'path', path: canonical(binding.path) }];
      case 'function':
        return [{ kind: 'function', of: binding.definition, bound: false }];
      case 'class':
        return [{ kind: 'class', of: binding.definition }];
      case 'parameter':
        return parameterValues(this, binding);
      case 'unknown':
        return NOTHING;
    }
  }

  #evaluate(expression: Expression, scope: Scope): Values {
    switch (expression.kind) {
      case 'name': {
        const owner = classOfInstance(scope, expression.id);
        if (owner) return [{ kind: 'object', of: owner }];
        return this.lookUp(expression.id, scope);
      }
      case 'attribute': {
        const objects = this.evaluate(expression.object, scope);
        const found = objects.flatMap((object) => attributeOf(this, object, expression.name));
        const name = dottedName(expression);
        return name === null ? found : [...found, ...this.#assigned(name, scope)];
      }
      case 'call':
        return resultOf(this, expression, scope);
      case 'choice':
        return expression.options.flatMap((option) => this.evaluate(option, scope));
      case 'named':
        return this.evaluate(expression.value, scope);
      case 'sequence':
        return [{ kind: 'tuple', items: expression.items.map((item) => this.evaluate(item, scope)) }];
      case 'subscript': {
        const { value, index } = expression;
        const position = index?.kind === 'constant' ? Number(index.text) : Number.NaN;
        return this.evaluate(value, scope).flatMap((each) =>
          each.kind === 'tuple' ? (each.items[position] ?? NOTHING) : [],
        );
      }
      case 'lambda':
        return this.symbols.functions
          .filter(({ node, outer }) => node === expression && outer === scope)
          .map((of) => ({ kind: 'function', of, bound: false }));
      default:
        return NOTHING;
    }
  }

  /** What was assigned to `a.b` itself, whatever `a` is. */
  #assigned(name: string, scope: Scope): Values {
    for (let current: Scope | null = scope; current; current = current.parent) {
      const bindings = current.bindings.get(name);
      if (bindings) return this.bound(bindings);
    }
    return NOTHING;
  }

  /** Runs `body`, or gives nothing when it is already running for the same thing. */
  #once(key: unknown, body: () => Values): Values {
    if (this.#busy.has(key)) return NOTHING;
    this.#busy.add(key);
    try {
      return body();
    } finally {
      this.#busy.delete(key);
    }
  }
}
