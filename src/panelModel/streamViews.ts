/** The part of a stream that an exchange has, with the boundaries that a view draws on it. */
import type { Count, Exchange, Message } from '../decode/exchange';
import { endOf, operationsWithin } from '../decode/operations';
import { type ExchangeStream, streamOf } from '../export/exchangeStreams';
import type { Mark, MarkKind, Section, Span, StreamDirection, StreamView } from '../messages/panel';

/** Stored ranges told to a view; there are many only in captures with many spent budgets. */
const MAX_STORED = 2000;

export function streamViewOf(exchange: Exchange, direction: StreamDirection): StreamView | null {
  const own = streamOf(exchange, direction);
  if (!own) return null;
  const { stream, range } = own;
  return {
    direction,
    layer: stream.layer,
    start: range.start,
    end: range.end,
    stored: clipped(stream.bytes.stored, range).slice(0, MAX_STORED),
    sections: sectionsOf(exchange, direction, range),
    marks: direction === 'up' ? marksOf(exchange, own) : [],
    readByProgram: direction === 'down' ? clipped(stream.receivedByProgram, range).slice(0, MAX_STORED) : null,
  };
}

function clipped(ranges: readonly Span[], { start, end }: Span): Span[] {
  return ranges
    .filter((one) => one.start < end && one.end > start)
    .map((one) => ({ start: Math.max(one.start, start), end: Math.min(one.end, end) }));
}

function sectionsOf(exchange: Exchange, direction: StreamDirection, { start, end }: Span): Section[] {
  const message: Message | null = direction === 'up' ? exchange.request : exchange.response;
  if (!message) return [{ kind: 'data', name: null, start, end }];
  const sections: Section[] = [
    { kind: 'head', name: null, start: message.headRange.start, end: message.headRange.end },
  ];
  if (message.bodyRange.isEmpty) return sections;
  sections.push({ kind: 'body', name: null, start: message.bodyRange.start, end: message.bodyRange.end });
  if (direction === 'up' && exchange.request && !message.chunked) {
    for (const { name, range } of exchange.request.parts) {
      const { start: from, end: to } = range.shift(message.bodyRange.start);
      sections.push({ kind: 'part', name, start: from, end: to });
    }
  }
  return sections;
}

function marksOf(exchange: Exchange, { range }: ExchangeStream): Mark[] {
  const { request, bytes } = exchange;
  const marks: Mark[] = [];
  const add = (kind: MarkKind, { value, derived, atLeast }: Count) => {
    if (value !== null) marks.push({ kind, offset: range.start + value, count: value, derived, atLeast });
  };
  add('acknowledged', bytes.acknowledged);
  add('accepted', bytes.accepted);
  add('handed', bytes.handed);
  if (request && request.bodyAnnounced !== null) {
    const value = request.headRange.length + request.bodyAnnounced;
    add('announced', { value, derived: false, atLeast: false });
  }
  const reply = replyMark(exchange, range);
  if (reply !== null) marks.push(reply);
  return marks.sort((a, b) => a.offset - b.offset);
}

/**
 * Where the program stood in its request when the reply was there: at the first call that began after it (exact), or at
 * the call that was running (then `atLeast`: somewhere in that call). None for a reply to a request sent whole.
 */
function replyMark(exchange: Exchange, range: ExchangeStream['range']): Mark | null {
  const { response, failure } = exchange;
  const own = streamOf(exchange, 'up');
  if (!response?.early || !own) return null;
  const arrived =
    failure && response.arrivedBeforeFailure !== null
      ? failure.at + failure.duration - response.arrivedBeforeFailure
      : (response.arrival?.at ?? response.beganAt);
  const next = operationsWithin(own.stream, range).find((operation) => endOf(operation) > arrived);
  if (!next) return null;
  const offset = Math.max(range.start, next.range.start);
  return { kind: 'reply', offset, count: offset - range.start, derived: true, atLeast: next.at <= arrived };
}
