/** Functions of this source that hand their caller's data to a call that sends it. */
import type { Block, Expression } from '../syntax/ast';
import type { CallSite } from './callSites';
import { childrenOf } from './children';
import type { FunctionSymbol, Scope } from './symbols';

/**
 * Whether a call inside a function passes on something that the function was given: a parameter, or a local made from
 * one. The instance (`self`) does not count.
 */
export function passesOn(of: FunctionSymbol, site: CallSite): boolean {
  const given = givenNames(of);
  if (given.size === 0) return false;
  return site.call.node.args.some(({ value }) => mentions(value, given));
}

/** A function longer than this does more than pass something on. */
const MAXIMUM_STATEMENTS = 10;

/** Whether a function is short enough that a call of it is, in effect, the call inside. Constructors never are. */
export function isSimple(of: FunctionSymbol): boolean {
  const { node } = of;
  if (node.kind === 'lambda') return true;
  return !/^__\w+__$/.test(of.name) && countStatements(node.body) <= MAXIMUM_STATEMENTS;
}

function countStatements(block: Block): number {
  return block.reduce((sum, { statement }) => {
    if (statement.kind === 'expression' && statement.values.every(({ kind }) => kind === 'text')) return sum;
    const own = statement.kind === 'compound' && statement.clause ? 0 : 1;
    return sum + own + ('body' in statement ? countStatements(statement.body) : 0);
  }, 0);
}

/** The function's parameters and the locals made from them. */
function givenNames(of: FunctionSymbol): ReadonlySet<string> {
  const names = new Set(of.parameters.slice(of.owner ? 1 : 0).map(({ name }) => name));
  if (names.size === 0) return names;
  // a few rounds: locals made from locals
  for (let round = 0; round < 4; round += 1) {
    const before = names.size;
    for (const [name, bindings] of of.scope.bindings) {
      if (names.has(name)) continue;
      if (bindings.some((binding) => binding.kind === 'value' && mentions(binding.value, names))) names.add(name);
    }
    if (names.size === before) break;
  }
  return names;
}

function mentions(expression: Expression, names: ReadonlySet<string>): boolean {
  if (expression.kind === 'name') return names.has(expression.id);
  return childrenOf(expression).some((child) => mentions(child, names));
}

/** The function around a scope that is not a lambda. */
export function functionAround(scope: Scope): FunctionSymbol | null {
  for (let current = scope.within; current; current = current.outer.within) {
    if (current.node.kind === 'function') return current;
  }
  return null;
}
