/** Start lines, header fields and body framing of HTTP/1.x: RFC 9112. */
import type { Header } from './exchange';

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

export interface StatusLine {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
}

const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) +(\S(?:.*\S)?) +HTTP\/(1\.\d)$/;
const STATUS_LINE = /^HTTP\/(1\.\d) +(\d{3})(?: (.*))?$/;
const HEADER = /^([^:\s]+)[ \t]*:[ \t]*(.*)$/s;

export function parseRequestLine(line: string): RequestLine | null {
  const match = REQUEST_LINE.exec(line);
  return match && { method: match[1] as string, target: match[2] as string, version: match[3] as string };
}

export function parseStatusLine(line: string): StatusLine | null {
  const match = STATUS_LINE.exec(line);
  return match && { version: match[1] as string, status: Number(match[2]), reason: (match[3] ?? '').trim() };
}

/** Collects header lines; a folded line goes on with the value before it, one without a colon is passed over. */
export class HeaderLines {
  private readonly found: { name: string; value: string }[] = [];

  get headers(): readonly Header[] {
    return this.found;
  }

  get count(): number {
    return this.found.length;
  }

  add(line: string): void {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      const last = this.found[this.found.length - 1];
      if (last) last.value = `${last.value} ${line.trim()}`.trim();
      return;
    }
    const match = HEADER.exec(line);
    if (match) this.found.push({ name: match[1] as string, value: (match[2] as string).trim() });
  }
}

/** Every value of a header, in order; names compare without regard to case. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  return headers.filter((header) => header.name.toLowerCase() === name).map((header) => header.value);
}

/** The first value, or `null`. */
export function headerValue(headers: readonly Header[], name: string): string | null {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}

/** The elements of a comma-separated header over all its fields, in lower case. */
export function headerList(headers: readonly Header[], name: string): string[] {
  return headerValues(headers, name)
    .flatMap((value) => value.split(','))
    .map((element) => element.trim().toLowerCase())
    .filter(Boolean);
}

export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  /** To the end of the stream. */
  | { readonly kind: 'close' };

/** How a message's body ends (RFC 9112, 6.3); `problem` when the headers contradict each other. */
export interface BodyFraming {
  readonly framing: Framing;
  readonly problem: string | null;
}

export function requestFraming(headers: readonly Header[]): BodyFraming {
  return framingOf(headers, { kind: 'none' });
}

/** @param method of the request answered, `null` when it was not seen */
export function responseFraming(headers: readonly Header[], status: number, method: string | null): BodyFraming {
  const bodiless = method === 'HEAD' || status < 200 || status === 204 || status === 304;
  const tunnel = method === 'CONNECT' && status < 300;
  return bodiless || tunnel ? { framing: { kind: 'none' }, problem: null } : framingOf(headers, { kind: 'close' });
}

function framingOf(headers: readonly Header[], otherwise: Framing): BodyFraming {
  const transferCodings = headerList(headers, 'transfer-encoding');
  if (transferCodings.length > 0) {
    if (transferCodings[transferCodings.length - 1] === 'chunked')
      return { framing: { kind: 'chunked' }, problem: null };
    if (transferCodings.some((coding) => coding !== 'identity')) {
      return {
        framing: { kind: 'close' },
        problem: `unknown transfer coding ${transferCodings.join(', ').slice(0, 80)}`,
      };
    }
  }
  const lengths = new Set(headerList(headers, 'content-length'));
  if (lengths.size === 0) return { framing: otherwise, problem: null };
  const [first] = [...lengths];
  if (lengths.size > 1 || !first || !/^\d{1,15}$/.test(first)) {
    return { framing: { kind: 'close' }, problem: `invalid Content-Length ${[...lengths].join(', ').slice(0, 80)}` };
  }
  return { framing: { kind: 'length', length: Number(first) }, problem: null };
}
