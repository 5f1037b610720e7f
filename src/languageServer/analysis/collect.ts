/** Walks a source's statements once and writes down what they bind. */
import type { Block, Call, ClassDefinition, Expression, FunctionDefinition, Lambda, Statement } from '../syntax/ast';
import { bind, bindAttribute, resolveImport } from './binding';
import {
  type AttributeAssignment,
  type Binding,
  type CallSymbol,
  type ClassSymbol,
  calledName,
  type FunctionSymbol,
  type Scope,
  type Symbols,
} from './symbols';

/**
 * @param moduleName dotted name of the module, so that relative imports resolve; null when it is not known
 * @param isPackage whether the source is a package's `__init__.py`
 */
export function collectSymbols(statements: Block, moduleName: string | null, isPackage = false): Symbols {
  return new Collector(moduleName, isPackage).collect(statements);
}

class Collector {
  readonly #moduleName: string | null;
  readonly #isPackage: boolean;
  readonly #calls: CallSymbol[] = [];
  readonly #functions: FunctionSymbol[] = [];
  readonly #classes: ClassSymbol[] = [];
  readonly #assignments: AttributeAssignment[] = [];
  readonly #callsByName = new Map<string, CallSymbol[]>();
  readonly #boundNames = new Set<string>();
  readonly #imports = new Set<string>();

  constructor(moduleName: string | null, isPackage: boolean) {
    this.#moduleName = moduleName;
    this.#isPackage = isPackage;
  }

  collect(statements: Block): Symbols {
    const module = newScope('module', null, null);
    this.#block(statements, module, 0, null);
    return {
      module,
      calls: this.#calls,
      functions: this.#functions,
      classes: this.#classes,
      callsByName: this.#callsByName,
      boundNames: this.#boundNames,
      imports: this.#imports,
      attributeAssignments: this.#assignments,
    };
  }

