/** Whether a body goes with a call that sends. */
import { classAt } from '../library/catalog';
import type { Call, Expression } from '../syntax/ast';
import { argumentAt, carriesBody } from './arguments';
import type { CallSite } from './callSites';
import type { Resolver } from './resolver';
import { type Binding, dottedName, type Scope } from './symbols';

/** True, false, or null where it is decided when the program runs. */
export function bodyOf({ direct, send }: Pick<CallSite, 'direct' | 'send'>, resolver: Resolver): boolean | null {
  const itself = carriesBody(direct.node, send.body);
  if (itself !== false || !send.request) return itself;
  const request = argumentAt(direct.node, send.request);
  return request ? bodyOfRequest(request.value, direct.scope, resolver) : false;
}

/** Of what may be a request made before, `Request(url, data)`, or just an address. */
function bodyOfRequest(value: Expression, scope: Scope, resolver: Resolver): boolean | null {
  const name = dottedName(value);
  const made = makers(value, scope).flatMap((call) => {
    const values = resolver.evaluate(call.node.callee, call.scope);
    const paths = values.flatMap((each) => (each.kind === 'path' ? [each.path] : []));
    const construct = paths.map((path) => classAt(path)?.fact.construct).find((found) => found !== undefined);
    return construct?.body ? [carriesBody(call.node, construct.body)] : [];
  });
  if (made.includes(true) || (name !== null && bindingsOf(`${name}.data`, scope).length > 0)) return true;
  if (made.length > 0) return made.includes(null) ? null : false;
  // one that comes from elsewhere can only be told by what it is called
  return name !== null && /req(?:uest)?$/i.test(name) ? null : false;
}

interface Maker {
  readonly node: Call;
  readonly scope: Scope;
}

/** The calls that an expression may be the result of. */
function makers(value: Expression, scope: Scope): Maker[] {
  if (value.kind === 'call') return [{ node: value, scope }];
  if (value.kind !== 'name') return [];
  return bindingsOf(value.id, scope).flatMap((binding) =>
    binding.kind === 'value' && binding.how === 'value' && binding.path.length === 0 && binding.value.kind === 'call'
      ? [{ node: binding.value, scope: binding.scope }]
      : [],
  );
}

function bindingsOf(name: string, scope: Scope): readonly Binding[] {
  for (let current: Scope | null = scope; current; current = current.parent) {
    const found = current.bindings.get(name);
    if (found) return found;
  }
  return [];
}
