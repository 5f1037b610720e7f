const LF = 0x0a;

/**
 * Bytes that arrived in chunks and are taken from the front. Chunks are kept as they came: nothing is copied until
 * something is taken across a boundary, so feeding byte by byte costs no more than feeding at once.
 */
export class ByteQueue {
  private chunks: Uint8Array[] = [];
  private head = 0; // index of the first chunk still in use
  private skipped = 0; // bytes of it already taken
  private size = 0;
  private searchedChunk = 0; // where the search for a line feed goes on
  private searchedAt = 0;
  private searchedBytes = 0;

  get length(): number {
    return this.size;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  /** The first byte, or undefined when the queue is empty. */
  first(): number | undefined {
    return this.chunks[this.head]?.[this.skipped];
  }

  /** Bytes up to and with the next line feed, or null when there is none yet. */
  takeLine(): Uint8Array | null {
    while (this.searchedChunk < this.chunks.length) {
      const chunk = this.chunks[this.searchedChunk] as Uint8Array;
      const from = Math.max(this.searchedAt, this.searchedChunk === this.head ? this.skipped : 0);
      const found = chunk.indexOf(LF, from);
      if (found >= 0) return this.take(this.searchedBytes + found - from + 1);
      this.searchedBytes += chunk.length - from;
      this.searchedChunk += 1;
      this.searchedAt = 0;
    }
    return null;
  }

  /** Takes `count` bytes (fewer when there are fewer) as one array. */
  take(count: number): Uint8Array {
    const wanted = Math.min(count, this.size);
    const first = this.chunks[this.head];
    if (first && first.length - this.skipped >= wanted) {
      const whole = first.subarray(this.skipped, this.skipped + wanted);
      this.skip(wanted);
      return whole;
    }
    const result = new Uint8Array(wanted);
    let filled = 0;
    while (filled < wanted) {
      const chunk = this.chunks[this.head] as Uint8Array;
      const part = chunk.subarray(this.skipped, Math.min(chunk.length, this.skipped + wanted - filled));
      result.set(part, filled);
      filled += part.length;
      this.skip(part.length);
    }
    return result;
  }

  /** Drops up to `count` bytes and tells how many. */
  skip(count: number): number {
    const dropped = Math.min(count, this.size);
    let left = dropped;
    while (left > 0) {
      const here = (this.chunks[this.head] as Uint8Array).length - this.skipped;
      if (left < here) {
        this.skipped += left;
        break;
      }
      left -= here;
      this.head += 1;
      this.skipped = 0;
    }
    this.size -= dropped;
    if (dropped > 0) this.forget();
    return dropped;
  }

  private forget(): void {
    if (this.head > 64 || this.head === this.chunks.length) {
      this.chunks = this.chunks.slice(this.head);
      this.head = 0;
    }
    this.searchedChunk = this.head;
    this.searchedAt = this.skipped;
    this.searchedBytes = 0;
  }
}
