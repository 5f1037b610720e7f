import assert from 'node:assert/strict';
import { clientCertificateRequired } from '../../../../src/diagnosis/rules/clientCertificateRequired';
import { attempt, brokenUpload, ERRORS, exchange, failure, sslError, tls } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('client-certificate', () => {
  it('knows the alert of TLS 1.3, which comes with the first read', () => {
    const error = sslError('TLSV13_ALERT_CERTIFICATE_REQUIRED');
    const read = exchange({
      scheme: 'https',
      tls: tls(),
      response: null,
      received: 0,
      failure: failure('receive', error),
      raised: [error],
    });
    const finding = fires(clientCertificateRequired, read);
    assert.match(finding.title, /asks for a client certificate/);
    assert.match(finding.advice[0]?.code ?? '', /load_cert_chain/);
  });

  it('tells a certificate that is missing from one that is not accepted', () => {
    for (const reason of ['TLSV1_ALERT_UNKNOWN_CA', 'SSLV3_ALERT_CERTIFICATE_EXPIRED']) {
      const error = sslError(reason);
      const finding = fires(clientCertificateRequired, attempt({ failure: failure('tls', error), raised: [error] }));
      assert.match(finding.title, /did not accept the certificate that the program presented/);
    }
  });

  it('knows the alert that lay unread when a send failed', () => {
    const alert = 'TLSV13_ALERT_CERTIFICATE_REQUIRED';
    const lastWords = { outcome: 'nothing-unread' as const, reason: null, bytes: 0, alert };
    const finding = fires(clientCertificateRequired, brokenUpload(ERRORS.sslEof, { lastWords }));
    assert.match(
      finding.summary,
      /TLSV13_ALERT_CERTIFICATE_REQUIRED, which lay unread when the program met SSLEOFError/,
    );
    assert.ok(finding.evidence.some(({ text }) => text.includes('a TLS alert lay unread')));
  });

  it('knows how TLS 1.2 refuses: after the server has shown its own certificate', () => {
    const error = sslError('SSLV3_ALERT_HANDSHAKE_FAILURE');
    const broken = (shown: boolean) => {
      const handshake = tls({ version: null, cipher: null });
      const certificate = shown ? tls().certificate : null;
      return attempt({ failure: failure('tls', error), raised: [error], tls: { ...handshake, certificate } });
    };
    const finding = fires(clientCertificateRequired, broken(true));
    assert.match(finding.title, /most likely asks for a client certificate/);
    assert.match(finding.summary, /shown its own certificate.*HANDSHAKE_FAILURE/);
    staysSilent(clientCertificateRequired, broken(false));
  });

  it("stays silent when it is the program that refuses the server's", () => {
    staysSilent(clientCertificateRequired, attempt({ failure: failure('tls', sslError('CERTIFICATE_VERIFY_FAILED')) }));
    staysSilent(clientCertificateRequired, exchange());
  });
});
