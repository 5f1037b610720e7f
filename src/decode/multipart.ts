import { ByteRange } from '../base/byteRange';
import type { Header, MultipartPart } from './exchange';
import { parseParameterised } from './headerParameters';
import { HeaderLines, headerValue } from './http1Head';

const MAX_PARTS = 1000;
/** Bytes of one part's headers. */
const MAX_PART_HEAD = 64 * 1024;
const MAX_BOUNDARY = 200;

interface OpenPart {
  readonly headers: readonly Header[];
  readonly contentStart: number;
}

/** The boundary of a multipart Content-Type; `null` when it is another type or names none. */
export function multipartBoundary(contentType: string | null): string | null {
  if (contentType === null || !/^\s*multipart\//i.test(contentType)) return null;
  const boundary = parseParameterised(contentType).parameters.get('boundary');
  return boundary && boundary.length <= MAX_BOUNDARY ? boundary : null;
}

/**
 * Lists the parts of a multipart body (RFC 2046, 5.1; RFC 7578) that is fed in order, in pieces of any size. Content is
 * passed by: no more is kept than the length of a delimiter, or one part's headers.
 */
export class MultipartScanner {
  private readonly delimiter: Buffer;
  private rest: Buffer = Buffer.alloc(0);
  private restAt = 0; // offset of `rest` in the body
  private state: 'preamble' | 'head' | 'content' | 'over' = 'preamble';
  private open: OpenPart | null = null;
  private readonly closed: MultipartPart[] = [];

  constructor(boundary: string) {
    this.delimiter = Buffer.from(`--${boundary}`, 'latin1');
  }

  /** The closing delimiter was seen (or so many parts that no more are listed). */
  get over(): boolean {
    return this.state === 'over';
  }

  /** Where the content of the part begins that has no end yet; `null` when there is none. */
  get openStart(): number | null {
    return this.open?.contentStart ?? null;
  }

  /** Offset after the last byte fed. */
  get position(): number {
    return this.restAt + this.rest.length;
  }

  feed(bytes: Uint8Array): void {
    if (this.state === 'over') return;
    this.rest = this.rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.rest, bytes]);
    while (this.step());
  }

  /** Every part seen; the last one's size is `null` while its end has not been seen. */
  parts(): MultipartPart[] {
    if (!this.open) return [...this.closed];
    return [...this.closed, describe(this.open, Math.max(this.open.contentStart, this.position), false)];
  }

  /** False when more bytes are needed. */
  private step(): boolean {
    if (this.state === 'over') return false;
    return this.state === 'head' ? this.readHead() : this.findDelimiter();
  }

  private findDelimiter(): boolean {
    const found = this.rest.indexOf(this.delimiter);
    if (found < 0) {
      // what may be the beginning of a delimiter (with the line end before it) is kept
      this.drop(Math.max(0, this.rest.length - this.delimiter.length - 1));
      return false;
    }
    const after = found + this.delimiter.length;
    const atLineStart = found === 0 ? this.restAt === 0 : this.rest[found - 1] === 0x0a;
    if (!atLineStart) {
      this.drop(found + 1);
      return true;
    }
    if (this.rest.length < after + 2) {
      this.drop(Math.max(0, found - 2));
      return false;
    }
    const closing = this.rest[after] === 0x2d && this.rest[after + 1] === 0x2d;
    const lineEnd = this.rest.indexOf(0x0a, after);
    if (!closing && !/^[ \t\r]*$/.test(this.rest.toString('latin1', after, lineEnd < 0 ? undefined : lineEnd))) {
      this.drop(found + 1); // a longer boundary that begins like ours
      return true;
    }
    if (!closing && lineEnd < 0) {
      this.drop(Math.max(0, found - 2));
      return false;
    }
    this.closePart(this.contentEnd(found));
    this.state = closing || this.closed.length >= MAX_PARTS ? 'over' : 'head';
    this.drop(closing ? this.rest.length : lineEnd + 1);
    return !closing;
  }

  /** The line end before a delimiter belongs to the delimiter. */
  private contentEnd(found: number): number {
    const crlf = found >= 2 && this.rest[found - 2] === 0x0d && this.rest[found - 1] === 0x0a;
    return this.restAt + found - (crlf ? 2 : Math.min(1, found));
  }

  private closePart(end: number): void {
    if (this.open) this.closed.push(describe(this.open, Math.max(this.open.contentStart, end), true));
    this.open = null;
  }

  private readHead(): boolean {
    const lines = new HeaderLines();
    let at = 0;
    for (;;) {
      const lineEnd = this.rest.indexOf(0x0a, at);
      if (lineEnd < 0) {
        if (this.rest.length > MAX_PART_HEAD) this.state = 'over';
        return false;
      }
      const line = this.rest.toString('latin1', at, lineEnd).replace(/\r$/, '');
      at = lineEnd + 1;
      if (line === '') break;
      lines.add(line);
    }
    this.open = { headers: lines.headers, contentStart: this.restAt + at };
    this.state = 'content';
    // the line end of the headers stays: a delimiter may follow at once, when the part is empty
    this.drop(Math.max(0, at - 2));
    return true;
  }

  private drop(count: number): void {
    this.rest = this.rest.subarray(count);
    this.restAt += count;
  }
}

function describe(part: OpenPart, end: number, complete: boolean): MultipartPart {
  const disposition = parseParameterised(headerValue(part.headers, 'content-disposition') ?? '');
  return {
    name: disposition.parameters.get('name') ?? null,
    filename: disposition.parameters.get('filename') ?? null,
    contentType: headerValue(part.headers, 'content-type'),
    size: complete ? end - part.contentStart : null,
    sizeDerived: false,
    range: new ByteRange(part.contentStart, end),
    complete,
  };
}

/**
 * The size of the last part of a body that was not captured to its end, from the announced length of the whole body.
 * That is certain only when the file it came from is known to have just the size that is left for it: any number of
 * parts might follow otherwise.
 *
 * @param announced Content-Length
 * @param fileSizes sizes of the files that the body was made from
 */
export function deriveLastPart(
  parts: readonly MultipartPart[],
  boundary: string,
  announced: number | null,
  fileSizes: readonly number[],
): MultipartPart[] {
  const last = parts[parts.length - 1];
  if (!last || last.complete || announced === null) return [...parts];
  const closing = `\r\n--${boundary}--`.length;
  const left = announced - last.range.start - closing;
  const size = [left - 2, left].find((candidate) => candidate >= 0 && fileSizes.includes(candidate));
  return size === undefined ? [...parts] : [...parts.slice(0, -1), { ...last, size, sizeDerived: true }];
}
