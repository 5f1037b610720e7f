import assert from 'node:assert/strict';
import { certificateRow, serverRow } from '../../../../src/export/text/connectionRows';
import {
  attempt,
  certificateError,
  connect,
  ERRORS,
  exchange,
  failure,
  request,
  resolve,
  tls,
} from '../../../support/exchanges';
import { rowsOf } from '../../../support/pages';

describe('serverRow', () => {
  it('leads from the name to the address, the software, TLS and the certificate', async () => {
    assert.equal(
      await rowsOf(exchange({ tls: tls(), scheme: 'https' }), serverRow, 200),
      '   server      api.example → 192.0.2.7:8080 · nginx/1.22.1 · TLS 1.3, AES-256-GCM · ALPN http/1.1 · certificate CN=api.example, valid\n',
    );
  });

  it('says when nobody verified the certificate', async () => {
    assert.match(
      await rowsOf(exchange({ tls: tls({ verifyMode: 'none' }) }), serverRow, 200),
      /CN=api\.example, not verified/,
    );
  });

  it('tells how far it got', async () => {
    const unresolved = attempt({
      peer: null,
      connects: [],
      failure: failure('resolve', ERRORS.nameNotFound),
      raised: [ERRORS.nameNotFound],
    });
    assert.match(await rowsOf(unresolved, serverRow), /api\.example:8080 → no address found/);
    const refused = attempt({ failure: failure('connect', ERRORS.refused) });
    assert.match(await rowsOf(refused, serverRow), /192\.0\.2\.7:8080, not connected/);
    const error = certificateError(10, 'expired');
    const untrusted = attempt({
      scheme: 'https',
      tls: tls({ version: null, error: [error] }),
      failure: failure('tls', error),
    });
    assert.match(await rowsOf(untrusted, serverRow), /TCP connected, TLS handshake failed/);
  });

  it('does not take a proxy for the server', async () => {
    const tunnel = exchange({ host: 'far.example', port: 443, request: request({ method: 'CONNECT' }) });
    assert.match(await rowsOf(tunnel, serverRow), /server {6}proxy at 192\.0\.2\.7:8080/);
  });

  it('tells which addresses were tried, or are there besides', async () => {
    const addresses = ['192.0.2.7', '192.0.2.8'].map((address) => ({ family: 'AF_INET', address, port: 8080 }));
    assert.match(await rowsOf(exchange({ resolve: resolve({ addresses }) }), serverRow), /, also at 192\.0\.2\.8/);
    const first = connect({ address: '2001:db8::7', result: 'failed', error: [ERRORS.networkUnreachable] });
    assert.match(await rowsOf(exchange({ connects: [first, connect()] }), serverRow), /tried before: 2001:db8::7/);
  });
});

describe('certificateRow', () => {
  it('shows the certificate in full where the handshake failed, and only there', async () => {
    const failed = attempt({ tls: tls({ error: [certificateError(10, 'expired')] }) });
    assert.match(
      await rowsOf(failed, certificateRow),
      /CN=api\.example · for api\.example, www\.example · issued by CN=Example CA · valid 2026-01-01 to 2026-06-01/,
    );
    assert.equal(await rowsOf(exchange({ tls: tls() }), certificateRow), '');
  });
});
