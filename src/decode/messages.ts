/** Decoded messages as the exchange tells them, with times, provenance and content. */
import type { ByteRange } from '../base/byteRange';
import type { BodyRecord, IoOperation, Stream } from '../wire/model';
import type { BodySource, Message, ReplyArrival, ResponseMessage } from './exchange';
import type { DecodedMessage } from './messageStream';
import { endOf } from './operations';

/** @param operations that carried the message, in order */
export function messageOf(decoded: DecodedMessage, operations: readonly IoOperation[], sent: boolean): Message {
  const { head, body } = decoded;
  const carrying = operations.filter((one) => !one.range.isEmpty);
  const first = carrying[0];
  const last = carrying.findLast((one) => one.range.start < Math.max(body.end, head.range.end));
  return {
    startLine: head.startLine,
    httpVersion: head.request?.version ?? head.response?.version ?? '1.1',
    headers: head.headers,
    headRange: head.range,
    bodyRange: body,
    bodyAnnounced: head.framing.kind === 'length' ? head.framing.length : null,
    chunked: head.framing.kind === 'chunked',
    complete: decoded.complete,
    beganAt: first ? (sent ? first.at : endOf(first)) : 0,
    endedAt: decoded.complete && last && !last.pending ? endOf(last) : null,
    problem: decoded.problem,
  };
}

export function bodySourceOf(record: BodyRecord | null): BodySource | null {
  if (!record) return null;
  const files = record.file ? [record.file] : record.sources.map(({ path, size }) => ({ path, size }));
  return { type: record.type, size: record.size, storage: record.storage, files };
}

/** Whether the program itself was given the whole head; what only the probe read it was not. */
export function wasReadByProgram(down: Stream, head: ByteRange): boolean {
  return down.receivedByProgram.some((range) => range.start <= head.start && range.end >= head.end);
}

/**
 * The reply was there before the request had been handed over whole: it was read before the last send ended, or the
 * request never got through.
 */
export function isEarly(
  response: Message,
  request: DecodedMessage | null,
  up: readonly IoOperation[],
  arrival: ReplyArrival | null = null,
): boolean {
  const last = up.at(-1);
  if (!request || !last) return false;
  if (!request.complete || up.some((one) => one.error !== null)) return true;
  return last.pending || (arrival?.at ?? response.beganAt) < endOf(last);
}

export type ResponseFacts = Pick<
  ResponseMessage,
  'readByProgram' | 'early' | 'arrivedBeforeFailure' | 'arrival' | 'bodyPreview' | 'bodyPreviewTruncated'
>;

export function responseOf(decoded: DecodedMessage, message: Message, facts: ResponseFacts): ResponseMessage {
  const { response } = decoded.head;
  // member by member: this is made for every exchange, and spreading objects takes several times as long
  return {
    startLine: message.startLine,
    httpVersion: message.httpVersion,
    headers: message.headers,
    headRange: message.headRange,
    bodyRange: message.bodyRange,
    bodyAnnounced: message.bodyAnnounced,
    chunked: message.chunked,
    complete: message.complete,
    beganAt: message.beganAt,
    endedAt: message.endedAt,
    problem: message.problem,
    status: response?.status ?? 0,
    reason: response?.reason ?? '',
    interim: decoded.interim,
    readByProgram: facts.readByProgram,
    early: facts.early,
    arrivedBeforeFailure: facts.arrivedBeforeFailure,
    arrival: facts.arrival,
    bodyPreview: facts.bodyPreview,
    bodyPreviewTruncated: facts.bodyPreviewTruncated,
  };
}
