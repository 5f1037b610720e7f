import assert from 'node:assert/strict';
import { tlsMismatch } from '../../../../src/diagnosis/rules/tlsMismatch';
import { attempt, ERRORS, exchange, failure, sslError } from '../../../support/exchanges';
import { fires, staysSilent } from '../../../support/rules';

describe('tls-mismatch', () => {
  const failed = (reason: string) => {
    const error = sslError(reason);
    return attempt({ scheme: 'https', failure: failure('tls', error), raised: [error] });
  };

  it('words each reason', () => {
    const cases: [string, RegExp][] = [
      ['UNSUPPORTED_PROTOCOL', /no version of TLS in common/],
      ['NO_PROTOCOLS_AVAILABLE', /no version of TLS in common/],
      ['TLSV1_ALERT_PROTOCOL_VERSION', /no version of TLS in common/],
      ['SSLV3_ALERT_HANDSHAKE_FAILURE', /could not agree on how to encrypt/],
      ['NO_SHARED_CIPHER', /could not agree on how to encrypt/],
      ['TLSV1_UNRECOGNIZED_NAME', /does not know the server name/],
      ['DH_KEY_TOO_SMALL', /too weak/],
      ['UNSAFE_LEGACY_RENEGOTIATION_DISABLED', /renegotiation/],
      ['SOMETHING_NEW', /handshake with api\.example:8080 failed: something new/],
    ];
    for (const [reason, title] of cases) {
      const finding = fires(tlsMismatch, failed(reason));
      assert.match(finding.title, title);
      assert.equal(finding.side, 'tls');
    }
  });

  it('goes by the words where Python does not know the reason’s name', () => {
    const error = {
      ...sslError(''),
      reason: null,
      message: '[SSL] legacy sigalg disallowed or unsupported (_ssl.c:992)',
    };
    const broken = attempt({ scheme: 'https', failure: failure('tls', error), raised: [error] });
    assert.match(fires(tlsMismatch, broken).title, /too weak/);
    const other = { ...error, message: '[SSL] something unheard of (_ssl.c:992)' };
    const named = attempt({ scheme: 'https', failure: failure('tls', other), raised: [other] });
    assert.match(fires(tlsMismatch, named).title, /failed: something unheard of\.$/);
  });

  it('says which side ended it', () => {
    assert.match(fires(tlsMismatch, failed('TLSV1_ALERT_PROTOCOL_VERSION')).summary, /^The server ended/);
    assert.match(fires(tlsMismatch, failed('UNSUPPORTED_PROTOCOL')).summary, /^The program's side ended/);
  });

  it('stays silent when the connection was cut, and when TLS stood', () => {
    staysSilent(tlsMismatch, attempt({ failure: failure('tls', ERRORS.reset) }));
    staysSilent(tlsMismatch, exchange());
  });
});
