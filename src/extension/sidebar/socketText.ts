/** Connections in words: rows, tooltips, and what is copied. */
import * as vscode from 'vscode';
import { exactBytes, grouped, shortBytes, shortTime } from '../../base/quantities';
import type { ProcessSummary, SocketState, SocketSummary } from '../../messages/dapSockets';
import { code, plainLine } from './markdown';

type ByteCount = SocketSummary['bytes']['handed'];

/** "localhost:8444", by name where the program asked for one. */
export function peerLabel({ host, peer, side }: SocketSummary): string {
  const name = host ?? peer?.host;
  if (name === undefined || name === null) {
    return side === 'server' ? vscode.l10n.t('a client') : vscode.l10n.t('unknown peer');
  }
  return plainLine(peer?.port == null ? name : address(name, peer.port));
}

const address = (host: string, port: number | null): string => {
  const bracketed = host.includes(':') && port !== null ? `[${host}]` : host;
  return port === null ? bracketed : `${bracketed}:${port}`;
};

export function stateText(state: SocketState): string {
  return {
    connecting: vscode.l10n.t('connecting'),
    connected: vscode.l10n.t('connected'),
    closed: vscode.l10n.t('closed'),
    failed: vscode.l10n.t('failed'),
  }[state];
}

/** "12.4 MB ▸ 116 kB ▸ 98.2 kB": handed, accepted, acknowledged; what is not known is "?". */
export function countsInShort({ bytes }: SocketSummary): string {
  return [bytes.handed, bytes.accepted, bytes.acknowledged].map(inShort).join(' ▸ ');
}

const inShort = ({ value, atLeast }: ByteCount): string =>
  value === null || (atLeast && value === 0) ? '?' : `${atLeast ? '≥' : ''}${shortBytes(value)}`;

/** "≥ 115,906 B (computed)" */
export function exactly({ value, atLeast, derived }: ByteCount): string {
  if (value === null) return vscode.l10n.t('unknown');
  const bytes = `${atLeast ? '≥ ' : ''}${exactBytes(value)}`;
  return derived ? vscode.l10n.t('{0} (computed)', bytes) : bytes;
}

/** What stands beside the peer in the tree. */
export function socketDescription(summary: SocketSummary): string {
  const { tls, error } = summary;
  const parts = [countsInShort(summary), tlsVersion(tls?.version ?? null), error ? errorInShort(error) : null];
  return parts.filter((part) => part !== null).join(' · ');
}

/** "TLS 1.3" */
export const tlsVersion = (version: string | null): string | null =>
  version === null ? null : plainLine(version.replace(/^TLSv/, 'TLS '));

export const errorInShort = ({ type, errnoName }: NonNullable<SocketSummary['error']>): string =>
  plainLine(errnoName ? `${type} ${errnoName}` : type);

export function errorText({ type, message, operation }: NonNullable<SocketSummary['error']>): string {
  return plainLine(vscode.l10n.t('{0} in {1}', `${type}${message ? `: ${message}` : ''}`, operation));
}

