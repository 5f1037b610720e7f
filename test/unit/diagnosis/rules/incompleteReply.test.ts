import assert from 'node:assert/strict';
import { ByteRange } from '../../../../src/base/byteRange';
import { incompleteReply } from '../../../../src/diagnosis/rules/incompleteReply';
import { ERRORS, exchange, failure, response } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('incomplete-reply', () => {
  const half = response(200, 'OK', {
    complete: false,
    bodyAnnounced: 5000,
    bodyRange: new ByteRange(150, 1350),
    endedAt: null,
  });

  it('says how much of it came', () => {
    const finding = fires(
      incompleteReply,
      exchange({ response: half, peerEnd: 'fin', raised: [ERRORS.incompleteRead] }),
    );
    assert.match(finding.title, /in the middle of its reply \(200 OK\)/);
    assert.match(finding.summary, /1,200 of 5,000 B.*IncompleteRead/);
    assert.equal(finding.severity, 'error');
  });

  it('fires also where the library says nothing, and says so for the one that does not check', () => {
    const quiet = exchange({ response: half, peerEnd: 'fin' }, 'requests');
    assert.match(adviceText(fires(incompleteReply, quiet, { urllib3: '1.26.18' })), /does not check the length/);
    assert.doesNotMatch(adviceText(fires(incompleteReply, quiet, { urllib3: '2.8.0' })), /does not check/);
  });

  it('words a chunked body and a reset', () => {
    const chunked = response(200, 'OK', {
      complete: false,
      chunked: true,
      bodyAnnounced: null,
      bodyRange: new ByteRange(150, 160),
    });
    const finding = fires(
      incompleteReply,
      exchange({ response: chunked, peerEnd: 'reset', failure: failure('receive', ERRORS.reset) }),
    );
    assert.match(finding.summary, /10 B of a chunked body without its last chunk; then the connection was reset/);
  });

  it('stays silent when the program itself stopped reading', () => {
    staysSilent(incompleteReply, exchange({ response: half, peerEnd: 'open' }));
    staysSilent(incompleteReply, exchange({ response: half, peerEnd: 'unknown', live: true }));
    staysSilent(incompleteReply, exchange({ peerEnd: 'fin' }));
  });
});
