import assert from 'node:assert/strict';
import { cutMidBody } from '../../../../src/diagnosis/rules/cutMidBody';
import { brokenUpload, ERRORS, exchange, failure, request, response } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('cut-mid-body', () => {
  it('says how far the request got', () => {
    const finding = fires(cutMidBody, brokenUpload(ERRORS.reset));
    assert.match(finding.title, /reset the connection in the middle of the request, without a reply/);
    assert.match(finding.summary, /524,288 of 12,444,474 B .*65,731 B of it were acknowledged/);
    assert.equal(finding.side, 'server');
  });

  it('fires whatever the cut is called, and tells closing from resetting', () => {
    for (const error of [ERRORS.brokenPipe, ERRORS.protoType, ERRORS.winAborted, ERRORS.sslEof]) {
      assert.match(fires(cutMidBody, brokenUpload(error, { peerEnd: 'fin' })).title, /closed the connection/);
    }
  });

  it('counts a library that swallowed the failed send and tried to read', () => {
    fires(
      cutMidBody,
      brokenUpload(ERRORS.reset, {
        failure: failure('receive', ERRORS.reset),
        request: request({ complete: false, chunked: true }),
      }),
    );
  });

  it('stays silent with a reply, after a whole request, and for a time limit', () => {
    staysSilent(cutMidBody, brokenUpload(ERRORS.reset, { response: response(413, 'x', { readByProgram: false }) }));
    staysSilent(cutMidBody, exchange({ response: null, peerEnd: 'reset', failure: failure('receive', ERRORS.reset) }));
    staysSilent(cutMidBody, brokenUpload(ERRORS.timeout));
  });
});
