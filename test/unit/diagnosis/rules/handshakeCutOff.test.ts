import assert from 'node:assert/strict';
import { handshakeCutOff } from '../../../../src/diagnosis/rules/handshakeCutOff';
import { attempt, ERRORS, exchange, failure, sslError } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('handshake-cut-off', () => {
  const failed = (error: (typeof ERRORS)[keyof typeof ERRORS]) =>
    attempt({ scheme: 'https', failure: failure('tls', error, { duration: 2e9 }), raised: [error] });

  it('fires whatever the cut is called', () => {
    for (const error of [ERRORS.reset, ERRORS.sslEof, ERRORS.sslSyscall, ERRORS.winReset, ERRORS.brokenPipe]) {
      const finding = fires(handshakeCutOff, failed(error));
      assert.match(finding.title, /cut off during the TLS handshake/);
      assert.equal(finding.side, 'tls');
    }
  });

  it('tells waiting from being cut', () => {
    const finding = fires(handshakeCutOff, failed(ERRORS.timeout));
    assert.match(finding.title, /did not finish the TLS handshake within 2\.0 s/);
    assert.equal(finding.side, 'server');
  });

  it('stays silent when TLS said why, and when the cut came later', () => {
    staysSilent(handshakeCutOff, attempt({ failure: failure('tls', sslError('UNSUPPORTED_PROTOCOL')) }));
    staysSilent(handshakeCutOff, exchange({ failure: failure('send', ERRORS.sslEof) }));
  });
});
