/** How names come to be bound: by assignment, to attributes, by import. */
import type { Attribute, Import } from '../syntax/ast';
import { type Binding, type ClassSymbol, dottedName, type Scope } from './symbols';

/** Binds a name in a scope, or where a `global` or `nonlocal` in it says. */
export function bind(scope: Scope, name: string, binding: Binding): void {
  const home = scope.elsewhere.get(name) ?? scope;
  push(home.bindings, name, binding);
}

/** Binds `self.x` in the class whose method the scope belongs to, and any other `a.b` under its dotted name. */
export function bindAttribute(scope: Scope, target: Attribute, binding: Binding): void {
  const owner = target.object.kind === 'name' ? classOfInstance(scope, target.object.id) : null;
  if (owner) {
    push(owner.attributes, target.name, binding);
    return;
  }
  const name = dottedName(target);
  if (name !== null) push(scope.bindings, name, binding);
}

/** The class that a name stands for an instance of: the first parameter of the method around. */
export function classOfInstance(scope: Scope, name: string): ClassSymbol | null {
  for (let current: Scope | null = scope; current; current = current.parent) {
    const method = current.kind === 'function' ? current.within : null;
    if (!method) continue;
    const index = method.parameters.findIndex((parameter) => parameter.name === name);
    if (index > 0) return null;
    if (index === 0) return method.owner && !isStatic(method.node) ? method.owner : null;
  }
  return null;
}

export function isStatic(node: { readonly kind: string; readonly decorators?: readonly unknown[] }): boolean {
  return decoratedWith(node, 'staticmethod');
}

/** Whether one of the decorators ends in this name: `@contextlib.contextmanager`, `@pytest.fixture(scope=…)`. */
export function decoratedWith(
  node: { readonly kind: string; readonly decorators?: readonly unknown[] },
  ...names: readonly string[]
): boolean {
  return (node.decorators ?? []).some((decorator) => {
    let expression = decorator as Attribute | { kind: 'call'; callee: Attribute };
    if (expression.kind === 'call') expression = expression.callee;
    const name = dottedName(expression as Attribute);
    return name !== null && names.includes(name.slice(name.lastIndexOf('.') + 1));
  });
}

/** Names that an import statement binds, each with the dotted path behind it. A star binds under "*". */
export function resolveImport(node: Import, moduleName: string | null, isPackage: boolean): [string, string][] {
  if (node.from === null) {
    return node.names.map(({ path, alias }) => {
      // `import a.b` binds a; `import a.b as c` binds a.b
      const [first = path] = path.split('.');
      return alias === null ? [first, first] : [alias, path];
    });
  }
  const module = absoluteModule(node.from.module, node.from.level, moduleName, isPackage);
  const join = (name: string) => (module === '' || module.endsWith('.') ? module + name : `${module}.${name}`);
  return node.names.map(({ path, alias }) => (path === '*' ? ['*', module] : [alias ?? path, join(path)]));
}

function absoluteModule(module: string, level: number, moduleName: string | null, isPackage: boolean): string {
  if (level === 0) return module;
  const relative = '.'.repeat(level) + module;
  if (moduleName === null) return relative;
  const parts = moduleName.split('.');
  const up = isPackage ? level - 1 : level;
  if (up > parts.length) return relative;
  const base = parts.slice(0, parts.length - up).join('.');
  return [base, module].filter((part) => part !== '').join('.');
}

function push(bindings: Map<string, Binding[]>, name: string, binding: Binding): void {
  const known = bindings.get(name);
  if (known) known.push(binding);
  else bindings.set(name, [binding]);
}
