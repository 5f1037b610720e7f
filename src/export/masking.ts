/** Where secrets lie in bytes: found by redacting the text and looking at what was taken out. */
import { ByteRange } from '../base/byteRange';
import { RangeSet } from '../base/rangeSet';
import type { Exchange, Message } from '../decode/exchange';
import { header } from '../diagnosis/wording';
import type { Direction } from '../wire/model';
import { streamOf } from './exchangeStreams';
import { MASK, redact } from './redact';

/** Heads and bodies beyond these sizes are not searched; a body of that size is a file and no form. */
const MAX_HEAD = 1024 * 1024;
const MAX_BODY = 64 * 1024;

/** Spans of `text` that its redacted form has replaced, by position. */
export function maskedSpans(text: string, redacted: string): { start: number; end: number }[] {
  if (text === redacted) return [];
  const kept = redacted.split(MASK);
  const spans: { start: number; end: number }[] = [];
  let at = (kept[0] as string).length;
  for (const [index, piece] of kept.slice(1).entries()) {
    const isLast = index === kept.length - 2;
    const found = isLast ? text.length - piece.length : text.indexOf(piece, at);
    const end = found < at ? text.length : found;
    if (end > at) spans.push({ start: at, end });
    at = end + piece.length;
  }
  return spans;
}

/** The secrets in an exchange's bytes of one direction, in the stream; sorted and disjoint. */
export async function secretsIn(exchange: Exchange, direction: Direction): Promise<readonly ByteRange[]> {
  const own = streamOf(exchange, direction);
  const message = direction === 'up' ? exchange.request : exchange.response;
  const found = new RangeSet();
  if (!own || !message) return [];
  const read = async (range: ByteRange) => Buffer.from(await own.stream.bytes.read(range)).toString('latin1');
  const note = (origin: number, text: string, redacted: string) => {
    for (const { start, end } of maskedSpans(text, redacted)) found.add(new ByteRange(origin + start, origin + end));
  };

  const head = message.headRange;
  const text = await read(ByteRange.ofLength(head.start, Math.min(head.length, MAX_HEAD)));
  let at = head.start;
  for (const [index, line] of text.split('\n').entries()) {
    note(at, line, index === 0 ? redact.url(line) : redactHeaderLine(line));
    at += line.length + 1;
  }
  if (isTextual(message) && message.bodyRange.length <= MAX_BODY) {
    const body = await read(message.bodyRange);
    note(message.bodyRange.start, body, redact.text(body));
  }
  if (direction === 'up' && exchange.request && !message.chunked) {
    for (const part of exchange.request.parts) {
      if (part.name === null || part.filename !== null || !isSecretName(part.name)) continue;
      found.add(part.range.shift(message.bodyRange.start));
    }
  }
  return found.ranges;
}

function redactHeaderLine(line: string): string {
  const [, before, value, after] = /^([^:]+:[ \t]*)(.*?)([ \t\r]*)$/s.exec(line) ?? [];
  if (before === undefined || value === undefined) return redact.text(line);
  const name = before.replace(/:[ \t]*$/, '');
  return before + redact.header({ name, value }).value + after;
}

/** Whether a field of this name holds a secret. */
export const isSecretName = (name: string): boolean => redact.text(`${name}=x`).endsWith(MASK);

const isTextual = (message: Message): boolean =>
  /^(text\/|application\/(.*\+)?(json|xml|x-www-form-urlencoded|javascript))/i.test(
    header(message, 'content-type') ?? '',
  );
