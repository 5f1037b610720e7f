import assert from 'node:assert/strict';
import { tlsToPlainPort } from '../../../../src/diagnosis/rules/tlsToPlainPort';
import { attempt, exchange, failure, sslError } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('tls-to-plain-port', () => {
  it('knows what each OpenSSL calls it', () => {
    for (const reason of ['WRONG_VERSION_NUMBER', 'HTTP_REQUEST', 'PACKET_LENGTH_TOO_LONG', 'RECORD_LAYER_FAILURE']) {
      const error = sslError(reason);
      const finding = fires(
        tlsToPlainPort,
        attempt({ scheme: 'https', failure: failure('tls', error), raised: [error] }),
      );
      assert.match(finding.title, /api\.example:8080 does not speak TLS/);
      assert.match(adviceText(finding), /http:\/\//);
    }
  });

  it('stays silent for a handshake between two that speak TLS, and for the same word later on', () => {
    staysSilent(tlsToPlainPort, attempt({ failure: failure('tls', sslError('UNSUPPORTED_PROTOCOL')) }));
    staysSilent(tlsToPlainPort, exchange({ failure: failure('receive', sslError('WRONG_VERSION_NUMBER')) }));
  });
});
