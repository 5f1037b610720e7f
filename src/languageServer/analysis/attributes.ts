/** What `value.name` stands for. */
import { canonical, classAt, memberOf } from '../library/catalog';
import type { TypeReference } from '../library/facts';
import { decoratedWith } from './binding';
import { resultOfCalling } from './calls';
import type { Resolver, Values } from './resolver';
import type { ClassSymbol } from './symbols';
import type { Value } from './values';

export function attributeOf(resolver: Resolver, value: Value, name: string): Values {
  switch (value.kind) {
    case 'path':
      return [{ kind: 'path', path: canonical(`${value.path}.${name}`) }];
    case 'instance':
      return memberValues(value.type, name);
    case 'method': {
      // `bucket.objects` has the looks of a method until an attribute of it is asked for
      const uncalled = classAt(value.type)?.fact.uncalled;
      return typeof uncalled === 'string' ? memberValues(uncalled, name) : [];
    }
    case 'object':
      return attributeOfClass(resolver, value.of, name, value);
    case 'class':
      return attributeOfClass(resolver, value.of, name, null);
    case 'super':
      return inherited(resolver, value.of, name, { kind: 'object', of: value.of }, new Set([value.of]));
    default:
      return [];
  }
}

function memberValues(type: string, name: string): Values {
  const member = memberOf(type, name);
  if (!member) return [];
  return member.attribute === undefined ? [{ kind: 'method', type, name }] : instanceOf(member.attribute);
}

export function instanceOf(reference: TypeReference): Values {
  if (typeof reference === 'string') return [{ kind: 'instance', type: reference }];
  return [{ kind: 'tuple', items: reference.map((item) => (item === null ? [] : instanceOf(item))) }];
}

/** The libraries' classes that a class of this source is or descends from. */
export function libraryTypesOf(
  resolver: Resolver,
  definition: ClassSymbol,
  seen = new Set<ClassSymbol>(),
): readonly string[] {
  if (seen.has(definition)) return [];
  seen.add(definition);
  const itself = definition.path === null ? null : canonical(definition.path);
  if (itself !== null && classAt(itself)) return [itself];
  return definition.node.bases.flatMap((base) =>
    resolver.evaluate(base, definition.outer).flatMap((value) => {
      if (value.kind === 'class') return libraryTypesOf(resolver, value.of, seen);
      return value.kind === 'path' && classAt(value.path) ? [value.path] : [];
    }),
  );
}

function attributeOfClass(
  resolver: Resolver,
  definition: ClassSymbol,
  name: string,
  instance: Value | null,
  seen = new Set<ClassSymbol>(),
): Values {
  if (seen.has(definition)) return [];
  seen.add(definition);
  const own = ownAttribute(resolver, definition, name, instance);
  // a method that overrides a library's still stands for it
  const above = inherited(resolver, definition, name, instance, seen);
  const values = own.length > 0 ? [...own, ...above.filter(({ kind }) => kind === 'method')] : above;
  return instance === null ? values : [...values, ...overridden(resolver, definition, name, instance)];
}

/** What the subclasses in this source make of it: an instance may be one of theirs. */
function overridden(resolver: Resolver, definition: ClassSymbol, name: string, instance: Value): Values {
  return resolver
    .subclassesOf(definition)
    .flatMap((below) => [...ownAttribute(resolver, below, name, instance), ...ownTable(below, name)]);
}

function ownAttribute(resolver: Resolver, definition: ClassSymbol, name: string, instance: Value | null): Values {
  const bindings = [...(definition.attributes.get(name) ?? []), ...(definition.scope.bindings.get(name) ?? [])];
  return bindings.flatMap((binding): Values => {
    if (binding.kind !== 'function') return resolver.bound([binding]);
    const method: Value = { kind: 'function', of: binding.definition, bound: instance !== null };
    const isProperty = decoratedWith(binding.definition.node, 'property', 'cached_property', 'reify');
    return isProperty && instance ? resultOfCalling(resolver, method) : [method];
  });
}

function ownTable(definition: ClassSymbol, name: string): Values {
  const itself = definition.path === null ? null : canonical(definition.path);
  return itself !== null && classAt(itself) ? memberValues(itself, name) : [];
}

function inherited(
  resolver: Resolver,
  definition: ClassSymbol,
  name: string,
  instance: Value | null,
  seen: Set<ClassSymbol>,
): Values {
  const fromTable = ownTable(definition, name);
  const fromBases = definition.node.bases.flatMap((base) =>
    resolver.evaluate(base, definition.outer).flatMap((value): Values => {
      if (value.kind === 'class') return attributeOfClass(resolver, value.of, name, instance, seen);
      return value.kind === 'path' && classAt(value.path) ? memberValues(value.path, name) : [];
    }),
  );
  return [...fromTable, ...fromBases];
}
