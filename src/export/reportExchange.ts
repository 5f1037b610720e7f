/** One exchange as the report gives it. */
import type { Count, Exchange, RequestMessage, ResponseMessage } from '../decode/exchange';
import { clientOf, type OriginOf } from '../diagnosis/client';
import type { Redactor } from './redact';
import { errorLink, exchangeError } from './reportErrors';
import { reportFrames } from './reportFrames';
import type {
  ReportBody,
  ReportBytes,
  ReportExchange,
  ReportPeer,
  ReportRequest,
  ReportResponse,
  ReportTimings,
  ReportTls,
} from './reportTypes';

export interface ExchangeView {
  readonly redactor: Redactor;
  readonly originOf: OriginOf;
}

export function reportExchange(exchange: Exchange, view: ExchangeView): ReportExchange {
  const { redactor } = view;
  return {
    id: exchange.id,
    pid: exchange.process.pid,
    index: exchange.index,
    scheme: exchange.scheme,
    host: exchange.host && redactor.text(exchange.host),
    port: exchange.port,
    peer: peer(exchange),
    resolve: exchange.resolve && {
      function: exchange.resolve.function,
      host: exchange.resolve.host && redactor.text(exchange.resolve.host),
      port: exchange.resolve.port,
      addresses: [...new Set(exchange.resolve.addresses.map(({ address }) => address))],
      durationNs: exchange.resolve.duration,
      error: exchange.resolve.error && errorLink(exchange.resolve.error[0], redactor),
    },
    connects: exchange.connects.map((connect) => ({
      address: connect.address,
      port: connect.port,
      localAddress: connect.localAddress,
      localPort: connect.localPort,
      result: connect.result,
      timeout: connect.timeout,
      durationNs: connect.duration,
      error: connect.error && errorLink(connect.error[0], redactor),
    })),
    tls: tls(exchange, redactor),
    request: request(exchange, redactor),
    response: exchange.response && response(exchange.response, redactor),
    bytes: counts(exchange),
    received: exchange.received,
    error: exchangeError(exchange, redactor),
    lastWords: exchange.lastWords,
    peerEnd: exchange.peerEnd,
    client: clientOf(exchange, view.originOf)?.layers ?? [],
    frames: reportFrames(exchange, view.originOf),
    initiator: exchange.initiator,
    timings: timings(exchange),
    live: exchange.live,
  };
}

/** Who it talked to, or tried to; the reverse name is found later, for all at once. */
function peer({ peer: known, connects }: Exchange): ReportPeer | null {
  const last = connects.at(-1);
  const address = known?.address ?? last?.address ?? null;
  const port = known?.port ?? last?.port ?? null;
  return address === null || port === null ? null : { address, port, reverseName: null };
}

function tls({ tls: handshake }: Exchange, redactor: Redactor): ReportTls | null {
  if (!handshake) return null;
  const { certificate } = handshake;
  return {
    version: handshake.version,
    cipher: handshake.cipher,
    alpn: handshake.alpn,
    serverName: handshake.serverName,
    reused: handshake.reused,
    verifyMode: handshake.verifyMode,
    checkHostname: handshake.checkHostname,
    certificate,
    durationNs: handshake.duration,
    error: handshake.error && errorLink(handshake.error[0], redactor),
  };
}

function request({ request: message, intended }: Exchange, redactor: Redactor): ReportRequest | null {
  const url = message?.url ?? intended?.url ?? null;
  if (!message && url === null && !intended?.method) return null;
  return {
    method: message?.method ?? intended?.method ?? null,
    url: url === null ? null : redactor.url(url),
    sent: message !== null,
    httpVersion: message?.httpVersion ?? null,
    headers: message?.headers.map(redactor.header) ?? [],
    headBytes: message?.headRange.length ?? null,
    bodyAnnounced: message?.bodyAnnounced ?? null,
    chunked: message?.chunked ?? false,
    complete: message?.complete ?? false,
    expectContinue: message?.expectContinue ?? false,
    body: message && body(message),
  };
}

