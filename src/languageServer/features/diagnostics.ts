/** The static hints as diagnostics, and their quick fixes. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Hint, HintKind } from '../hints/hint';
import { rangeOf } from './ranges';

export const SOURCE = 'Framewire';

/** Only what is unsafe stands out; the others are marked faintly. */
const SEVERITY: Record<HintKind, DiagnosticSeverity> = {
  missingTimeout: DiagnosticSeverity.Hint,
  wholeFileInMemory: DiagnosticSeverity.Hint,
  certificateChecksOff: DiagnosticSeverity.Information,
};

export function diagnosticFor(document: TextDocument, hint: Hint): Diagnostic {
  return {
    range: rangeOf(document, hint),
    severity: SEVERITY[hint.kind],
    source: SOURCE,
    code: hint.kind,
    message: hint.message,
  };
}

/** Quick fixes of the hints that touch a range. */
export function quickFixes(document: TextDocument, hints: readonly Hint[], range: Range): CodeAction[] {
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  return hints
    .filter((hint) => hint.start <= end && start <= hint.end)
    .flatMap((hint) =>
      hint.fixes.map((fix, index) => ({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnosticFor(document, hint)],
        isPreferred: index === 0,
        edit: { changes: { [document.uri]: [{ range: rangeOf(document, fix.replace), newText: fix.by }] } },
      })),
    );
}
