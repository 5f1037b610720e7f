/** Whom a request is for: scheme, host, port and URL. */
import { domainToASCII } from 'node:url';
import type { Exchange, Header } from './exchange';
import { headerValue } from './http1Head';

export interface Authority {
  readonly host: string;
  readonly port: number | null;
}

/** "localhost:8444", "[::1]:80", "example.org" (RFC 3986, 3.2.2); user info is left out. */
export function parseAuthority(text: string): Authority | null {
  const match = /^(?:[^@/?#]*@)?(\[[0-9A-Fa-f:.%]+\]|[^:/?#[\]\s]+)(?::(\d{1,5}))?$/.exec(text.trim());
  if (!match) return null;
  const host = (match[1] as string).replace(/^\[|\]$/g, '');
  return { host, port: match[2] === undefined ? null : Number(match[2]) };
}

/** Scheme, host and port of an absolute URL; `null` for anything else. */
export function parseUrl(url: string | null): (Authority & { readonly scheme: string }) | null {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)/.exec(url ?? '');
  const authority = match && parseAuthority(match[2] as string);
  return authority && { ...authority, scheme: (match[1] as string).toLowerCase() };
}

const defaultPort = (scheme: string) => (scheme === 'https' ? 443 : 80);

/** The absolute URL of a request, from its target and Host header (RFC 9112, 3.3). */
export function requestUrl(
  scheme: 'http' | 'https',
  method: string,
  target: string,
  headers: readonly Header[],
  fallback: Authority | null,
): string {
  if (method === 'CONNECT' || /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(target)) return target;
  const authority = headerValue(headers, 'host') || (fallback ? authorityText(fallback, scheme) : 'unknown');
  return `${scheme}://${authority}${target === '*' ? '' : target}`;
}

function authorityText({ host, port }: Authority, scheme: string): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === null || port === defaultPort(scheme) ? name : `${name}:${port}`;
}

const numberOf = (port: string | null | undefined): number | null => (/^\d+$/.test(port ?? '') ? Number(port) : null);

/** Whether a connection to that host and port, as far as they are known, is one for this URL. */
export function leadsTo(
  url: Authority & { readonly scheme: string },
  host: string | null,
  port: number | null,
): boolean {
  if (port !== null && port !== (url.port ?? defaultPort(url.scheme))) return false;
  return host === null || hostKey(host) === hostKey(url.host);
}

/** As names are looked up: without user information, case, final dot and characters beyond ASCII. */
function hostKey(host: string): string {
  const bare = host
    .toLowerCase()
    .replace(/^.*@/, '') // urllib leaves user information in
    .replace(/\.$/, '');
  return domainToASCII(bare) || bare;
}

/** What is known of the other side of an exchange, best source first. */
export function hostAndPort(known: {
  readonly request: { readonly url: string; readonly method: string; readonly target: string } | null;
  /** Where the proxy was asked to connect to, when the connection is a tunnel through one. */
  readonly tunnel: Authority | null;
  readonly intended: Exchange['intended'];
  readonly serverName: string | null;
  readonly connectHost: string | null;
  readonly peer: Exchange['peer'];
  readonly resolved: { readonly host: string | null; readonly port: string | null } | null;
}): { host: string | null; port: number | null } {
  const { request, intended, resolved, tunnel } = known;
  const asked = request && (request.method === 'CONNECT' ? parseAuthority(request.url) : parseUrl(request.url));
  const wanted = parseUrl(intended?.url ?? null);
  const reached = known.peer?.port ?? numberOf(resolved?.port);
  // a proxy, or where a redirect led: the URL that was asked for does not name it
  const elsewhere =
    wanted !== null && !tunnel && !leadsTo(wanted, known.connectHost ?? resolved?.host ?? null, reached);
  const named = asked ?? (elsewhere ? null : wanted);
  const proxied = request !== null && parseUrl(request.target) !== null; // the whole URL is only told to a proxy
  const peer = tunnel || proxied ? null : known.peer; // the proxy's address is not the server's
  const resolvedPort = numberOf(resolved?.port);
  const scheme = proxied ? parseUrl(request.target)?.scheme : elsewhere ? undefined : wanted?.scheme;
  const schemePort = scheme === undefined ? null : defaultPort(scheme);
  const reachedPort = proxied ? null : (tunnel?.port ?? peer?.port ?? resolvedPort);
  return {
    host:
      named?.host ?? known.serverName ?? tunnel?.host ?? known.connectHost ?? resolved?.host ?? peer?.address ?? null,
    port: named?.port ?? reachedPort ?? schemePort,
  };
}
