/** What a call gives back. */
import { classAt, functionAt, memberOf } from '../library/catalog';
import type { Call } from '../syntax/ast';
import { annotatedValues } from './annotations';
import { attributeOf, instanceOf } from './attributes';
import { enteredValues } from './bound';
import type { Resolver, Values } from './resolver';
import type { ClassSymbol, Scope } from './symbols';
import type { Value } from './values';

/** Functions that give back what they are given. */
const PASS_THROUGH = new Set([
  'contextlib.closing',
  'contextlib.aclosing',
  'copy.copy',
  'weakref.proxy',
  'typing.cast',
  'asyncio.wait_for',
  'asyncio.ensure_future',
  'asyncio.create_task',
  'asyncio.shield',
]);

export function resultOf(resolver: Resolver, call: Call, scope: Scope): Values {
  const first = call.args[0]?.value;
  const entered = enterContext(resolver, call, scope);
  if (entered) return entered;
  return resolver.evaluate(call.callee, scope).flatMap((value): Values => {
    if (value.kind !== 'path') return resultOfCalling(resolver, value);
    if (value.path === 'builtins.super') return superOf(scope);
    if (value.path === 'builtins.getattr') return attributeByName(resolver, call, scope);
    if (value.path === 'functools.partial' && first) return resolver.evaluate(first, scope);
    if (PASS_THROUGH.has(value.path)) {
      const given = value.path === 'typing.cast' ? call.args[1]?.value : first;
      return given ? resolver.evaluate(given, scope) : [];
    }
    return resultOfCalling(resolver, value);
  });
}

/** What calling this value gives back, whatever the arguments. */
export function resultOfCalling(resolver: Resolver, value: Value): Values {
  switch (value.kind) {
    case 'path': {
      if (classAt(value.path)) return [{ kind: 'instance', type: value.path }];
      const returns = functionAt(value.path)?.fact.returns;
      return returns === undefined ? [] : instanceOf(returns);
    }
    case 'method': {
      const returns = memberOf(value.type, value.name)?.call?.returns;
      return returns === undefined ? [] : instanceOf(returns);
    }
    case 'class':
      return [{ kind: 'object', of: value.of }];
    case 'function': {
      const { node, outer, scope, returned, yielded } = value.of;
      if (node.kind === 'function' && node.returns) {
        const annotated = annotatedValues(resolver, node.returns, outer);
        if (annotated.length > 0) return annotated;
      }
      return [...returned, ...yielded].flatMap((expression) => resolver.evaluate(expression, scope));
    }
    case 'object':
      return attributeOf(resolver, value, '__call__').flatMap((method) => resultOfCalling(resolver, method));
    default:
      return [];
  }
}

/** `stack.enter_context(x)`, `await stack.enter_async_context(x)`, unittest's `self.enterContext(x)`. */
function enterContext(resolver: Resolver, call: Call, scope: Scope): Values | null {
  const { callee, args } = call;
  const names = ['enter_context', 'enter_async_context', 'enterContext', 'enterClassContext', 'enterAsyncContext'];
  if (callee.kind !== 'attribute' || !names.includes(callee.name) || !args[0]) return null;
  return enteredValues(resolver, resolver.evaluate(args[0].value, scope));
}

function superOf(scope: Scope): Values {
  const owner = ownerOf(scope);
  return owner ? [{ kind: 'super', of: owner }] : [];
}

function ownerOf(scope: Scope): ClassSymbol | null {
  for (let current: Scope | null = scope; current; current = current.parent) {
    if (current.kind === 'function' && current.within?.owner) return current.within.owner;
  }
  return null;
}

/** `getattr(requests, 'post')`, and with a name that is not written down. */
function attributeByName(resolver: Resolver, call: Call, scope: Scope): Values {
  const [object, name] = call.args;
  if (!object || !name) return [];
  const values = resolver.evaluate(object.value, scope);
  if (name.value.kind === 'text' && name.value.value !== null) {
    const written = name.value.value;
    return values.flatMap((value) => attributeOf(resolver, value, written));
  }
  return values.map((of) => ({ kind: 'anyAttribute', of }));
}