function body({ body: source, parts, bodyAnnounced, chunked }: RequestMessage): ReportBody | null {
  if (!source && parts.length === 0 && !bodyAnnounced && !chunked) return null;
  return {
    type: source?.type ?? null,
    size: source?.size ?? null,
    storage: source?.storage ?? null,
    files: source?.files.map(({ path, size }) => ({ path, size })) ?? [],
    parts: parts.map(({ name, filename, contentType, size, sizeDerived, complete }) => ({
      name,
      filename,
      contentType,
      size,
      sizeDerived,
      complete,
    })),
  };
}

function response(message: ResponseMessage, redactor: Redactor): ReportResponse {
  const text = message.bodyPreview && asText(message.bodyPreview);
  return {
    status: message.status,
    reason: message.reason,
    httpVersion: message.httpVersion,
    headers: message.headers.map(redactor.header),
    interim: message.interim.map(({ status, reason }) => ({ status, reason })),
    readByProgram: message.readByProgram,
    early: message.early,
    bodyAnnounced: message.bodyAnnounced,
    chunked: message.chunked,
    complete: message.complete,
    arrivedBeforeFailureNs: message.arrivedBeforeFailure,
    acknowledgedByArrival: message.arrival?.acknowledged.value ?? null,
    bodyText: text === null ? null : redactor.text(text),
    bodyTextTruncated: message.bodyPreviewTruncated || (text !== null && text.length === MAX_TEXT),
  };
}

const MAX_TEXT = 4096;

/** The beginning of a body as text; null when it looks like something else. */
function asText(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.subarray(0, 1024).includes(0)) return null;
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, 4 * MAX_TEXT), { stream: true });
  const wrong = [...text.slice(0, 1024)].filter((char) => char === '\ufffd').length;
  return wrong > text.length / 10 ? null : text.slice(0, MAX_TEXT);
}

function counts({ bytes, wireBytes, connectionBytes }: Exchange): ReportBytes {
  return {
    handed: bytes.handed.value,
    accepted: bytes.accepted.value,
    acknowledged: bytes.acknowledged.value,
    ...marks({ handed: bytes.handed, accepted: bytes.accepted, acknowledged: bytes.acknowledged }),
    wire: {
      accepted: wireBytes.accepted.value,
      acknowledged: wireBytes.acknowledged.value,
      ...marks({ accepted: wireBytes.accepted, acknowledged: wireBytes.acknowledged }),
    },
    connection: connectionBytes,
  };
}

function marks(named: Readonly<Record<string, Count>>): { derived: string[]; atLeast: string[] } {
  const known = Object.entries(named).filter(([, count]) => count.value !== null);
  return {
    derived: known.filter(([, count]) => count.derived).map(([name]) => name),
    atLeast: known.filter(([, count]) => count.atLeast).map(([name]) => name),
  };
}

function timings(exchange: Exchange): ReportTimings {
  const { request: sent, response: got, connects, failure, process } = exchange;
  const began = process.wallBase + BigInt(Math.round(exchange.beganAt - process.monotonicBase));
  const sentAt = sent?.endedAt ?? (sent && failure ? failure.at + failure.duration : null);
  // a reply that the probe picked up was read when it was found, which says nothing about when it came
  const timed = got?.readByProgram === false ? null : got;
  const wait = timed && sentAt !== null ? timed.beganAt - sentAt : null;
  return {
    began: new Date(Number(began / 1_000_000n)).toISOString(),
    resolveNs: exchange.resolve?.duration ?? null,
    connectNs: connects.length > 0 ? connects.reduce((sum, { duration }) => sum + duration, 0) : null,
    tlsNs: exchange.tls?.duration ?? null,
    requestNs: sent && sentAt !== null ? sentAt - sent.beganAt : null,
    waitNs: wait !== null && wait >= 0 ? wait : null,
    responseNs: timed && timed.endedAt !== null ? timed.endedAt - timed.beganAt : null,
    totalNs: exchange.endedAt === null ? null : exchange.endedAt - exchange.beganAt,
  };
}
