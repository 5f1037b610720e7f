/** What can be done about a call whose last exchange failed: edits that the finding's advice amounts to, and where to look. */
import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { t } from '../../base/l10n';
import type { EditorCommands, PlacedExchange } from '../../messages/language';
import type { Analysis } from '../analysis/analyze';
import type { Anchor } from '../exchanges/anchors';
import { adviceFixes } from '../hints/advice';
import type { Hint } from '../hints/hint';
import { diagnosticOf, isMarked } from './exchangeDiagnostics';
import { nameSpan, rangeOf } from './ranges';

/** The server's own command; it takes a capture's folder and an exchange's id. */
export const DISMISS_COMMAND = 'framewire.dismissExchange';

export interface FixContext {
  readonly document: TextDocument;
  readonly analysis: Analysis;
  /** Static hints of the document; those on the call are part of what helps. */
  readonly hints: readonly Hint[];
  readonly commands: EditorCommands;
}

export function exchangeFixes(context: FixContext, anchors: readonly Anchor[], range: Range): CodeAction[] {
  const { document } = context;
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  return anchors
    .filter((anchor) => isMarked(anchor) && anchor.name.start <= end && start <= anchor.name.end)
    .flatMap((anchor) => actionsFor(context, anchor));
}

function actionsFor({ document, analysis, hints, commands }: FixContext, anchor: Anchor): CodeAction[] {
  const { exchange } = anchor.place;
  const diagnostics = [diagnosticOf(document, anchor)];
  const site = analysis.sites.find((each) => nameSpan(each).start === anchor.name.start);
  const advised = site ? adviceFixes(site, document.getText(), exchange) : [];
  const within = hints.filter(({ start, end }) => anchor.span.start <= start && end <= anchor.span.end);
  const edits = [...advised, ...within.flatMap(({ fixes }) => fixes)];
  return [
    ...edits.map(
      ({ title, replace, by }): CodeAction => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: { changes: { [document.uri]: [{ range: rangeOf(document, replace), newText: by }] } },
      }),
    ),
    ...commandsFor(document, anchor, exchange, commands).map(
      (command): CodeAction => ({ title: command.title, kind: CodeActionKind.QuickFix, diagnostics, command }),
    ),
  ];
}

function commandsFor(document: TextDocument, { span }: Anchor, { capture, id }: PlacedExchange, known: EditorCommands) {
  const named = (title: string, command: string | undefined, ...given: readonly unknown[]) =>
    command === undefined ? [] : [{ title, command, arguments: [...given] }];
  return [
    ...named(t('Show this exchange in the wire panel'), known.showExchange, capture, id),
    ...named(t('Debug upload here'), known.debugUpload, document.uri, rangeOf(document, span)),
    ...named(t('Dismiss this exchange'), DISMISS_COMMAND, capture, id),
  ];
}
