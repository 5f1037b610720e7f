/** What a source binds where: scopes, functions, classes and the calls in them. */
import type { Call, ClassDefinition, Expression, FunctionDefinition, Lambda, Parameter, Span } from '../syntax/ast';

export type Binding =
  /** The value of an expression, or what `with` or iteration makes of it; `path` leads into tuples. */
  | {
      readonly kind: 'value';
      readonly value: Expression;
      readonly scope: Scope;
      readonly how: 'value' | 'entered' | 'item';
      readonly path: readonly number[];
    }
  | { readonly kind: 'annotated'; readonly annotation: Expression; readonly scope: Scope }
  | { readonly kind: 'import'; readonly path: string }
  | { readonly kind: 'function'; readonly definition: FunctionSymbol }
  | { readonly kind: 'class'; readonly definition: ClassSymbol }
  | { readonly kind: 'parameter'; readonly of: FunctionSymbol; readonly parameter: Parameter; readonly index: number }
  | { readonly kind: 'unknown' };

export interface Scope {
  readonly kind: 'module' | 'class' | 'function' | 'expression';
  readonly parent: Scope | null;
  /** Names, and dotted names that were assigned to (`options.session`). */
  readonly bindings: Map<string, Binding[]>;
  /** Names declared global or nonlocal, and where they live. */
  readonly elsewhere: Map<string, Scope>;
  /** The innermost function around, or null. */
  readonly within: FunctionSymbol | null;
}

export interface FunctionSymbol {
  readonly name: string;
  readonly node: FunctionDefinition | Lambda;
  readonly parameters: readonly Parameter[];
  /** The scope that the definition stands in, where decorators, defaults and annotations are read. */
  readonly outer: Scope;
  readonly scope: Scope;
  /** The class that it is a method of. */
  readonly owner: ClassSymbol | null;
  readonly returned: Expression[];
  readonly yielded: Expression[];
  /** The calls in its own body, not in functions inside. */
  readonly calls: CallSymbol[];
  /** Where its definition begins, in the whole source. */
  readonly start: number;
}

export interface ClassSymbol {
  readonly name: string;
  readonly node: ClassDefinition;
  readonly outer: Scope;
  readonly scope: Scope;
  /** `self.x = …` in any method. */
  readonly attributes: Map<string, Binding[]>;
  /** Where it could be imported from, when the source's module is known. */
  readonly path: string | null;
}

export interface CallSymbol {
  readonly node: Call;
  readonly scope: Scope;
  /** Where the node's unit begins in the whole source. */
  readonly base: number;
}

export interface AttributeAssignment extends Span {
  readonly target: Expression;
  readonly value: Expression;
  readonly scope: Scope;
  readonly base: number;
}

/** A whole source. */
export interface Symbols {
  readonly module: Scope;
  readonly calls: readonly CallSymbol[];
  readonly functions: readonly FunctionSymbol[];
  readonly classes: readonly ClassSymbol[];
  /** Calls by the last name of what they call. */
  readonly callsByName: ReadonlyMap<string, readonly CallSymbol[]>;
  /** Every name that the source binds, also as an attribute. */
  readonly boundNames: ReadonlySet<string>;
  /** Paths of what it imports. */
  readonly imports: ReadonlySet<string>;
  /** Assignments to attributes: `context.verify_mode = …`. */
  readonly attributeAssignments: readonly AttributeAssignment[];
}

/** "a.b.c" for a plain chain of names, else null. */
export function dottedName(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.id;
  if (expression.kind !== 'attribute') return null;
  const object = dottedName(expression.object);
  return object === null ? null : `${object}.${expression.name}`;
}

/** The last name of what a call calls. */
export function calledName(call: Call): string | null {
  if (call.callee.kind === 'name') return call.callee.id;
  return call.callee.kind === 'attribute' ? call.callee.name : null;
}
