/** Which call of a source a recorded line means. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../analysis/analyze';
import type { CallSite } from '../analysis/callSites';
import { type CallSymbol, calledName } from '../analysis/symbols';
import { callSpan, nameSpan } from '../features/ranges';
import type { Place } from './placedExchanges';

/**
 * The call that sent the exchange, or led to it; null when none is known there.
 * @param line of the document as it is now, from 0
 */
export function siteAt(document: TextDocument, analysis: Analysis, line: number, place: Place): CallSite | null {
  const lineOf = (offset: number) => document.positionAt(offset).line;
  const candidates = analysis.sites.flatMap((site) => {
    const { start, end } = callSpan(site);
    if (lineOf(start) > line || line > lineOf(end)) return [];
    // Python says the line that the call begins in, or since 3.11 that of the called name
    const begins = lineOf(start) === line || lineOf(nameSpan(site).start) === line;
    const named = isNamed(site.call, place);
    // in the middle of a call the verb alone says nothing: an argument may be worked out there
    if (!begins && !named) return [];
    const known = named || isVerb(site.call, place);
    return [{ site, rank: (known ? 2 : 0) + (begins ? 1 : 0), size: end - start }];
  });
  candidates.sort((a, b) => b.rank - a.rank || a.size - b.size);
  const [best] = candidates;
  if (!best) return null;
  // with several calls in a line, one that is known to send need not be the one that did
  const another =
    best.rank < 2 && callsBy(analysis, place.calls).some(({ node, base }) => lineOf(base + node.start) === line);
  return another ? null : best.site;
}

function isNamed(call: CallSymbol, { calls }: Place): boolean {
  return calls !== null && calledName(call.node) === calls;
}

/** `session.post(…)` sent the POST. */
function isVerb(call: CallSymbol, { exchange }: Place): boolean {
  return exchange.method !== null && calledName(call.node) === exchange.method.toLowerCase();
}

function callsBy({ symbols }: Analysis, name: string | null): readonly CallSymbol[] {
  return name === null ? [] : (symbols.callsByName.get(name) ?? []);
}
