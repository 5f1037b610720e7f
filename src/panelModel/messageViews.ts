/** Request and reply as the panel shows them. */
import { t } from '../base/l10n';
import type { Exchange, Header } from '../decode/exchange';
import { decodeBody } from '../decode/preview';
import { header } from '../diagnosis/wording';
import { redactedBytes } from '../export/bodyBytes';
import { streamOf } from '../export/exchangeStreams';
import type { Redactor } from '../export/redact';
import {
  type BodyView,
  type HeaderLine,
  MAX_HEADERS,
  type ReplyView,
  type RequestView,
  type StreamDirection,
} from '../messages/panel';

/** Bytes of a decoded body that are shown. */
const MAX_BODY = 64 * 1024;
const MAX_VALUE = 16 * 1024;

export async function requestViewOf(exchange: Exchange, redactor: Redactor): Promise<RequestView | null> {
  const { request } = exchange;
  if (!request) return null;
  return {
    startLine: `${request.method} ${redactor.url(request.target)} HTTP/${request.httpVersion}`,
    url: redactor.url(request.url),
    ...headersOf(request.headers, redactor),
    problem: request.problem,
    bodyAnnounced: request.bodyAnnounced,
    chunked: request.chunked,
    parts: request.parts.map(({ name, filename, contentType, size, sizeDerived, range }) => ({
      name,
      filename,
      contentType,
      size,
      sizeDerived,
      range: request.chunked
        ? null
        : { start: range.start + request.bodyRange.start, end: range.end + request.bodyRange.start },
    })),
    source: request.body && {
      type: request.body.type,
      size: request.body.size,
      storage: request.body.storage,
      files: request.body.files.map(({ path, size }) => ({ path, size })),
    },
    // a form is listed by its parts
    body: request.parts.length > 0 ? null : await bodyOf(exchange, 'up', redactor),
  };
}

export async function replyViewOf(exchange: Exchange, redactor: Redactor): Promise<ReplyView | null> {
  const { response } = exchange;
  if (!response) return null;
  return {
    status: response.status,
    reason: response.reason,
    startLine: response.startLine,
    ...headersOf(response.headers, redactor),
    interim: response.interim.map(({ status, reason }) => ({ status, reason })),
    readByProgram: response.readByProgram,
    early: response.early,
    arrivedBeforeFailure: response.arrivedBeforeFailure === null ? null : response.arrivedBeforeFailure / 1e6,
    complete: response.complete,
    problem: response.problem,
    body: await bodyOf(exchange, 'down', redactor),
  };
}

async function bodyOf(exchange: Exchange, direction: StreamDirection, redactor: Redactor): Promise<BodyView | null> {
  const own = streamOf(exchange, direction);
  const message = direction === 'up' ? exchange.request : exchange.response;
  if (!own || !message) return null;
  const decoded = await decodeBody(own.stream.bytes, message, MAX_BODY);
  if (!decoded) return null;
  return {
    contentType: header(message, 'content-type'),
    data: Buffer.from(redactedBytes(decoded.bytes, redactor)).toString('base64'),
    truncated: decoded.truncated,
  };
}

function headersOf(headers: readonly Header[], redactor: Redactor): { headers: HeaderLine[]; headersOmitted: number } {
  return {
    headers: headers.slice(0, MAX_HEADERS).map((one) => {
      const { name, value } = redactor.header(one);
      return { name, value: value.slice(0, MAX_VALUE), masked: value !== one.value };
    }),
    headersOmitted: Math.max(0, headers.length - MAX_HEADERS),
  };
}

/** Why there is no reply, in a sentence; null while one may still come. */
export function whyNoReply({ response, lastWords, failure, live, peerEnd, request }: Exchange): string | null {
  if (response) return null;
  if (failure?.phase === 'resolve') return t('There was no server to answer: the name was not found.');
  if (failure?.phase === 'connect') return t('There was no connection, so nothing could answer.');
  if (failure?.phase === 'tls') return t('TLS was not agreed on, so nothing was asked and nothing answered.');
  if (live) return t('No reply has arrived yet.');
  if (!request) return t('This is not HTTP: the bytes that came back are under ↓.');
  if (lastWords?.outcome === 'not-recoverable')
    return lastWords.reason
      ? t('A reply may have come, but it could not be recovered: {0}', lastWords.reason)
      : t('A reply may have come, but it could not be recovered.');
  if (lastWords?.outcome === 'nothing-unread')
    return t('The server sent no reply: nothing was left unread when the connection broke.');
  if (peerEnd === 'fin') return t('The server closed the connection without a reply.');
  if (peerEnd === 'reset') return t('The connection was reset before a reply was seen.');
  return t('No reply was seen.');
}
