import assert from 'node:assert/strict';
import { certificateReason } from '../../../src/diagnosis/certificateReason';
import { attempt, certificate, certificateError, process, tls } from '../../support/exchanges';
import { contextOf } from '../../support/rules';

describe('certificateReason', () => {
  const reason = (code: number, changes: Parameters<typeof attempt>[0] = {}) =>
    certificateReason(
      certificateError(code, 'words of OpenSSL'),
      contextOf(attempt({ scheme: 'https', tls: tls({ version: null }), ...changes })),
    );
  const advice = (code: number, changes: Parameters<typeof attempt>[0] = {}) =>
    reason(code, changes)
      .advice.map((each) => `${each.text} ${each.code ?? ''}`)
      .join('\n');

  it('words each of the common codes', () => {
    const cases: [number, RegExp][] = [
      [9, /not valid before 2026-01-01/],
      [10, /expired on 2026-06-01/],
      [18, /is self-signed/],
      [19, /authority that the program does not trust/],
      [2, /Nobody .* vouches/],
      [20, /Nobody .* vouches/],
      [21, /Nobody .* vouches/],
      [23, /has been revoked/],
      [62, /for another name than api\.example/],
      [64, /for another address than api\.example/],
      [67, /was not accepted: words of OpenSSL/],
    ];
    for (const [code, title] of cases) {
      assert.match(reason(code).title, title, String(code));
      assert.ok(reason(code).advice.length > 0, String(code));
    }
  });

  it('does without a certificate', () => {
    const none = { tls: tls({ version: null, certificate: null }) };
    assert.match(reason(10, none).title, /expired\.$/);
    assert.match(reason(9, none).title, /not valid yet/);
    assert.doesNotMatch(reason(62, none).explanation, /It is for/);
  });

  it('names what the certificate is for', () => {
    assert.match(reason(62).explanation, /It is for api\.example and www\.example/);
    const other = { tls: tls({ version: null, certificate: { ...certificate, names: ['elsewhere.example'] } }) };
    assert.match(advice(62, other), /elsewhere\.example/);
  });

  it('never advises to switch verification off', () => {
    for (const code of [2, 9, 10, 18, 19, 20, 21, 23, 62, 64, 67])
      assert.doesNotMatch(advice(code), /verify ?= ?False|CERT_NONE/);
  });

  it("knows the trap of python.org's Python on a Mac", () => {
    assert.match(advice(20, { process: { ...process, platform: 'darwin' } }), /Install Certificates\.command/);
    assert.doesNotMatch(advice(20), /Install Certificates/);
  });

  it('puts no hostile name into a line for the shell', () => {
    const hostile = { host: 'x;rm -rf ~', tls: tls({ version: null, serverName: '$(id)' }) };
    assert.match(advice(20, hostile), /openssl s_client -connect HOST:8080/);
    assert.match(advice(20), /openssl s_client -connect api\.example:8080/);
  });
});
