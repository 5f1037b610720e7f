import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { exchangeDiagnostics } from '../../../../src/languageServer/features/exchangeDiagnostics';
import type { PlacedExchange } from '../../../../src/messages/language';
import { anchorsIn, placeIn, refusedExchange } from '../support/exchanges';

const TEXT = 'import requests\nfetch(1)\nrequests.post(u, data=d)\n';

describe('diagnostics of the last exchange', () => {
  const at = (line: number, given: Partial<PlacedExchange> = {}, initiator = true) => {
    const { document, anchors } = anchorsIn(TEXT, placeIn(TEXT, line, { initiator, exchange: refusedExchange(given) }));
    return exchangeDiagnostics(document, anchors);
  };

  it('mark the name of the call, and tell the finding', () => {
    const [found] = at(3);
    assert.deepEqual(found?.range, { start: { line: 2, character: 9 }, end: { line: 2, character: 13 } });
    assert.deepEqual([found?.severity, found?.code], [DiagnosticSeverity.Warning, 'refused-early']);
    assert.equal(
      found?.message,
      'Last exchange: 413 · 115,906 of 12,444,474 B · The server refused the body (413) and closed the connection.',
    );
  });

  it('are for failures, at the innermost known call', () => {
    assert.deepEqual(at(3, { error: null, finding: null, status: 201 }), []);
    assert.deepEqual(at(3, {}, false), []);
    assert.deepEqual(at(2), [], 'no call is known there');
  });

  it('weigh what the finding weighs, and do without one', () => {
    const mild = { id: 'error-status', title: 'Not found.', severity: 'warning', advice: [] } as const;
    assert.equal(at(3, { finding: mild })[0]?.severity, DiagnosticSeverity.Information);
    const [found] = at(3, { finding: null });
    assert.equal(found?.code, 'last-exchange');
    assert.match(String(found?.message), /EOF occurred in violation of protocol$/);
  });
});
