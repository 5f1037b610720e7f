/** Calls that wait for ever when the server does not answer, because no timeout is given anywhere. */
import { t } from '../../base/l10n';
import type { Analysis } from '../analysis/analyze';
import { argumentAt, unpacks } from '../analysis/arguments';
import type { CallSymbol } from '../analysis/symbols';
import { classAt } from '../library/catalog';
import type { CallHints } from '../library/facts';
import { addArgument } from './edits';
import type { Hint } from './hint';

/** What the quick fix writes: long enough for most servers, short enough to notice. */
const SECONDS = 30;

export function missingTimeouts(analysis: Analysis, source: string): Hint[] {
  if (setsDefault(analysis)) return [];
  const adapted = mountsOwnAdapter(analysis);
  const hints: Hint[] = [];
  for (const { call, direct, fact, through, library, name } of analysis.sites) {
    // a transport adapter of the source's own may bring a timeout
    if (through || (library === 'requests' && adapted && name?.startsWith('Session.'))) continue;
    if (lacks(direct, fact)) hints.push(hint(call, source, name ?? library));
  }
  for (const call of analysis.symbols.calls) {
    const { callee } = call.node;
    // classes begin with a capital; a name may be an alias
    if (callee.kind !== 'name' && !(callee.kind === 'attribute' && /^[A-Z]/.test(callee.name))) continue;
    for (const value of analysis.resolver.evaluate(call.node.callee, call.scope)) {
      const construct = value.kind === 'path' ? classAt(value.path)?.fact.construct : undefined;
      if (!construct || value.kind !== 'path' || !lacks(call, construct) || connectsLater(analysis, call, construct))
        continue;
      hints.push(hint(call, source, value.path));
      break;
    }
  }
  return hints;
}

function lacks(call: CallSymbol, hints: CallHints): boolean {
  return hints.timeout !== undefined && !unpacks(call.node) && argumentAt(call.node, hints.timeout) === null;
}

/** Made without an address, and connected with a timeout. */
function connectsLater({ symbols }: Analysis, call: CallSymbol, { connects }: CallHints): boolean {
  if (!connects || argumentAt(call.node, connects.host)) return false;
  const connections = symbols.callsByName.get('connect') ?? [];
  return connections.some(({ node }) => unpacks(node) || argumentAt(node, connects.timeout) !== null);
}

function hint(call: CallSymbol, source: string, name: string): Hint {
  return {
    kind: 'missingTimeout',
    message: t('{0} is called without a timeout: if the server stops answering, the program waits for ever.', name),
    // what is called, not the arguments: they may go on for many lines
    start: call.base + call.node.callee.start,
    end: call.base + call.node.callee.end,
    fixes: [
      { title: t('Give it a timeout of {0} seconds', SECONDS), ...addArgument(call, source, `timeout=${SECONDS}`) },
    ],
  };
}

/** `socket.setdefaulttimeout` holds for the whole program. */
function setsDefault({ symbols }: Analysis): boolean {
  return symbols.callsByName.has('setdefaulttimeout');
}

function mountsOwnAdapter({ symbols, resolver }: Analysis): boolean {
  return (symbols.callsByName.get('mount') ?? []).some(({ node, scope }) => {
    const adapter = node.args[1];
    const values = adapter ? resolver.evaluate(adapter.value, scope) : [];
    return !values.some((value) => value.kind === 'instance' && value.type === 'requests.adapters.HTTPAdapter');
  });
}
