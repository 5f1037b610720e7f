import assert from 'node:assert/strict';
import { redact } from '../../../src/export/redact';
import { reportExchange } from '../../../src/export/reportExchange';
import {
  attempt,
  brokenUpload,
  connect,
  count,
  ERRORS,
  exchange,
  failure,
  request,
  response,
  tls,
} from '../../support/exchanges';
import { origins } from '../../support/rules';

describe('reportExchange', () => {
  const view = { redactor: redact, originOf: origins() };
  const report = (...args: Parameters<typeof exchange>) => reportExchange(exchange(...args), view);

  it('gives an attempt that never got to a request the URL that was asked for', () => {
    const refused = attempt({
      peer: null,
      connects: [connect({ result: 'failed', error: [ERRORS.refused] })],
      failure: failure('connect', ERRORS.refused),
      intended: { method: 'PUT', url: 'http://u:hunter2@api.example/?token=hunter2', function: 'x' },
    });
    const { request: shown, peer, error } = reportExchange(refused, view);
    assert.deepEqual([shown?.method, shown?.url, shown?.sent], ['PUT', 'http://u:•••@api.example/?token=•••', false]);
    assert.deepEqual(peer, { address: '192.0.2.7', port: 8080, reverseName: null });
    assert.equal(error?.errno, 111);
    assert.equal(reportExchange(attempt({ intended: null }), view).request, null);
  });

  it('keeps three counts apart and says which were computed', () => {
    const accepted = count(65_000, { derived: true });
    const { bytes } = reportExchange(
      brokenUpload(ERRORS.sslEof, {
        bytes: { handed: count(12_444_474), accepted, acknowledged: count(null, { derived: true }) },
        wireBytes: { accepted: count(66_438), acknowledged: count(50_032, { atLeast: true }) },
        connectionBytes: { accepted: 67_000, acknowledged: null },
      }),
      view,
    );
    assert.deepEqual([bytes.handed, bytes.accepted, bytes.acknowledged], [12_444_474, 65_000, null]);
    assert.deepEqual(bytes.derived, ['accepted']);
    assert.deepEqual(bytes.wire, { accepted: 66_438, acknowledged: 50_032, derived: [], atLeast: ['acknowledged'] });
    assert.deepEqual(bytes.connection, { accepted: 67_000, acknowledged: null });
  });

  it('masks headers and shows the beginning of a text body', () => {
    const headers = [{ name: 'Set-Cookie', value: 'id=hunter2' }];
    const shown = report({
      response: response(500, 'x', { headers, bodyPreview: new TextEncoder().encode('token=hunter2 über') }),
    }).response;
    assert.deepEqual(shown?.headers, [{ name: 'Set-Cookie', value: '•••' }]);
    assert.equal(shown?.bodyText, 'token=••• über');
  });

  it('has no text for a body that is none', () => {
    for (const preview of [null, new Uint8Array(0), Uint8Array.of(0x89, 0x50, 0, 1), new Uint8Array(64).fill(0xff)]) {
      assert.equal(report({ response: response(200, 'OK', { bodyPreview: preview }) }).response?.bodyText, null);
    }
  });

  it('gives times, and none for a reply that was found later than it came', () => {
    const { timings } = report();
    assert.equal(timings.began, new Date(1_800_000_000_000).toISOString());
    assert.equal(timings.waitNs, 1.2e9 - 1.1e9);
    assert.equal(timings.responseNs, 1.3e9 - 1.2e9);
    const unread = report({ response: response(413, 'x', { readByProgram: false }) }).timings;
    assert.deepEqual([unread.waitNs, unread.responseNs], [null, null]);
  });

  it('lists the parts of a body, and the handshake with its certificate', () => {
    const part = { name: 'file', filename: 'a.cast', contentType: null, size: 5, sizeDerived: true, complete: false };
    const shown = report({ tls: tls(), request: request({ parts: [{ ...part, range: request().bodyRange }] }) });
    assert.deepEqual(shown.request?.body?.parts, [part]);
    assert.equal(shown.tls?.certificate?.subject, 'CN=api.example');
    assert.equal(report({ request: request({ body: null, bodyAnnounced: null }) }).request?.body, null);
  });

  it('can be written as JSON as it is', () => {
    const plain = report({ tls: tls() });
    assert.deepEqual(JSON.parse(JSON.stringify(plain)), plain);
  });
});
