/** The last exchange at the end of the line that led to it. */
import type { InlayHint, InlayHintLabelPart } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { t } from '../../base/l10n';
import type { Anchor } from '../exchanges/anchors';
import { isLater } from '../exchanges/placedExchanges';
import type { Span } from '../syntax/ast';
import { inShort, tooltip } from './exchangeText';

/**
 * @param within what the editor shows
 * @param showExchange the client's command that opens an exchange, or null
 */
export function inlayHints(
  document: TextDocument,
  anchors: readonly Anchor[],
  within: Span,
  showExchange: string | null,
): InlayHint[] {
  const byLine = new Map<number, Anchor>();
  for (const anchor of anchors) {
    const { line } = document.positionAt(anchor.name.start);
    const known = byLine.get(line);
    if (!known || isLater(anchor.place.exchange, known.place.exchange)) byLine.set(line, anchor);
  }
  return [...byLine].flatMap(([line, { place, name }]) => {
    if (name.start > within.end || name.end < within.start) return [];
    const { exchange } = place;
    const part: InlayHintLabelPart = { value: inShort(exchange), tooltip: tooltip(exchange) };
    if (showExchange !== null) {
      const title = t('Show in the wire panel');
      part.command = { title, command: showExchange, arguments: [exchange.capture, exchange.id] };
    }
    return [{ position: endOfLine(document, line), label: [part], paddingLeft: true }];
  });
}

function endOfLine(document: TextDocument, line: number) {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return { line, character: text.replace(/[\r\n]+$/, '').length };
}
