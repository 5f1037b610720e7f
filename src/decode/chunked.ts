import type { ByteQueue } from '../base/byteQueue';

/** Bytes of one chunk-size line, extensions included, or of one trailer line. */
const MAX_LINE = 16 * 1024;
/** Bytes of all trailers. */
const MAX_TRAILERS = 64 * 1024;

export type ChunkStep =
  /** So many of the next bytes are content. They need not be fed. */
  | { readonly kind: 'data'; readonly length: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'end' }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * The chunked transfer coding (RFC 9112, 7.1) without its data: `next` consumes sizes, line ends and trailers from the
 * queue and tells where data lies; whoever calls takes or skips the data itself before calling again.
 */
export class ChunkParser {
  private state: 'size' | 'data-end' | 'trailers' | 'done' = 'size';
  private trailerBytes = 0;

  next(queue: ByteQueue): ChunkStep {
    for (;;) {
      if (this.state === 'done') return { kind: 'end' };
      const line = queue.takeLine();
      if (!line) {
        return queue.length > MAX_LINE
          ? { kind: 'problem', message: 'a chunk size line without end' }
          : { kind: 'more' };
      }
      if (line.length > MAX_LINE) return { kind: 'problem', message: 'a chunk size line of absurd length' };
      if (this.state === 'data-end') {
        if (!isEmptyLine(line)) return { kind: 'problem', message: 'a chunk is longer than its size says' };
        this.state = 'size';
      } else if (this.state === 'trailers') {
        this.trailerBytes += line.length;
        if (isEmptyLine(line)) this.state = 'done';
        else if (this.trailerBytes > MAX_TRAILERS) return { kind: 'problem', message: 'trailers of absurd length' };
      } else {
        const size = parseSize(line);
        if (size === null) return { kind: 'problem', message: 'a chunk size that is no number' };
        this.state = size === 0 ? 'trailers' : 'data-end';
        if (size > 0) return { kind: 'data', length: size };
      }
    }
  }
}

function isEmptyLine(line: Uint8Array): boolean {
  return line.length === 1 || (line.length === 2 && line[0] === 0x0d);
}

function parseSize(line: Uint8Array): number | null {
  const match = /^[ \t]*([0-9A-Fa-f]{1,13})[ \t]*(?:;.*)?\r?\n$/s.exec(Buffer.from(line).toString('latin1'));
  return match ? Number.parseInt(match[1] as string, 16) : null;
}