export interface Detail {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** The rows under a connection. */
export function socketDetails(summary: SocketSummary): readonly Detail[] {
  const { bytes, received, tls, error, wire } = summary;
  const details: (Detail | null)[] = [
    { key: 'handed', label: vscode.l10n.t('handed to send'), value: exactly(bytes.handed) },
    { key: 'accepted', label: vscode.l10n.t('accepted by the system'), value: exactly(bytes.accepted) },
    { key: 'acknowledged', label: vscode.l10n.t('acknowledged by the peer'), value: exactly(bytes.acknowledged) },
    { key: 'received', label: vscode.l10n.t('received'), value: exactBytes(received) },
    wire.unread ? { key: 'unread', label: vscode.l10n.t('not read yet'), value: exactBytes(wire.unread) } : null,
    tls && {
      key: 'tls',
      label: 'TLS',
      value: plainLine([tlsVersion(tls.version), tls.cipher].filter(Boolean).join(', ')),
    },
    error && { key: 'error', label: vscode.l10n.t('error'), value: errorText(error) },
  ];
  return details.filter((one) => one !== null);
}

/** Everything that is known, as label and value: the tooltip, and what is copied. */
export function socketFacts(summary: SocketSummary): readonly Detail[] {
  const { peer, local, state, tls, options, wire } = summary;
  const { retransmits } = wire;
  const facts: [string, string, string | null][] = [
    ['state', vscode.l10n.t('state'), stateText(state)],
    ['peer', vscode.l10n.t('peer'), peer && address(peer.host, peer.port)],
    ['local', vscode.l10n.t('local address'), local && address(local.host, local.port)],
    ...socketDetails(summary).map(({ key, label, value }): [string, string, string] => [key, label, value]),
    ['alpn', 'ALPN', tls?.alpn ?? null],
    ['sni', vscode.l10n.t('server name (SNI)'), tls?.serverName ?? null],
    ['certificate', vscode.l10n.t('certificate'), tls?.certificate ? certificateText(tls.certificate) : null],
    ['verified', vscode.l10n.t('certificate checked'), tls?.verified == null ? null : yesNo(tls.verified)],
    ['wire', vscode.l10n.t('on the wire, as the system counts'), wireText(wire)],
    ['retransmits', vscode.l10n.t('segments sent again'), retransmits === null ? null : grouped(retransmits)],
    ['rtt', vscode.l10n.t('round trip'), wire.rtt ? shortTime(wire.rtt / 1000) : null],
    ['tcp', vscode.l10n.t('state of TCP'), wire.state],
    ['options', vscode.l10n.t('options'), options && optionsText(options)],
    ['began', vscode.l10n.t('began'), localTime(summary.began)],
    ['connect', vscode.l10n.t('connecting took'), summary.connected === null ? null : shortTime(summary.connected)],
    [
      'handshake',
      vscode.l10n.t('TLS handshake took'),
      summary.handshake === null ? null : shortTime(summary.handshake),
    ],
    ['ended', vscode.l10n.t('closed at'), summary.ended && localTime(summary.ended)],
  ];
  return facts.flatMap(([key, label, value]) => (value ? [{ key, label, value: plainLine(value) }] : []));
}

const yesNo = (value: boolean): string => (value ? vscode.l10n.t('yes') : vscode.l10n.t('no'));

const localTime = (iso: string): string => new Date(iso).toLocaleTimeString();

function certificateText({
  subject,
  issuer,
  notAfter,
}: NonNullable<NonNullable<SocketSummary['tls']>['certificate']>): string {
  return vscode.l10n.t('{0}, issued by {1}, until {2}', subject, issuer, notAfter.slice(0, 10));
}

function wireText({ accepted, acknowledged, received }: SocketSummary['wire']): string | null {
  const known = (bytes: number | null) => (bytes === null ? vscode.l10n.t('unknown') : exactBytes(bytes));
  if (accepted === null && acknowledged === null && received === null) return null;
  return vscode.l10n.t(
    '{0} accepted, {1} acknowledged, {2} received',
    known(accepted),
    known(acknowledged),
    known(received),
  );
}

function optionsText(options: NonNullable<SocketSummary['options']>): string {
  const { noDelay, keepAlive, sendBuffer, receiveBuffer, linger, timeout } = options;
  const parts = [
    noDelay ? 'TCP_NODELAY' : null,
    keepAlive ? 'SO_KEEPALIVE' : null,
    sendBuffer === null ? null : `SO_SNDBUF ${exactBytes(sendBuffer)}`,
    receiveBuffer === null ? null : `SO_RCVBUF ${exactBytes(receiveBuffer)}`,
    linger === null ? null : `SO_LINGER ${linger} s`,
    timeout === null ? null : timeout === 0 ? vscode.l10n.t('non-blocking') : vscode.l10n.t('timeout {0} s', timeout),
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** Neither HTML nor links come out of what servers say. */
export function socketTooltip(summary: SocketSummary): vscode.MarkdownString {
  const lines = socketFacts(summary).map(({ label, value }) => `${label}: ${code(value)}`);
  return new vscode.MarkdownString([`**${code(peerLabel(summary))}**`, ...lines].join('  \n'));
}

/** For a screen reader: the three counts by name. */
export function socketSpoken(summary: SocketSummary): string {
  const details = socketDetails(summary).map(({ label, value }) => `${label} ${value}`);
  return [peerLabel(summary), stateText(summary.state), ...details].join(', ');
}

export function socketAddresses({ peer, local, host }: SocketSummary): string {
  const remote = peer ? address(peer.host, peer.port) : vscode.l10n.t('unknown');
  const from = local ? `${address(local.host, local.port)} → ` : '';
  return `${from}${remote}${host && host !== peer?.host ? ` (${host})` : ''}`;
}

/** All that is known, line by line. */
export function socketFigures(summary: SocketSummary): string {
  return [peerLabel(summary), ...socketFacts(summary).map(({ label, value }) => `${label}: ${value}`)].join('\n');
}

/** Options of the interpreter that take a value. */
const VALUED = new Set(['-X', '-W', '--check-hash-based-pycs']);

/** "upload.py x" of "/usr/bin/python3 -I /home/user/upload.py x": what one knows a process by. */
export function processLabel({ command, pid }: ProcessSummary): string {
  const [executable = '', ...rest] = command.map(plainLine);
  let at = 0;
  while (rest[at]?.startsWith('-') && rest[at] !== '-m' && rest[at] !== '-c')
    at += VALUED.has(rest[at] as string) ? 2 : 1;
  const [program, ...args] = rest.slice(at);
  if (program === undefined) return lastPart(executable) || String(pid);
  return [lastPart(program), ...args].join(' ');
}

const lastPart = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

export function processDescription({ pid, running, sockets }: ProcessSummary): string {
  const count = sockets === 1 ? vscode.l10n.t('1 connection') : vscode.l10n.t('{0} connections', grouped(sockets));
  const base = `${pid} · ${count}`;
  return running ? base : `${base} · ${vscode.l10n.t('ended')}`;
}

export function processTooltip({ command, pid, parent, python }: ProcessSummary): vscode.MarkdownString {
  const lines = [
    code(command.join(' ')),
    parent === null ? vscode.l10n.t('process {0}', pid) : vscode.l10n.t('process {0}, started by {1}', pid, parent),
    ...(python === null ? [] : [`Python ${code(python)}`]),
  ];
  return new vscode.MarkdownString(lines.join('  \n'));
}
