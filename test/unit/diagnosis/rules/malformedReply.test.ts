import assert from 'node:assert/strict';
import { malformedReply } from '../../../../src/diagnosis/rules/malformedReply';
import { errorInfo, exchange, response } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

const PROBLEM = 'a chunk size that is no number';

describe('malformed-reply', () => {
  const broken = (changes: object = {}) =>
    exchange({
      response: response(200, 'OK', {
        chunked: true,
        bodyAnnounced: null,
        complete: false,
        problem: PROBLEM,
        ...changes,
      }),
      raised: [errorInfo('ChunkedEncodingError', { message: 'InvalidChunkLength' })],
    });

  it('says what is wrong with the framing', () => {
    const finding = fires(malformedReply, broken());
    assert.match(finding.title, /\(200 OK\) is not framed as HTTP asks for: a chunk size that is no number\.$/);
    assert.match(finding.summary, /InvalidChunkLength/);
  });

  it('stays silent on the limits of the decoder, on bodies cut short, and on what nobody read', () => {
    staysSilent(malformedReply, broken({ problem: 'trailers of absurd length' }));
    staysSilent(malformedReply, broken({ problem: null }));
    staysSilent(malformedReply, broken({ readByProgram: false }));
    staysSilent(malformedReply, exchange());
  });
});
