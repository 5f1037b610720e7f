/** What `with`, iteration and parameters bind. */
import { classAt } from '../library/catalog';
import type { Expression } from '../syntax/ast';
import { annotatedValues } from './annotations';
import { argumentAt, positionalAt } from './arguments';
import { attributeOf, instanceOf } from './attributes';
import { decoratedWith, isStatic } from './binding';
import { resultOfCalling } from './calls';
import type { Resolver, Values } from './resolver';
import type { Binding, CallSymbol, FunctionSymbol, Scope } from './symbols';

/** A name that is called more often than this in a source is no private helper, and looking at all calls would take long. */
const MAXIMUM_CALLS = 60;

/** What `with value as x` binds to x. */
export function enteredValues(resolver: Resolver, values: Values): Values {
  return values.flatMap((value): Values => {
    if (value.kind === 'instance') {
      const enters = classAt(value.type)?.fact.enters;
      return enters === undefined ? [value] : instanceOf(enters);
    }
    if (value.kind !== 'object') return [value];
    const methods = ['__enter__', '__aenter__'].flatMap((name) => attributeOf(resolver, value, name));
    const entered = methods.flatMap((method) => resultOfCalling(resolver, method));
    return entered.length > 0 ? entered : [value];
  });
}

/** What `for x in value` binds to x: the items of a literal. */
export function itemValues(resolver: Resolver, iterable: Expression, scope: Scope): Values {
  return resolver.evaluate(iterable, scope).flatMap((value) => (value.kind === 'tuple' ? value.items.flat() : []));
}

/** What a parameter can be: by annotation, by default, as a fixture of that name, by the calls in this source. */
export function parameterValues(resolver: Resolver, binding: Binding & { kind: 'parameter' }): Values {
  const { of, parameter, index } = binding;
  if (parameter.unpacks !== null) return [];
  const annotated = parameter.annotation ? annotatedValues(resolver, parameter.annotation, of.outer) : [];
  if (annotated.length > 0) return annotated;
  const preset = parameter.value ? resolver.evaluate(parameter.value, of.outer) : [];
  const fixture = fixtureValues(resolver, parameter.name, of);
  return [
    ...preset.filter((value) => !isConstant(value)),
    ...fixture,
    ...argumentValues(resolver, of, parameter.name, index),
  ];
}

function isConstant(value: Values[number]): boolean {
  return value.kind === 'path' && value.path.startsWith('builtins.');
}

/** pytest hands a test what the fixture function of the parameter's name returns. */
function fixtureValues(resolver: Resolver, name: string, of: FunctionSymbol): Values {
  const bindings = resolver.symbols.module.bindings.get(name) ?? [];
  return bindings.flatMap((binding) =>
    binding.kind === 'function' && binding.definition !== of && decoratedWith(binding.definition.node, 'fixture')
      ? resultOfCalling(resolver, { kind: 'function', of: binding.definition, bound: false })
      : [],
  );
}

/** What the calls in this source hand over. */
function argumentValues(resolver: Resolver, of: FunctionSymbol, name: string, index: number): Values {
  const isConstructor = of.name === '__init__' && of.owner !== null;
  const calledAs = isConstructor && of.owner ? of.owner.name : of.name;
  const calls = resolver.symbols.callsByName.get(calledAs) ?? [];
  if (calls.length > MAXIMUM_CALLS) return [];
  const position = index - (of.owner !== null && !isStatic(of.node) ? 1 : 0);
  const called = calls.flatMap((call) =>
    callsIt(resolver, call, of) ? argumentOf(resolver, call, name, position) : [],
  );
  const patched = index === 0 && of.owner === null ? patchedInstance(resolver, of) : [];
  return [...called, ...threadArguments(resolver, of, position), ...patched];
}

function callsIt(resolver: Resolver, call: CallSymbol, of: FunctionSymbol): boolean {
  return resolver.evaluate(call.node.callee, call.scope).some((value) => {
    if (value.kind === 'function') return value.of === of;
    return value.kind === 'class' && value.of === of.owner && of.name === '__init__';
  });
}

function argumentOf(resolver: Resolver, call: CallSymbol, name: string, position: number): Values {
  const given = call.node.args.find(({ keyword }) => keyword === name) ?? positionalAt(call.node, position);
  return given ? resolver.evaluate(given.value, call.scope) : [];
}

/** `Thread(target=f, args=(…))` calls f, later. */
function threadArguments(resolver: Resolver, of: FunctionSymbol, position: number): Values {
  const starts = ['Thread', 'Process', 'Timer'].flatMap((name) => resolver.symbols.callsByName.get(name) ?? []);
  return starts.flatMap(({ node, scope }) => {
    const target = argumentAt(node, { keywords: ['target', 'function'], position: 1 });
    const handed = argumentAt(node, { keywords: ['args'], position: 3 });
    if (!target || handed?.value.kind !== 'sequence') return [];
    const isIt = resolver.evaluate(target.value, scope).some((value) => value.kind === 'function' && value.of === of);
    const argument = isIt ? handed.value.items[position] : undefined;
    return argument ? resolver.evaluate(argument, scope) : [];
  });
}

/** `library.Class.method = f` makes f's first parameter an instance of that class. */
function patchedInstance(resolver: Resolver, of: FunctionSymbol): Values {
  return resolver.symbols.attributeAssignments.flatMap(({ target, value, scope }): Values => {
    if (target.kind !== 'attribute' || value.kind !== 'name' || value.id !== of.name) return [];
    if (!resolver.evaluate(value, scope).some((each) => each.kind === 'function' && each.of === of)) return [];
    return resolver
      .evaluate(target.object, scope)
      .flatMap((each) => (each.kind === 'path' && classAt(each.path) ? [{ kind: 'instance', type: each.path }] : []));
  });
}
