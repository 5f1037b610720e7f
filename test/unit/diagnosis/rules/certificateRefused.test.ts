import assert from 'node:assert/strict';
import { certificateRefused } from '../../../../src/diagnosis/rules/certificateRefused';
import {
  attempt,
  certificateError,
  errorInfo,
  exchange,
  failure,
  sslError,
  tls,
  urlError,
} from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('certificate-refused', () => {
  const refused = (code: number, words: string) => {
    const error = certificateError(code, words);
    return attempt({
      scheme: 'https',
      tls: tls({ version: null, cipher: null, error: [error] }),
      failure: failure('tls', error),
      raised: urlError(error),
    });
  };

  it('gives the reason in the title, the certificate as evidence', () => {
    const finding = fires(certificateRefused, refused(10, 'certificate has expired'));
    assert.match(finding.title, /expired on 2026-06-01/);
    assert.equal(finding.side, 'tls');
    assert.ok(finding.evidence.some(({ kind, text }) => kind === 'certificate' && text.includes('CN=api.example')));
    assert.match(finding.summary, /nothing of the request was sent/);
  });

  it('finds the reason below an exception that does not have it', () => {
    const error = certificateError(62, 'Hostname mismatch');
    const outer = urlError(error);
    const hidden = { ...refused(62, ''), failure: null, raised: outer };
    assert.match(fires(certificateRefused, hidden).title, /another name than api\.example/);
  });

  it('knows a library that compares names itself, after the handshake', () => {
    const error = errorInfo('CertificateError', {
      module: 'urllib3.util.ssl_match_hostname',
      bases: ['ValueError', 'Exception'],
      message: "hostname 'api.example' doesn't match 'elsewhere.example'",
    });
    const finding = fires(certificateRefused, attempt({ scheme: 'https', tls: tls(), raised: [error] }));
    assert.match(finding.title, /another name than api\.example/);
    assert.match(finding.summary, /The connection ended there/);
  });

  it('stays silent for other failures of TLS', () => {
    staysSilent(certificateRefused, exchange({ tls: tls() }));
    staysSilent(certificateRefused, attempt({ failure: failure('tls', sslError('WRONG_VERSION_NUMBER')) }));
  });
});
