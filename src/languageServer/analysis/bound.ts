/** What `with`, iteration and parameters bind. */
import { classAt } from '../library/catalog';
import type { Expression } from '../syntax/ast';
import { annotatedValues } from './annotations';
import { attributeOf, instanceOf } from './attributes';
import { decoratedWith, isStatic } from './binding';
import { resultOfCalling } from './calls';
import type { Resolver, Values } from './resolver';
import type { Binding, CallSymbol, FunctionSymbol, Scope } from './symbols';

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
  // a name that is called all over a large source is no private helper
  if (calls.length > 60) return [];
  const skipped = of.owner !== null && !isStatic(of.node) ? 1 : 0;
  return calls.flatMap((call) =>
    callsIt(resolver, call, of) ? argumentOf(resolver, call, name, index - skipped) : [],
  );
}

function callsIt(resolver: Resolver, call: CallSymbol, of: FunctionSymbol): boolean {
  return resolver.evaluate(call.node.callee, call.scope).some((value) => {
    if (value.kind === 'function') return value.of === of;
    return value.kind === 'class' && value.of === of.owner && of.name === '__init__';
  });
}

function argumentOf(resolver: Resolver, call: CallSymbol, name: string, position: number): Values {
  const { args } = call.node;
  const named = args.find(({ keyword }) => keyword === name);
  const positional = args.filter(({ keyword }) => keyword === null);
  const given = named ?? (args.some(({ keyword }) => keyword === '*') ? undefined : positional[position]);
  return given ? resolver.evaluate(given.value, call.scope) : [];
}
