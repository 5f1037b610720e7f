import assert from 'node:assert/strict';
import { errorStatus } from '../../../../src/diagnosis/rules/errorStatus';
import { count, exchange, request, response } from '../../../support/exchanges';
import { adviceText, fires, staysSilent } from '../../../support/rules';

describe('error-status', () => {
  const answered = (status: number, reason: string, changes: Parameters<typeof response>[2] = {}) =>
    exchange({ response: response(status, reason, changes) });

  it('says whose side, by the class of the status', () => {
    const cases: [number, string][] = [
      [404, 'program'],
      [403, 'program'],
      [413, 'server'],
      [429, 'server'],
      [500, 'server'],
      [503, 'server'],
      [407, 'proxy'],
    ];
    for (const [status, side] of cases)
      assert.equal(fires(errorStatus, answered(status, 'x')).side, side, String(status));
  });

  it('is a warning: the program heard it', () => {
    const finding = fires(errorStatus, answered(404, 'Not Found'));
    assert.equal(finding.severity, 'warning');
    assert.equal(finding.title, 'The server refused the request: 404 Not Found.');
    assert.match(finding.references[0] ?? '', /15\.5\.5/);
  });

  it('hands on what the server says about it', () => {
    const wait = answered(503, 'Service Unavailable', { headers: [{ name: 'Retry-After', value: '30' }] });
    assert.match(adviceText(fires(errorStatus, wait)), /Retry-After: 30/);
    const allow = answered(405, 'Method Not Allowed', { headers: [{ name: 'allow', value: 'GET' }] });
    assert.match(adviceText(fires(errorStatus, allow)), /GET/);
  });

  it('is silent where the library answered with credentials, and not where it only tried again', () => {
    for (const status of [401, 407]) {
      const asked = answered(status, 'x');
      fires(errorStatus, asked);
      staysSilent(errorStatus, { ...asked, followed: true });
    }
    fires(errorStatus, { ...answered(503, 'x'), followed: true });
  });

  it('tells when it came early', () => {
    const early = exchange({
      response: response(413, 'Too Large', { early: true }),
      request: request({ bodyAnnounced: 10_000 }),
      bytes: { handed: count(10_200), accepted: count(4096), acknowledged: count(4096) },
    });
    assert.match(fires(errorStatus, early).summary, /came early, when 4,096 B of 10,200 B/);
  });

  it('recognizes a proxy that refuses the tunnel, and plain HTTP on a TLS port', () => {
    const tunnel = exchange({ request: request({ method: 'CONNECT' }), response: response(403, 'Forbidden') });
    assert.match(fires(errorStatus, tunnel).title, /The proxy refused the tunnel: 403/);
    const body = new TextEncoder().encode('<h1>400</h1>The plain HTTP request was sent to HTTPS port');
    assert.match(adviceText(fires(errorStatus, answered(400, 'Bad Request', { bodyPreview: body }))), /https:\/\//);
  });

  it('stays silent for success, redirects and replies that were never read', () => {
    staysSilent(errorStatus, exchange());
    staysSilent(errorStatus, answered(302, 'Found'));
    staysSilent(errorStatus, answered(413, 'Too Large', { readByProgram: false }));
  });
});
