import assert from 'node:assert/strict';
import { replyUnread } from '../../../../src/diagnosis/rules/replyUnread';
import { brokenUpload, ERRORS, exchange, response } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('reply-unread', () => {
  it('tells a success that an error hides', () => {
    const finding = fires(
      replyUnread,
      brokenUpload(ERRORS.reset, { response: response(303, 'See Other', { readByProgram: false }), received: 350 }),
    );
    assert.match(finding.title, /had replied 303 See Other; urllib reported an error instead/);
    assert.equal(finding.side, 'client library');
  });

  it('tells a refusal that the program never looked at', () => {
    const finding = fires(replyUnread, exchange({ response: response(403, 'Forbidden', { readByProgram: false }) }));
    assert.match(finding.title, /replied 403 Forbidden, and the program never read it/);
    assert.equal(finding.side, 'program');
    assert.equal(finding.severity, 'warning');
  });

  it('stays silent for a success that nobody waited for, and for replies that were read', () => {
    staysSilent(replyUnread, exchange({ response: response(204, 'No Content', { readByProgram: false }) }));
    staysSilent(replyUnread, exchange({ response: response(403, 'Forbidden') }));
    staysSilent(replyUnread, brokenUpload(ERRORS.reset));
  });
});
