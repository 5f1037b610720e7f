/** The calls of a source that send data, and through what. */
import { canonical, classAt, functionAt, memberOf, OPEN_MODULES, SENDING_NAMES } from '../library/catalog';
import type { CallFact, Send, TextCondition } from '../library/facts';
import type { Call } from '../syntax/ast';
import { argumentAt } from './arguments';
import { libraryTypesOf } from './attributes';
import { beginnings } from './literals';
import type { Resolver } from './resolver';
import type { CallSymbol, FunctionSymbol } from './symbols';
import { typeByCall } from './telltale';
import type { Value } from './values';
import { isSimple, passesOn } from './wrappers';

export interface CallSite {
  readonly call: CallSymbol;
  /** The call that reaches the library, its arguments as the tables count them: this one, or one inside `through`. */
  readonly direct: CallSymbol;
  /** "requests", "http.client" … */
  readonly library: string;
  /** What is called, as its documentation names it: "requests.post", "Session.post"; null when known at run time only. */
  readonly name: string | null;
  readonly send: Send;
  readonly fact: CallFact;
  /** The function of this source that the call goes through, or null for a direct one. */
  readonly through: FunctionSymbol | null;
}

/** Attributes that `getattr(session, verb)` is used for. */
const ANY: Send = { what: 'request', body: { keywords: ['data', 'json', 'files', 'body', 'content', 'Body'] } };
const VERBS = ['post', 'request', 'put_object'];

export class CallSiteFinder {
  readonly #resolver: Resolver;
  readonly #sites = new Map<CallSymbol, CallSite | null>();
  /** How many functions are being looked through right now. */
  #open = 0;
  readonly #wrappers = new Map<FunctionSymbol, CallSite | null>();

  /** Whether methods of any name may send. */
  readonly #anyName: boolean;

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
    this.#anyName = [...resolver.symbols.imports].some((path) => OPEN_MODULES.test(canonical(path)));
  }

  /** Every call that sends data, in the order of the source. */
  all(): CallSite[] {
    return this.#resolver.symbols.calls
      .flatMap((call) => this.siteOf(call) ?? [])
      .sort((a, b) => a.call.base + a.call.node.start - (b.call.base + b.call.node.start));
  }

  /** What a call sends through, or null. */
  siteOf(call: CallSymbol): CallSite | null {
    const known = this.#sites.get(call);
    if (known !== undefined) return known;
    const site = this.#find(call);
    // inside a function that calls itself nothing is settled yet
    if (site || this.#open === 0) this.#sites.set(call, site);
    return site;
  }

  /** A quick look at the name alone: most calls of a source are of methods that nothing here is about. */
  #worthALook({ node }: CallSymbol): boolean {
    const { callee } = node;
    if (callee.kind !== 'attribute' || this.#anyName || typeByCall(node) !== null) return true;
    return SENDING_NAMES.has(callee.name) || this.#resolver.symbols.boundNames.has(callee.name);
  }

  #find(call: CallSymbol): CallSite | null {
    if (!this.#worthALook(call)) return null;
    const values = this.#resolver.evaluate(call.node.callee, call.scope);
    for (const value of values) {
      const site = this.#direct(call, value);
      if (site) return site;
    }
    for (const value of values) {
      const wrapper = value.kind === 'function' ? this.#wrapped(value.of) : null;
      if (wrapper && value.kind === 'function') return { ...wrapper, call, through: value.of };
    }
    const { callee } = call.node;
    const type = values.length === 0 && callee.kind === 'attribute' ? typeByCall(call.node) : null;
    return type !== null && callee.kind === 'attribute'
      ? this.#direct(call, { kind: 'method', type, name: callee.name })
      : null;
  }

  #direct(call: CallSymbol, value: Value): CallSite | null {
    if (value.kind === 'path') {
      const found = functionAt(value.path);
      if (found) return site(call, found.library, value.path, found.fact);
      // `Session.request(self, …)`: the method taken from the class
      const dot = value.path.lastIndexOf('.');
      const member = memberOf(value.path.slice(0, dot), value.path.slice(dot + 1));
      if (!member?.call || classAt(value.path)) return null;
      return site(
        withoutInstance(call),
        member.library,
        `${member.owner}.${value.path.slice(dot + 1)}`,
        member.call,
        call,
      );
    }
    if (value.kind === 'method') {
      const member = memberOf(value.type, value.name);
      return member?.call ? site(call, member.library, `${member.owner}.${value.name}`, member.call) : null;
    }
    return value.kind === 'anyAttribute' ? this.#dynamic(call, value.of) : null;
  }

  #dynamic(call: CallSymbol, of: Value): CallSite | null {
    if (of.kind === 'path') {
      const verb = VERBS.map((name) => functionAt(`${of.path}.${name}`)).find((found) => found?.fact.send);
      return verb
        ? { call, direct: call, library: verb.library, name: null, send: ANY, fact: verb.fact, through: null }
        : null;
    }
    const types =
      of.kind === 'object' ? libraryTypesOf(this.#resolver, of.of) : of.kind === 'instance' ? [of.type] : [];
    for (const type of types) {
      const member = VERBS.map((name) => memberOf(type, name)).find((found) => found?.call?.send);
      if (member?.call)
        return { call, direct: call, library: member.library, name: null, send: ANY, fact: member.call, through: null };
    }
    return null;
  }

  /** The first sending call in a function's body that passes on what the function was given. */
  #wrapped(of: FunctionSymbol): CallSite | null {
    const known = this.#wrappers.get(of);
    if (known !== undefined) return known;
    this.#wrappers.set(of, null);
    if (!isSimple(of)) return null;
    this.#open += 1;
    const found = of.calls.map((call) => this.siteOf(call)).find((inner) => inner !== null && passesOn(of, inner));
    this.#open -= 1;
    this.#wrappers.set(of, found ?? null);
    return found ?? null;
  }
}

function site(call: CallSymbol, library: string, name: string, fact: CallFact, shown = call): CallSite | null {
  const { send } = fact;
  if (!send) return null;
  if (send.onlyIf && !begins(call, send.onlyIf)) return null;
  if (send.unless && begins(call, send.unless)) return null;
  return { call: shown, direct: call, library, name, send, fact, through: null };
}

/** Whether an argument is a text that begins so, whichever of its values it has. */
function begins(call: CallSymbol, { place, begins: expected }: TextCondition): boolean {
  const given = argumentAt(call.node, place);
  const starts = given ? beginnings(given.value, call.scope) : null;
  return starts?.every((start) => expected.test(start)) === true;
}

/** The call as its method sees it when the instance is handed over as the first argument. */
function withoutInstance(call: CallSymbol): CallSymbol {
  const node: Call = { ...call.node, args: call.node.args.slice(1) };
  return { ...call, node };
}
