/** From tree-sitter's statement nodes to the analysis' own. */
import type { Block, Expression, Placed, Statement } from './ast';
import { type Conversion, convertExpression, parametersOf, textOf } from './expressions';
import type { RawNode } from './rawTree';

const BODIES = new Set([
  'block',
  'elif_clause',
  'else_clause',
  'except_clause',
  'except_group_clause',
  'finally_clause',
  'case_clause',
]);

/** A block inside a unit: its statements lie in that same unit. */
export function convertBlock(node: RawNode | undefined, unit: Conversion): Block {
  if (!node) return [];
  return node.children.map((child) => ({ offset: 0, statement: convertStatement(child, unit) }));
}

/** `body` replaces the body of a class whose members are units of their own. */
export function convertStatement(
  node: RawNode,
  unit: Conversion,
  body?: Block,
  decorators: Expression[] = [],
): Statement {
  const span = { start: node.start - unit.origin, end: node.end - unit.origin };
  const field = (name: string) => node.children.find((child) => child.field === name);
  const inner = (child: RawNode) => convertExpression(child, unit);
  switch (node.type) {
    case 'expression_statement': {
      const [only] = node.children;
      if (node.children.length === 1 && only?.type === 'assignment') return assignment(only, unit);
      return { kind: 'expression', values: node.children.map(inner), ...span };
    }
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
      return importStatement(node, unit);
    case 'decorated_definition': {
      const definition = field('definition');
      if (!definition) break;
      const found = node.children
        .filter((child) => child.type === 'decorator')
        .flatMap((child) => child.children.map(inner));
      return convertStatement(definition, unit, body, found);
    }
    case 'function_definition': {
      const name = field('name');
      const parameters = field('parameters');
      const returns = field('return_type');
      if (!name) break;
      return {
        kind: 'function',
        name: textOf(name, unit),
        parameters: parameters ? parametersOf(parameters, unit) : [],
        returns: returns ? inner(returns) : null,
        decorators,
        body: convertBlock(field('body'), unit),
        ...span,
      };
    }
    case 'class_definition': {
      const name = field('name');
      if (!name) break;
      const bases = (field('superclasses')?.children ?? []).filter((child) => child.type !== 'keyword_argument');
      return {
        kind: 'class',
        name: textOf(name, unit),
        bases: bases.map(inner),
        decorators,
        body: body ?? convertBlock(field('body'), unit),
        ...span,
      };
    }
    case 'with_statement':
      return {
        kind: 'with',
        items: withItems(node).map((item) => withItem(item, unit)),
        body: convertBlock(field('body'), unit),
        ...span,
      };
    case 'for_statement': {
      const target = field('left');
      const iterable = field('right');
      if (!target || !iterable) break;
      const alternative = field('alternative');
      return {
        kind: 'for',
        target: inner(target),
        iterable: inner(iterable),
        body: [...convertBlock(field('body'), unit), ...(alternative ? placed(alternative, unit) : [])],
        ...span,
      };
    }
    case 'return_statement':
      return { kind: 'return', value: node.children[0] ? inner(node.children[0]) : null, ...span };
    case 'global_statement':
    case 'nonlocal_statement':
      return {
        kind: node.type === 'global_statement' ? 'global' : 'nonlocal',
        names: node.children.map((child) => textOf(child, unit)),
        ...span,
      };
  }
  return compound(node, unit);
}

/** if, while, try, match, and whatever else: what is not a body is an expression. */
function compound(node: RawNode, unit: Conversion): Statement {
  const heads: Expression[] = [];
  const body: Placed[] = [];
  for (const child of node.children) {
    if (child.type === 'block') body.push(...convertBlock(child, unit));
    else if (BODIES.has(child.type)) body.push(...placed(child, unit));
    else heads.push(convertExpression(child, unit));
  }
  const span = { start: node.start - unit.origin, end: node.end - unit.origin };
  return { kind: 'compound', clause: BODIES.has(node.type), heads, body, ...span };
}

function placed(node: RawNode, unit: Conversion): Placed[] {
  return [{ offset: 0, statement: compound(node, unit) }];
}

/** `a = b = c` nests to the right. */
function assignment(node: RawNode, unit: Conversion): Statement {
  const targets: Expression[] = [];
  let annotation: Expression | null = null;
  let current: RawNode | undefined = node;
  while (current?.type === 'assignment') {
    const children: readonly RawNode[] = current.children;
    const left = children.find((child) => child.field === 'left');
    const type = children.find((child) => child.field === 'type');
    if (left) targets.push(convertExpression(left, unit));
    if (type) annotation = convertExpression(type, unit);
    current = children.find((child) => child.field === 'right');
  }
  return {
    kind: 'assignment',
    targets,
    annotation,
    value: current ? convertExpression(current, unit) : null,
    start: node.start - unit.origin,
    end: node.end - unit.origin,
  };
}

function importStatement(node: RawNode, unit: Conversion): Statement {
  const module = node.children.find((child) => child.field === 'module_name');
  const written = module ? textOf(module, unit).replace(/\s/g, '') : '';
  const name = written.replace(/^\.+/, '');
  const names = node.children.flatMap((child) => {
    if (child.type === 'wildcard_import') return [{ path: '*', alias: null }];
    if (child.field !== 'name') return [];
    const [path, alias] = child.type === 'aliased_import' ? child.children : [child];
    return path ? [{ path: textOf(path, unit), alias: alias ? textOf(alias, unit) : null }] : [];
  });
  return {
    kind: 'import',
    from: node.type === 'import_statement' ? null : { module: name, level: written.length - name.length },
    names,
    start: node.start - unit.origin,
    end: node.end - unit.origin,
  };
}

function withItems(node: RawNode): RawNode[] {
  return node.children
    .filter((child) => child.type === 'with_clause')
    .flatMap((clause) => clause.children)
    .flatMap((item) => unwrapped(item));
}

/** `with (a as b, c as d):` may come as one item that is a tuple of patterns. */
function unwrapped(item: RawNode): RawNode[] {
  const value = item.children.find((child) => child.field === 'value') ?? item.children[0];
  if (value?.type === 'tuple' && value.children.some((child) => child.type === 'as_pattern'))
    return [...value.children];
  return value ? [value] : [];
}

function withItem(value: RawNode, unit: Conversion): { context: Expression; target: Expression | null } {
  const [context, target] = value.children;
  if (value.type === 'as_pattern' && context && target) {
    return { context: convertExpression(context, unit), target: convertExpression(target, unit) };
  }
  return { context: convertExpression(value, unit), target: null };
}
