import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticFor, quickFixes } from '../../../../src/languageServer/features/diagnostics';
import type { Hint } from '../../../../src/languageServer/hints/hint';

describe('diagnostics', () => {
  const document = TextDocument.create('untitled:a.py', 'python', 1, 'first\nsecond()\n');
  const hint: Hint = {
    kind: 'missingTimeout',
    message: 'why',
    start: 6,
    end: 12,
    fixes: [{ title: 'fix', replace: { start: 13, end: 13 }, by: 'x' }],
  };

  it('show a hint at its place, faintly', () => {
    const { range, severity, code, source } = diagnosticFor(document, hint);
    assert.deepEqual(range, { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } });
    assert.deepEqual([severity, code, source], [DiagnosticSeverity.Hint, 'missingTimeout', 'Framewire']);
    assert.equal(
      diagnosticFor(document, { ...hint, kind: 'certificateChecksOff' }).severity,
      DiagnosticSeverity.Information,
    );
  });

  it('are fixed where they are touched', () => {
    const at = (line: number, character: number) => {
      const position = { line, character };
      return quickFixes(document, [hint], { start: position, end: position });
    };
    assert.deepEqual(at(0, 0), []);
    const [action] = at(1, 3);
    const range = { start: { line: 1, character: 7 }, end: { line: 1, character: 7 } };
    assert.deepEqual(action?.edit?.changes, { 'untitled:a.py': [{ range, newText: 'x' }] });
  });
});
