/** The JSON records that speak of a socket, as the model has them; docs/capture-format.md. */
import { parseCertificate } from './certificate';
import { asFields, count, type Fields, flag, list, number, text, word } from './fields';
import type { BodyRecord, Connect, ErrorChain, Frame, Resolve, Socket, SocketOptions, TlsHandshake } from './model';

/** What a record's ids stand for. */
export interface Resolver {
  stack(id: number | null): readonly Frame[];
  error(id: number | null): ErrorChain | null;
}

/** A port as text: programs ask for numbers and for service names. */
function portText(fields: Fields): string | null {
  const port = number(fields, 'port');
  return port === null ? text(fields, 'port') : String(port);
}

export function parseResolve(fields: Fields, at: number, resolver: Resolver): Resolve {
  return {
    at,
    duration: count(fields, 'duration', 0),
    error: resolver.error(count(fields, 'error')),
    stack: resolver.stack(count(fields, 'stack')),
    thread: count(fields, 'thread', 0),
    scope: count(fields, 'scope', 0),
    function: text(fields, 'function') ?? 'getaddrinfo',
    host: text(fields, 'host'),
    port: portText(fields),
    addresses: list(fields, 'addresses')
      .map(asFields)
      .flatMap((one) => {
        const address = text(one, 'address');
        return address === null ? [] : [{ family: text(one, 'family') ?? '', address, port: count(one, 'port') }];
      }),
  };
}

export function parseConnect(fields: Fields, at: number, resolver: Resolver): Connect {
  return {
    at,
    duration: count(fields, 'duration', 0),
    error: resolver.error(count(fields, 'error')),
    stack: resolver.stack(count(fields, 'stack')),
    thread: count(fields, 'thread', 0),
    scope: count(fields, 'scope', 0),
    family: text(fields, 'family') ?? '',
    address: text(fields, 'address'),
    port: count(fields, 'port'),
    host: text(fields, 'host'),
    localAddress: text(fields, 'localAddress'),
    localPort: count(fields, 'localPort'),
    timeout: number(fields, 'timeout'),
    result: word(fields, 'result', ['connected', 'in-progress', 'failed'], 'failed'),
  };
}

export function parseTls(fields: Fields, at: number, resolver: Resolver): TlsHandshake {
  return {
    at,
    duration: count(fields, 'duration', 0),
    error: resolver.error(count(fields, 'error')),
    stack: resolver.stack(count(fields, 'stack')),
    scope: count(fields, 'scope', 0),
    side: word(fields, 'side', ['client', 'server'], 'client'),
    serverName: text(fields, 'serverName'),
    version: text(fields, 'version'),
    cipher: text(fields, 'cipher'),
    alpn: text(fields, 'alpn'),
    reused: flag(fields, 'reused'),
    verifyMode: word(fields, 'verifyMode', ['none', 'optional', 'required'], null),
    checkHostname: flag(fields, 'checkHostname'),
    certificate: parseCertificate(text(fields, 'certificate')),
    dataOffset: count(fields, 'dataOffset'),
  };
}

export function parseOptions(fields: Fields, at: number): SocketOptions {
  return {
    at,
    moment: text(fields, 'moment'),
    noDelay: flag(fields, 'noDelay'),
    keepAlive: flag(fields, 'keepAlive'),
    sendBuffer: count(fields, 'sendBuffer'),
    receiveBuffer: count(fields, 'receiveBuffer'),
    linger: number(fields, 'linger'),
    timeout: number(fields, 'timeout'),
  };
}

export function parseLastWords(fields: Fields, at: number): Socket['lastWords'][number] {
  return {
    at,
    moment: word(fields, 'moment', ['failed', 'closing'], 'closing'),
    outcome: word(fields, 'outcome', ['recovered', 'nothing-unread', 'not-recoverable'], 'not-attempted'),
    reason: text(fields, 'reason'),
    bytes: count(fields, 'bytes', 0),
    alert: text(fields, 'alert'),
  };
}

export function parseBody(fields: Fields, at: number): BodyRecord {
  const file = asFields(fields.file);
  const path = text(file, 'path');
  return {
    at,
    scope: count(fields, 'scope', 0),
    socket: count(fields, 'socket', 0),
    type: text(fields, 'type') ?? 'object',
    size: count(fields, 'size'),
    storage: word(fields, 'storage', ['memory', 'file', 'stream'], 'stream'),
    file: path === null ? null : { path, size: count(file, 'size') },
    sources: sourcesOf(fields),
  };
}

/** Most bodies have none, and share it. */
const NO_SOURCES: BodyRecord['sources'] = [];

function sourcesOf(fields: Fields): BodyRecord['sources'] {
  const sources = list(fields, 'sources');
  if (sources.length === 0) return NO_SOURCES;
  return sources.map(asFields).flatMap((source) => {
    const path = text(source, 'path');
    return path === null ? [] : [{ path, size: count(source, 'size'), position: count(source, 'position') }];
  });
}
