import { ByteQueue } from '../base/byteQueue';
import { ByteRange } from '../base/byteRange';
import type { ByteSource } from '../wire/model';
import { ChunkParser } from './chunked';

/** Bytes asked of the source at a time. */
const CHUNK = 256 * 1024;

/**
 * The content of one message's body in order, its transfer coding undone, pulled from where it is stored. Goes on
 * where it stopped when more has arrived; never holds more than one chunk.
 */
export class BodyContent {
  private at: number; // in the stream, of the next byte to read
  private dataLeft = 0; // of the current chunk
  private readonly chunks: ChunkParser | null;
  private readonly queue = new ByteQueue();
  private over = false;

  constructor(
    private readonly source: ByteSource,
    bodyStart: number,
    chunked: boolean,
  ) {
    this.at = bodyStart;
    this.chunks = chunked ? new ChunkParser() : null;
  }

  /**
   * The next bytes of content, at most 256 KiB; `null` when there are none up to `end` (an offset in the stream), be
   * it that they have not arrived, are not stored, or that the body is over.
   */
  async next(end: number): Promise<Uint8Array | null> {
    if (!this.chunks) return this.read(end);
    while (!this.over) {
      if (this.dataLeft > 0 && this.queue.length > 0) {
        const data = this.queue.take(this.dataLeft);
        this.dataLeft -= data.length;
        return data;
      }
      if (this.dataLeft === 0) {
        const step = this.chunks.next(this.queue);
        if (step.kind === 'data') {
          this.dataLeft = step.length;
          continue;
        }
        this.over = step.kind !== 'more';
        if (this.over) return null;
      }
      const bytes = await this.read(end);
      if (!bytes) return null;
      this.queue.push(bytes);
    }
    return null;
  }

  private async read(end: number): Promise<Uint8Array | null> {
    if (this.at >= end) return null;
    const bytes = await this.source.read(new ByteRange(this.at, Math.min(end, this.at + CHUNK)));
    this.at += bytes.length;
    return bytes.length > 0 ? bytes : null;
  }
}
