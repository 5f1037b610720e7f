/**
 * The base protocol of the Debug Adapter Protocol: a header of `Name: value` lines, an empty line, and a body of
 * `Content-Length` bytes of UTF-8 JSON (https://microsoft.github.io/debug-adapter-protocol/overview#base-protocol).
 */

/** Largest body taken, in bytes: a limit against nonsense, far above any real message. */
export const MAX_BODY = 256 * 1024 * 1024;
/** Largest header taken, in bytes. */
export const MAX_HEADER = 4096;

/** An empty line: \r\n\r\n. */
const END_OF_HEADER = Buffer.of(13, 10, 13, 10);

/** The peer does not speak the protocol: where the next message would begin is not known any more. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
}

/** Something came out of the stream: a JSON value, or a well-framed body that is no JSON. */
export type Framed = { readonly value: unknown } | { readonly problem: string };

export function encodeMessage(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`, 'latin1'), body]);
}

/**
 * Takes a byte stream in whatever pieces it comes and yields what is in it. Chunks of a body are kept as a list and
 * joined once, so that a large message costs no more than its size.
 */
export class MessageDecoder {
  /** The header being read, or bytes not yet looked at; short except for what follows a body in one chunk. */
  private head: Buffer = Buffer.alloc(0);
  private body: Buffer[] = [];
  /** Bytes of the body still to come; -1 while in a header. */
  private missing = -1;

  /** True when the stream may end here. */
  get idle(): boolean {
    return this.missing < 0 && this.head.length === 0;
  }

  /** @throws FramingError when the stream cannot be followed any more; nothing may be fed after that */
  *feed(chunk: Buffer): Generator<Framed> {
    let rest: Buffer = chunk;
    while (rest.length > 0) {
      rest = this.missing < 0 ? this.takeHeader(rest) : this.takeBody(rest);
      if (this.missing === 0) yield this.finish();
    }
  }

  private takeHeader(chunk: Buffer): Buffer {
    const known = this.head.length;
    const joined = known === 0 ? chunk : Buffer.concat([this.head, chunk.subarray(0, MAX_HEADER)]);
    const end = joined.indexOf(END_OF_HEADER);
    if (end < 0 ? joined.length >= MAX_HEADER : end > MAX_HEADER) {
      throw new FramingError(`no end of the header within ${MAX_HEADER} bytes`);
    }
    if (end < 0) {
      this.head = joined;
      return Buffer.alloc(0);
    }
    this.missing = contentLength(joined.toString('latin1', 0, end));
    this.head = Buffer.alloc(0);
    return chunk.subarray(end + END_OF_HEADER.length - known);
  }

  private takeBody(chunk: Buffer): Buffer {
    const taken = chunk.subarray(0, this.missing);
    this.body.push(taken);
    this.missing -= taken.length;
    return chunk.subarray(taken.length);
  }

  private finish(): Framed {
    const bytes = this.body.length === 1 && this.body[0] ? this.body[0] : Buffer.concat(this.body);
    this.body = [];
    this.missing = -1;
    try {
      return { value: JSON.parse(bytes.toString('utf8')) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

function contentLength(header: string): number {
  let length: number | null = null;
  for (const line of header.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) throw new FramingError(`a header line without a colon: ${JSON.stringify(line.slice(0, 60))}`);
    if (line.slice(0, colon).trim().toLowerCase() !== 'content-length') continue;
    const value = line.slice(colon + 1).trim();
    if (!/^\d{1,15}$/.test(value))
      throw new FramingError(`not a Content-Length: ${JSON.stringify(value.slice(0, 60))}`);
    length = Number(value);
  }
  if (length === null) throw new FramingError('a header without Content-Length');
  if (length === 0) throw new FramingError('a message without a body');
  if (length > MAX_BODY) throw new FramingError(`a body of ${length} bytes; at most ${MAX_BODY} are taken`);
  return length;
}
