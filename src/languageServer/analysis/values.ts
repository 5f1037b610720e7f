/** What an expression can stand for, as far as it can be told without running the program. */
import type { ClassSymbol, FunctionSymbol } from './symbols';

export type Value =
  /** A module, function or class of a library, by its canonical import path. */
  | { readonly kind: 'path'; readonly path: string }
  /** An instance of a library's class. */
  | { readonly kind: 'instance'; readonly type: string }
  /** A method taken from an instance of a library's class. */
  | { readonly kind: 'method'; readonly type: string; readonly name: string }
  /** A function, class, instance of this source. */
  | { readonly kind: 'function'; readonly of: FunctionSymbol; readonly bound: boolean }
  | { readonly kind: 'class'; readonly of: ClassSymbol }
  | { readonly kind: 'object'; readonly of: ClassSymbol }
  /** `super()` in a method of this class. */
  | { readonly kind: 'super'; readonly of: ClassSymbol }
  | { readonly kind: 'tuple'; readonly items: readonly (readonly Value[])[] }
  /** `getattr(x, name)` with a name that is known only when the program runs. */
  | { readonly kind: 'anyAttribute'; readonly of: Value };

/** Values without repetitions, in order. */
export function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  return values.filter((value, index) => values.findIndex((other) => same(value, other)) === index);
}

function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  const first = a as Record<string, unknown>;
  const second = b as Record<string, unknown>;
  return Object.keys(first).every((key) => first[key] === second[key]);
}
