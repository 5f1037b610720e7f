/** A mark on the call whose last exchange failed. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { t } from '../../base/l10n';
import type { Anchor } from '../exchanges/anchors';
import { SOURCE } from './diagnostics';
import { hasFailed, inShort } from './exchangeText';
import { visible } from './plainText';
import { rangeOf } from './ranges';

/** The code of those without a finding. */
const CODE = 'last-exchange';

/** One for each exchange: at the innermost call of the user's code, not at those that led there. */
export function exchangeDiagnostics(document: TextDocument, anchors: readonly Anchor[]): Diagnostic[] {
  return anchors.filter(isMarked).map((anchor) => diagnosticOf(document, anchor));
}

export function isMarked({ place, isCall }: Anchor): boolean {
  return isCall && place.initiator && hasFailed(place.exchange);
}

export function diagnosticOf(document: TextDocument, { place: { exchange }, name }: Anchor): Diagnostic {
  const { finding } = exchange;
  const what = visible(finding?.title ?? exchange.error?.message ?? exchange.reason ?? '');
  return {
    range: rangeOf(document, name),
    // it is of a run that is over, so it is no error of the source
    severity: finding?.severity === 'error' || !finding ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
    source: SOURCE,
    code: finding?.id ?? CODE,
    message: t('Last exchange: {0}', what === '' ? inShort(exchange) : `${inShort(exchange)} · ${what}`),
  };
}
