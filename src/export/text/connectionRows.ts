/** The rows about the other end: which server, how far the connection got, TLS and its certificate. */
import { endpoint } from '../../diagnosis/wording';
import type { ReportExchange, ReportTls } from '../reportTypes';
import type { Page } from './page';
import type { Span } from './style';

export function serverRow(page: Page, exchange: ReportExchange): void {
  page.parts('server', [address(page, exchange), ...software(page, exchange), ...tlsSummary(page, exchange)]);
}

/** "localhost → 127.0.0.1:8444 (localhost)" */
function address(page: Page, { host, port, peer, resolve, connects, error, request }: ReportExchange): Span[] {
  const spans: Span[] = [];
  const asked = host ?? resolve?.host ?? null;
  if (!peer) {
    const why = error?.phase === 'resolve' ? 'no address found' : 'never connected';
    return [page.span(asked === null ? '(not known)' : endpoint(asked, port)), page.span(` → ${why}`, 'bad')];
  }
  if (request?.method === 'CONNECT') spans.push(page.span('proxy at '));
  else if (asked !== null && asked !== peer.address) spans.push(page.span(`${asked} → `));
  spans.push(page.span(endpoint(peer.address, peer.port), 'strong'));
  if (peer.reverseName) spans.push(page.span(` (${peer.reverseName})`));
  const others = (resolve?.addresses ?? []).filter((each) => each !== peer.address);
  const tried = connects.filter((each) => each.address !== null && each.address !== peer.address);
  if (tried.length > 0)
    spans.push(page.span(`, tried before: ${list(tried.map((each) => each.address ?? ''))}`, 'dim'));
  else if (others.length > 0) spans.push(page.span(`, also at ${list(others)}`, 'dim'));
  if (error?.phase === 'connect') spans.push(page.span(', not connected', 'bad'));
  return spans;
}

function list(addresses: readonly string[]): string {
  const unique = [...new Set(addresses)];
  return unique.length > 3 ? `${unique.slice(0, 3).join(', ')} and ${unique.length - 3} more` : unique.join(', ');
}

function software(page: Page, { response }: ReportExchange): Span[][] {
  const server = response?.headers.find(({ name }) => name.toLowerCase() === 'server')?.value;
  return server ? [[page.span(server)]] : [];
}

function tlsSummary(page: Page, { tls, scheme, error, connects }: ReportExchange): Span[][] {
  if (!tls) {
    if (scheme !== 'https' || error === null) return [];
    const connected = connects.some(({ result }) => result === 'connected');
    return connected ? [[page.span('TCP connected, no TLS', 'bad')]] : [];
  }
  if (tls.error || tls.version === null) return [[page.span('TCP connected, TLS handshake failed', 'bad')]];
  const parts = [[page.span([tlsVersion(tls.version), tls.cipher && cipher(tls.cipher)].filter(Boolean).join(', '))]];
  if (tls.alpn) parts.push([page.span(`ALPN ${tls.alpn}`)]);
  if (tls.reused) parts.push([page.span('session resumed')]);
  const subject = tls.certificate?.subject;
  if (subject) parts.push([page.span(`certificate ${subject}, `), verdict(page, tls)]);
  return parts;
}

function verdict(page: Page, tls: ReportTls): Span {
  if (tls.verifyMode === 'none') return page.span('not verified', 'warn');
  return page.span('valid', 'good');
}

/** "TLSv1.3" as people write it. */
function tlsVersion(version: string): string {
  return version.replace(/^TLSv(\d)(?:\.(\d))?$/, (_all, major: string, minor = '0') => `TLS ${major}.${minor}`);
}

/** "TLS_AES_256_GCM_SHA384" is AES-256-GCM in TLS 1.3; older names stay. */
function cipher(name: string): string {
  return /^TLS_/.test(name)
    ? name
        .replace(/^TLS_/, '')
        .replace(/_SHA\d+$/, '')
        .replaceAll('_', '-')
    : name;
}

/** In full where the handshake failed: that is when it matters. */
export function certificateRow(page: Page, { tls }: ReportExchange): void {
  const certificate = tls?.error ? tls.certificate : null;
  if (!certificate) return;
  const now = new Date().toISOString();
  const from = certificate.notBefore.slice(0, 10);
  const until = certificate.notAfter.slice(0, 10);
  page.parts('certificate', [
    [page.span(certificate.subject)],
    [page.span(certificate.names.length > 0 ? `for ${certificate.names.join(', ')}` : 'names no host')],
    [page.span(certificate.selfSigned ? 'self-signed' : `issued by ${certificate.issuer}`)],
    [
      page.span('valid '),
      page.span(from, certificate.notBefore > now ? 'bad' : 'plain'),
      page.span(' to '),
      page.span(until, certificate.notAfter < now ? 'bad' : 'plain'),
    ],
  ]);
}
