/** Above calls that send data: debugging the upload, and what came of it last. */
import type { CodeLens } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { t } from '../../base/l10n';
import type { EditorCommands } from '../../messages/language';
import type { Analysis } from '../analysis/analyze';
import { bodyOf } from '../analysis/bodies';
import type { Anchor } from '../exchanges/anchors';
import { inShort } from './exchangeText';
import { callSpan, nameSpan, rangeOf } from './ranges';

export function codeLenses(
  document: TextDocument,
  analysis: Analysis,
  { debugUpload, showExchange }: EditorCommands,
  anchors: readonly Anchor[] = [],
): CodeLens[] {
  const lines = new Set<number>();
  return analysis.sites.flatMap((site) => {
    // a call without a body is no upload; where it cannot be told, it may be one
    if (bodyOf(site, analysis.resolver) === false) return [];
    const range = rangeOf(document, callSpan(site));
    if (lines.has(range.start.line)) return [];
    lines.add(range.start.line);
    const anchor = anchors.find(({ isCall, name }) => isCall && name.start === nameSpan(site).start);
    const lenses: CodeLens[] = [];
    if (debugUpload !== undefined) {
      const command = { title: t('Debug upload here'), command: debugUpload, arguments: [document.uri, range] };
      lenses.push({ range, command });
    }
    if (anchor && showExchange !== undefined) {
      const { exchange } = anchor.place;
      const title = t('Last: {0}', inShort(exchange));
      lenses.push({ range, command: { title, command: showExchange, arguments: [exchange.capture, exchange.id] } });
    }
    return lenses;
  });
}
