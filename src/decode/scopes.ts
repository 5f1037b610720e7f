/** Library calls around an operation: what was asked for, and what left the library in the end. */
import type { ErrorChain, Scope } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';

const MAX_NESTING = 100;

/** The scope and those around it, innermost first. */
export function scopeChain(process: ProcessModel, scopeId: number): Scope[] {
  const chain: Scope[] = [];
  for (let id = scopeId; id !== 0 && chain.length < MAX_NESTING; ) {
    const scope = process.scopes.get(id);
    if (!scope) break;
    chain.push(scope);
    id = scope.parent < id ? scope.parent : 0; // a scope begins after the one around it
  }
  return chain;
}

/**
 * Method and URL of the nearest call that names a whole URL (a redirect's own, not that of the call which follows it;
 * not the bare path that a lower layer is given), or what little the nearest call tells.
 */
export function intendedBy(
  chain: readonly Scope[],
): { readonly method: string | null; readonly url: string | null; readonly function: string } | null {
  const named =
    chain.find((scope) => /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(scope.url ?? '')) ??
    chain.find((scope) => scope.url !== null) ??
    chain[0];
  if (!named) return null;
  const method = named.method ?? chain.find((scope) => scope.method !== null)?.method ?? null;
  return { method, url: named.url, function: named.function };
}

/**
 * What the library raised because of an exchange: the error of the outermost call around it in which nothing was tried
 * after it; a call that went on to another exchange (a retry, a redirect) speaks of that one.
 *
 * @param isLastIn whether the exchange is the last one that began within the scope
 */
export function raisedFrom(chain: readonly Scope[], isLastIn: (scope: Scope) => boolean): ErrorChain | null {
  let raised: ErrorChain | null = null;
  for (const scope of chain) {
    if (scope.duration === null || !isLastIn(scope)) break;
    raised = scope.error;
  }
  return raised;
}

/** Every call of the chain has come back. */
export const allEnded = (chain: readonly Scope[]): boolean => chain.every((scope) => scope.duration !== null);
