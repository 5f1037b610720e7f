import type { ByteRange } from '../base/byteRange';
import { RangeSet } from '../base/rangeSet';

/** Bytes of a stream that lie at `at` in the process file. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly at: number;
}

const FIELDS = 3;

/**
 * Where the bytes of one stream lie in its process file. What is stored twice (looked at early by the probe, later
 * read by the program) counts once: the first record has it. Kept as columns of numbers, 24 bytes a segment; their
 * number is bounded by the payload budget of the capture.
 */
export class SegmentTable {
  private columns = new Float64Array(16 * FIELDS);
  private count = 0;
  private readonly covered = new RangeSet();

  /** The stored ranges, sorted and disjoint. */
  get ranges(): readonly ByteRange[] {
    return this.covered.ranges;
  }

  add(range: ByteRange, at: number): void {
    for (const part of this.covered.missing(range)) {
      this.insert(part.start, part.end, at + part.start - range.start);
    }
    this.covered.add(range);
  }

  /** Forgets what is stored from `offset` on. */
  truncate(offset: number): void {
    this.covered.truncate(offset);
    while (this.count > 0) {
      const last = (this.count - 1) * FIELDS;
      if ((this.columns[last + 1] as number) <= offset) return;
      if ((this.columns[last] as number) < offset) {
        this.columns[last + 1] = offset;
        return;
      }
      this.count -= 1;
    }
  }

  /** The segment that holds the byte at `offset`, if it is stored. */
  find(offset: number): Segment | null {
    const index = this.firstEndingAfter(offset);
    if (index === this.count) return null;
    const [start, end, at] = this.columns.subarray(index * FIELDS, index * FIELDS + FIELDS) as unknown as Triple;
    return start <= offset ? { start, end, at } : null;
  }

  private insert(start: number, end: number, at: number): void {
    if ((this.count + 1) * FIELDS > this.columns.length) {
      const larger = new Float64Array(this.columns.length * 2);
      larger.set(this.columns);
      this.columns = larger;
    }
    const index = this.firstEndingAfter(start);
    this.columns.copyWithin((index + 1) * FIELDS, index * FIELDS, this.count * FIELDS);
    this.columns.set([start, end, at], index * FIELDS);
    this.count += 1;
  }

  private firstEndingAfter(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.columns[middle * FIELDS + 1] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

type Triple = [number, number, number];
