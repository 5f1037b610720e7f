/**
 * The part of Python's syntax that the analysis needs. Positions are offsets in UTF-16 code units, relative to the unit
 * that the node lies in, so that an unchanged unit keeps its nodes when text before it changes.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | Name
  | Attribute
  | Call
  | Text
  | Constant
  | Choice
  | NamedExpression
  | Sequence
  | Subscript
  | Lambda
  | Comprehension
  | Yield
  | OtherExpression;

export interface Name extends Span {
  readonly kind: 'name';
  readonly id: string;
}
export interface Attribute extends Span {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}
export interface Call extends Span {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
  /** The parentheses with what is between them. */
  readonly list: Span;
}
export interface Argument extends Span {
  /** `*` and `**` stand for unpacked arguments, null for a positional one. */
  readonly keyword: string | null;
  readonly value: Expression;
}
/** A string literal; null when it is composed (f-strings). */
export interface Text extends Span {
  readonly kind: 'text';
  readonly value: string | null;
  /** What it begins with for certain. */
  readonly prefix: string;
  readonly parts: readonly Expression[];
}
/** True, False, None, a number. */
export interface Constant extends Span {
  readonly kind: 'constant';
  readonly text: string;
}
/** `a if c else b`, `a or b`: the value is one of the options. */
export interface Choice extends Span {
  readonly kind: 'choice';
  readonly options: readonly Expression[];
  readonly condition: Expression | null;
}
export interface NamedExpression extends Span {
  readonly kind: 'named';
  readonly target: Expression;
  readonly value: Expression;
}
export interface Sequence extends Span {
  readonly kind: 'sequence';
  readonly items: readonly Expression[];
}
export interface Subscript extends Span {
  readonly kind: 'subscript';
  readonly value: Expression;
  readonly index: Expression | null;
}
export interface Lambda extends Span {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface Comprehension extends Span {
  readonly kind: 'comprehension';
  readonly clauses: readonly { readonly target: Expression; readonly iterable: Expression }[];
  readonly parts: readonly Expression[];
}
export interface Yield extends Span {
  readonly kind: 'yield';
  readonly value: Expression | null;
}
/** Anything whose value the analysis does not follow; calls inside are still found. */
export interface OtherExpression extends Span {
  readonly kind: 'other';
  readonly parts: readonly Expression[];
}

export interface Parameter {
  readonly name: string;
  readonly annotation: Expression | null;
  readonly value: Expression | null;
  /** `*` for `*args`, `**` for `**kwargs`. */
  readonly unpacks: '*' | '**' | null;
}

/** A statement and where it lies in the unit around it. */
export interface Placed {
  /** 0, or for a unit of its own the offset of its beginning in the unit around it. */
  readonly offset: number;
  readonly statement: Statement;
}
export type Block = readonly Placed[];

export type Statement =
  | ExpressionStatement
  | Assignment
  | Import
  | FunctionDefinition
  | ClassDefinition
  | With
  | For
  | Return
  | ScopeDeclaration
  | Compound;

export interface ExpressionStatement extends Span {
  readonly kind: 'expression';
  readonly values: readonly Expression[];
}
export interface Assignment extends Span {
  readonly kind: 'assignment';
  readonly targets: readonly Expression[];
  readonly annotation: Expression | null;
  readonly value: Expression | null;
}
export interface Import extends Span {
  readonly kind: 'import';
  /** `from .a import b`: module "a", level 1. Null for a plain `import`. */
  readonly from: { readonly module: string; readonly level: number } | null;
  readonly names: readonly { readonly path: string; readonly alias: string | null }[];
}
export interface FunctionDefinition extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  readonly decorators: readonly Expression[];
  readonly body: Block;
}
export interface ClassDefinition extends Span {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly decorators: readonly Expression[];
  readonly body: Block;
}
export interface With extends Span {
  readonly kind: 'with';
  readonly items: readonly { readonly context: Expression; readonly target: Expression | null }[];
  readonly body: Block;
}
export interface For extends Span {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: Block;
}
export interface Return extends Span {
  readonly kind: 'return';
  readonly value: Expression | null;
}
export interface ScopeDeclaration extends Span {
  readonly kind: 'global' | 'nonlocal';
  readonly names: readonly string[];
}
/** if, while, try, match: expressions at the head and one body, in which their clauses (`else`) come as compounds too. */
export interface Compound extends Span {
  readonly kind: 'compound';
  readonly clause: boolean;
  readonly heads: readonly Expression[];
  readonly body: Block;
}