  #block(block: Block, scope: Scope, base: number, owner: ClassSymbol | null): void {
    for (const { offset, statement } of block) this.#statement(statement, scope, base + offset, owner);
  }

  #statement(statement: Statement, scope: Scope, base: number, owner: ClassSymbol | null): void {
    switch (statement.kind) {
      case 'expression':
        for (const value of statement.values) this.#expression(value, scope, base);
        break;
      case 'assignment':
        this.#assignment(statement, scope, base);
        break;
      case 'import':
        for (const [name, path] of resolveImport(statement, this.#moduleName, this.#isPackage)) {
          this.#imports.add(path);
          this.#bind(scope, name, { kind: 'import', path });
        }
        break;
      case 'function':
        this.#function(statement, scope, base, owner);
        break;
      case 'class':
        this.#class(statement, scope, base);
        break;
      case 'with':
        for (const { context, target } of statement.items) {
          this.#expression(context, scope, base);
          if (target) this.#target(target, { value: context, how: 'entered' }, scope, base);
        }
        this.#block(statement.body, scope, base, owner);
        break;
      case 'for':
        this.#expression(statement.iterable, scope, base);
        this.#target(statement.target, { value: statement.iterable, how: 'item' }, scope, base);
        this.#block(statement.body, scope, base, owner);
        break;
      case 'return':
        if (!statement.value) break;
        scope.within?.returned.push(statement.value);
        this.#expression(statement.value, scope, base);
        break;
      case 'global':
      case 'nonlocal':
        for (const name of statement.names) {
          const home = statement.kind === 'global' ? moduleOf(scope) : scope.parent;
          // `global` at the top of a module says nothing
          if (home && home !== scope) scope.elsewhere.set(name, home);
        }
        break;
      case 'compound':
        for (const head of statement.heads) this.#expression(head, scope, base);
        this.#block(statement.body, scope, base, owner);
        break;
    }
  }

  #assignment(statement: Statement & { kind: 'assignment' }, scope: Scope, base: number): void {
    const { targets, annotation, value } = statement;
    if (value) this.#expression(value, scope, base);
    for (const target of targets) {
      if (annotation) this.#bindAll(target, { kind: 'annotated', annotation, scope }, scope);
      if (!value) continue;
      this.#target(target, { value, how: 'value' }, scope, base);
      if (target.kind === 'attribute') {
        this.#assignments.push({ target, value, scope, base, start: statement.start, end: statement.end });
      }
    }
  }

  #target(
    target: Expression,
    { value, how }: { value: Expression; how: 'value' | 'entered' | 'item' },
    scope: Scope,
    base: number,
    path: readonly number[] = [],
  ): void {
    if (target.kind === 'sequence') {
      target.items.forEach((item, index) => {
        this.#target(item, { value, how }, scope, base, [...path, index]);
      });
      return;
    }
    if (target.kind === 'subscript') this.#expression(target, scope, base);
    this.#bindAll(target, { kind: 'value', value, scope, how, path }, scope);
  }

  #bindAll(target: Expression, binding: Binding, scope: Scope): void {
    if (target.kind === 'name') this.#bind(scope, target.id, binding);
    if (target.kind !== 'attribute') return;
    this.#boundNames.add(target.name);
    bindAttribute(scope, target, binding);
  }

  #bind(scope: Scope, name: string, binding: Binding): void {
    this.#boundNames.add(name);
    bind(scope, name, binding);
  }

  #function(node: FunctionDefinition, outer: Scope, base: number, owner: ClassSymbol | null): void {
    for (const decorator of node.decorators) this.#expression(decorator, outer, base);
    const definition = this.#newFunction(node.name, node, outer, base, owner);
    this.#bind(outer, node.name, { kind: 'function', definition });
    this.#block(node.body, definition.scope, base, null);
  }

  #lambda(node: Lambda, outer: Scope, base: number): void {
    const definition = this.#newFunction('lambda', node, outer, base, null);
    definition.returned.push(node.body);
    this.#expression(node.body, definition.scope, base);
  }

  #newFunction(
    name: string,
    node: FunctionDefinition | Lambda,
    outer: Scope,
    base: number,
    owner: ClassSymbol | null,
  ): FunctionSymbol {
    const scope: Scope & { within: FunctionSymbol | null } = newScope('function', outer, null);
    const definition: FunctionSymbol = {
      name,
      node,
      parameters: node.parameters,
      outer,
      scope,
      owner,
      returned: [],
      yielded: [],
      calls: [],
      start: base + node.start,
    };
    scope.within = definition;
    this.#functions.push(definition);
    node.parameters.forEach((parameter, index) => {
      if (parameter.value) this.#expression(parameter.value, outer, base);
      this.#bind(scope, parameter.name, { kind: 'parameter', of: definition, parameter, index });
    });
    return definition;
  }

  #class(node: ClassDefinition, outer: Scope, base: number): void {
    for (const expression of [...node.decorators, ...node.bases]) this.#expression(expression, outer, base);
    const definition: ClassSymbol = {
      name: node.name,
      node,
      outer,
      scope: newScope('class', outer, outer.within),
      attributes: new Map(),
      path: this.#moduleName !== null && outer.kind === 'module' ? `${this.#moduleName}.${node.name}` : null,
    };
    this.#classes.push(definition);
    this.#bind(outer, node.name, { kind: 'class', definition });
    this.#block(node.body, definition.scope, base, definition);
  }

  #expression(expression: Expression, scope: Scope, base: number): void {
    const inner = (child: Expression) => this.#expression(child, scope, base);
    switch (expression.kind) {
      case 'call':
        inner(expression.callee);
        for (const { value } of expression.args) inner(value);
        this.#call(expression, scope, base);
        break;
      case 'attribute':
        inner(expression.object);
        break;
      case 'choice':
        if (expression.condition) inner(expression.condition);
        for (const option of expression.options) inner(option);
        break;
      case 'named':
        inner(expression.value);
        // it binds in the scope around a comprehension
        this.#target(expression.target, { value: expression.value, how: 'value' }, statementScope(scope), base);
        break;
      case 'sequence':
        for (const item of expression.items) inner(item);
        break;
      case 'subscript':
        inner(expression.value);
        if (expression.index) inner(expression.index);
        break;
      case 'lambda':
        this.#lambda(expression, scope, base);
        break;
      case 'comprehension': {
        const own = newScope('expression', scope, scope.within);
        for (const { target, iterable } of expression.clauses) {
          this.#expression(iterable, own, base);
          this.#target(target, { value: iterable, how: 'item' }, own, base);
        }
        for (const part of expression.parts) this.#expression(part, own, base);
        break;
      }
      case 'yield':
        if (!expression.value) break;
        scope.within?.yielded.push(expression.value);
        inner(expression.value);
        break;
      case 'text':
      case 'other':
        for (const part of expression.parts) inner(part);
        break;
    }
  }

  #call(node: Call, scope: Scope, base: number): void {
    const call: CallSymbol = { node, scope, base };
    this.#calls.push(call);
    scope.within?.calls.push(call);
    const name = calledName(node);
    if (name === null) return;
    const known = this.#callsByName.get(name);
    if (known) known.push(call);
    else this.#callsByName.set(name, [call]);
  }
}

function newScope(kind: Scope['kind'], parent: Scope | null, within: FunctionSymbol | null): Scope {
  return { kind, parent, bindings: new Map(), elsewhere: new Map(), within };
}

function moduleOf(scope: Scope): Scope {
  let current = scope;
  while (current.parent) current = current.parent;
  return current;
}

function statementScope(scope: Scope): Scope {
  let current = scope;
  while (current.kind === 'expression' && current.parent) current = current.parent;
  return current;
}
