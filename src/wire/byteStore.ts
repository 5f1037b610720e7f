import { ByteRange } from '../base/byteRange';
import type { ByteSource } from './model';
import type { SegmentTable } from './segmentTable';

/** Reads from a process file; short only at the end of the file. */
export type FileRead = (at: number, length: number) => Promise<Uint8Array>;

/** One read returns no more than this, however large the range asked for. */
export const MAX_READ = 16 * 1024 * 1024;

/** The bytes of one stream, read from the process file when asked for; none of them is kept in memory. */
export class StoredBytes implements ByteSource {
  private known = 0;

  constructor(
    private readonly segments: SegmentTable,
    private readonly readFile: FileRead,
  ) {}

  get length(): number {
    return this.known;
  }

  extend(to: number): void {
    this.known = Math.max(this.known, to);
  }

  truncate(to: number): void {
    this.known = Math.min(this.known, to);
  }

  get stored(): readonly ByteRange[] {
    return this.segments.ranges;
  }

  async read(range: ByteRange): Promise<Uint8Array> {
    const wanted = range.intersect(ByteRange.ofLength(range.start, MAX_READ));
    const parts: Uint8Array[] = [];
    let offset = wanted.start;
    while (offset < wanted.end) {
      const segment = this.segments.find(offset);
      if (!segment) break;
      const length = Math.min(segment.end, wanted.end) - offset;
      const part = await this.readFile(segment.at + offset - segment.start, length);
      if (part.length > 0) parts.push(part);
      offset += part.length;
      if (part.length < length) break; // the file has become shorter under our hands
    }
    return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  }
}
