import assert from 'node:assert/strict';
import { finding } from '../../../src/diagnosis/build';
import { failureEvidence, sentEvidence } from '../../../src/diagnosis/evidence';
import { brokenUpload, ERRORS } from '../../support/exchanges';
import { contextOf } from '../../support/rules';

describe('finding', () => {
  const exchange = brokenUpload(ERRORS.reset);
  const verdict = { title: 'It broke.', side: 'server' as const, summary: 'So.', advice: [], references: [] };

  it('adds what all have: the rule, the exchange, how bad it is, one list of evidence', () => {
    const built = finding('some-rule', contextOf(exchange), {
      ...verdict,
      evidence: [failureEvidence(exchange), [], sentEvidence(exchange)],
    });
    assert.deepEqual([built.id, built.exchange, built.severity], ['some-rule', exchange.id, 'error']);
    assert.deepEqual(
      built.evidence.map(({ kind }) => kind),
      ['operation', 'error', 'bytes'],
    );
  });

  it('lets a rule say how bad it is', () => {
    assert.equal(finding('r', contextOf(exchange), { ...verdict, severity: 'info', evidence: [] }).severity, 'info');
  });
});
