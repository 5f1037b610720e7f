/** From tree-sitter's expression nodes to the analysis' own. */
import type { Argument, Comprehension, Expression, Parameter, Span } from './ast';
import type { RawNode } from './rawTree';

/** A unit's conversion: the whole source, and the offset of the unit in it. */
export interface Conversion {
  readonly source: string;
  readonly origin: number;
}

export function convertExpression(node: RawNode, unit: Conversion): Expression {
  const span = { start: node.start - unit.origin, end: node.end - unit.origin };
  const inner = (child: RawNode) => convertExpression(child, unit);
  const field = (name: string) => node.children.find((child) => child.field === name);
  switch (node.type) {
    case 'identifier':
      return { kind: 'name', id: textOf(node, unit), ...span };
    case 'dotted_name':
      return dotted(node, unit);
    case 'attribute': {
      const object = field('object');
      const name = field('attribute');
      if (!object || !name) break;
      return { kind: 'attribute', object: inner(object), name: textOf(name, unit), ...span };
    }
    case 'call': {
      const callee = field('function');
      const list = field('arguments');
      if (!callee || !list) break;
      return {
        kind: 'call',
        callee: inner(callee),
        args: argumentsOf(list, unit),
        list: { start: list.start - unit.origin, end: list.end - unit.origin },
        ...span,
      };
    }
    case 'string':
    case 'concatenated_string':
      return string(node, unit, span);
    case 'true':
    case 'false':
    case 'none':
    case 'integer':
    case 'float':
      return { kind: 'constant', text: textOf(node, unit), ...span };
    case 'conditional_expression': {
      const [value, condition, otherwise] = node.children;
      if (!value || !condition || !otherwise) break;
      return { kind: 'choice', options: [inner(value), inner(otherwise)], condition: inner(condition), ...span };
    }
    case 'boolean_operator':
      return { kind: 'choice', options: node.children.map(inner), condition: null, ...span };
    case 'named_expression': {
      const target = field('name');
      const value = field('value');
      if (!target || !value) break;
      return { kind: 'named', target: inner(target), value: inner(value), ...span };
    }
    case 'parenthesized_expression':
    case 'await':
    case 'as_pattern_target':
    case 'type':
    case 'expression_list':
    case 'pattern_list':
    case 'tuple':
    case 'tuple_pattern':
    case 'list':
    case 'list_pattern': {
      const wraps = !/list|tuple/.test(node.type);
      const [only] = node.children;
      if (wraps && only && node.children.length === 1) return inner(only);
      return { kind: 'sequence', items: node.children.map(inner), ...span };
    }
    case 'subscript': {
      const value = field('value');
      const index = field('subscript');
      if (!value) break;
      return { kind: 'subscript', value: inner(value), index: index ? inner(index) : null, ...span };
    }
    case 'generic_type': {
      const [value, index] = node.children;
      if (!value) break;
      return { kind: 'subscript', value: inner(value), index: index ? inner(index) : null, ...span };
    }
    case 'lambda': {
      const body = field('body');
      if (!body) break;
      const parameters = field('parameters');
      return {
        kind: 'lambda',
        parameters: parameters ? parametersOf(parameters, unit) : [],
        body: inner(body),
        ...span,
      };
    }
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return comprehension(node, unit, span);
    case 'yield':
      return { kind: 'yield', value: node.children[0] ? inner(node.children[0]) : null, ...span };
  }
  return { kind: 'other', parts: node.children.map(inner), ...span };
}

export function textOf(node: RawNode, unit: Conversion): string {
  return unit.source.slice(node.start, node.end);
}

function dotted(node: RawNode, unit: Conversion): Expression {
  const start = node.start - unit.origin;
  let end = start;
  let expression: Expression | null = null;
  for (const part of textOf(node, unit).split('.')) {
    end = expression === null ? start + part.length : end + 1 + part.length;
    const name = part.trim();
    expression =
      expression === null
        ? { kind: 'name', id: name, start, end }
        : { kind: 'attribute', object: expression, name, start, end };
  }
  return expression ?? { kind: 'other', parts: [], start, end };
}

function argumentsOf(list: RawNode, unit: Conversion): Argument[] {
  // f(x for x in y): the generator is the one argument
  if (list.type === 'generator_expression') return [argument(list, null, list, unit)];
  return list.children.map((child) => {
    const [first, second] = child.children;
    if (child.type === 'keyword_argument' && first && second) {
      return argument(child, textOf(first, unit), second, unit);
    }
    if (child.type === 'list_splat' && first) return argument(child, '*', first, unit);
    if (child.type === 'dictionary_splat' && first) return argument(child, '**', first, unit);
    return argument(child, null, child, unit);
  });
}

function argument(node: RawNode, keyword: string | null, value: RawNode, unit: Conversion): Argument {
  return {
    keyword,
    value: convertExpression(value, unit),
    start: node.start - unit.origin,
    end: node.end - unit.origin,
  };
}

function string(node: RawNode, unit: Conversion, span: Span): Expression {
  const strings = node.type === 'concatenated_string' ? node.children : [node];
  const parts: Expression[] = [];
  let prefix = '';
  let value: string | null = '';
  for (const part of strings.flatMap((child) => child.children)) {
    if (part.type === 'interpolation') {
      value = null;
      parts.push(...part.children.map((child) => convertExpression(child, unit)));
    } else if (part.type === 'string_content' && value !== null) {
      value += textOf(part, unit);
      prefix = value;
    }
  }
  return { kind: 'text', value, prefix, parts, ...span };
}

function comprehension(node: RawNode, unit: Conversion, span: Span): Comprehension {
  const clauses: { target: Expression; iterable: Expression }[] = [];
  const parts: Expression[] = [];
  for (const child of node.children) {
    const target = child.children.find(({ field }) => field === 'left');
    const iterable = child.children.find(({ field }) => field === 'right');
    if (child.type === 'for_in_clause' && target && iterable) {
      clauses.push({ target: convertExpression(target, unit), iterable: convertExpression(iterable, unit) });
    } else {
      parts.push(convertExpression(child, unit));
    }
  }
  return { kind: 'comprehension', clauses, parts, ...span };
}

/** The parameters of a function or a lambda, without the `*` and `/` that only separate. */
export function parametersOf(list: RawNode, unit: Conversion): Parameter[] {
  return list.children.flatMap((node) => parameter(node, unit) ?? []);
}

function parameter(node: RawNode, unit: Conversion): Parameter | null {
  const field = (name: string) => {
    const found = node.children.find((child) => child.field === name);
    return found ? convertExpression(found, unit) : null;
  };
  switch (node.type) {
    case 'identifier':
      return { name: textOf(node, unit), annotation: null, value: null, unpacks: null };
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern': {
      const [name] = node.children;
      const unpacks = node.type === 'list_splat_pattern' ? '*' : '**';
      return name ? { name: textOf(name, unit), annotation: null, value: null, unpacks } : null;
    }
    case 'typed_parameter': {
      const [pattern] = node.children;
      const inner = pattern ? parameter(pattern, unit) : null;
      // the annotation of *args is that of one item, not of the tuple
      return inner ? { ...inner, annotation: inner.unpacks ? null : field('type') } : null;
    }
    case 'default_parameter':
    case 'typed_default_parameter': {
      const name = node.children.find((child) => child.field === 'name');
      return name
        ? { name: textOf(name, unit), annotation: field('type'), value: field('value'), unpacks: null }
        : null;
    }
  }
  return null;
}
