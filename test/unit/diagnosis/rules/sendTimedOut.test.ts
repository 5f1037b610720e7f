import assert from 'node:assert/strict';
import { sendTimedOut } from '../../../../src/diagnosis/rules/sendTimedOut';
import { brokenUpload, ERRORS, exchange, failure } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('send-timed-out', () => {
  it('says how long and how far', () => {
    const failed = failure('send', ERRORS.timeout, { duration: 5e9 });
    const finding = fires(sendTimedOut, brokenUpload(ERRORS.timeout, { failure: failed, peerEnd: 'open' }));
    assert.match(finding.title, /too slowly; sendall ended after 5\.0 s/);
    assert.ok(finding.evidence.some(({ text }) => text.includes('524,288 B accepted')));
  });

  it('stays silent for cuts and for waits of other kinds', () => {
    staysSilent(sendTimedOut, brokenUpload(ERRORS.brokenPipe));
    staysSilent(sendTimedOut, exchange({ failure: failure('receive', ERRORS.timeout) }));
    staysSilent(sendTimedOut, brokenUpload(ERRORS.kernelTimeout));
  });
});
