import assert from 'node:assert/strict';
import { PackageIndex } from '../../../src/export/packages';
import { redact, reveal } from '../../../src/export/redact';
import { reportEntry } from '../../../src/export/reportEntry';
import { brokenUpload, ERRORS, exchange, request, response } from '../../support/exchanges';

describe('what a report says of one exchange', () => {
  it('is the exchange and its findings', () => {
    const broken = brokenUpload(ERRORS.brokenPipe, { response: response(413, 'Too Large', { readByProgram: false }) });
    const entry = reportEntry(broken, new PackageIndex(), redact);
    assert.equal(entry.exchange.id, broken.id);
    assert.equal(entry.beganAt, broken.beganAt);
    assert.deepEqual(
      entry.findings.map(({ exchange: about, severity }) => [about, severity]),
      [[broken.id, 'error']],
    );
  });

  it('masks what is secret, unless told', () => {
    const secret = exchange({ request: request({ url: 'http://h/?token=hunter2' }) });
    assert.doesNotMatch(JSON.stringify(reportEntry(secret, new PackageIndex(), redact)), /hunter2/);
    assert.match(JSON.stringify(reportEntry(secret, new PackageIndex(), reveal)), /hunter2/);
  });
});
