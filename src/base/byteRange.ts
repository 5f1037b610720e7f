/** A half-open range of byte offsets, `[start, end)`. Immutable. */
export class ByteRange {
  static readonly empty = new ByteRange(0, 0);

  /**
   * @param start offset of the first byte, a safe non-negative integer
   * @param end offset after the last byte, not before `start`
   * @throws RangeError when the bounds are not such integers
   */
  constructor(
    readonly start: number,
    readonly end: number,
  ) {
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
      throw new RangeError(`not a byte range: [${start}, ${end})`);
    }
  }

  static ofLength(start: number, length: number): ByteRange {
    return new ByteRange(start, start + length);
  }

  get length(): number {
    return this.end - this.start;
  }

  get isEmpty(): boolean {
    return this.end === this.start;
  }

  contains(offset: number): boolean {
    return offset >= this.start && offset < this.end;
  }

  equals(other: ByteRange): boolean {
    return this.start === other.start && this.end === other.end;
  }

  /** The bytes that both have; empty (at the greater start) when they have none. */
  intersect(other: ByteRange): ByteRange {
    const start = Math.max(this.start, other.start);
    return new ByteRange(start, Math.max(start, Math.min(this.end, other.end)));
  }

  overlaps(other: ByteRange): boolean {
    return this.start < other.end && other.start < this.end;
  }

  /** The same bytes counted from `origin`, or to it with a negative number. */
  shift(by: number): ByteRange {
    return new ByteRange(this.start + by, this.end + by);
  }

  toString(): string {
    return `[${this.start}, ${this.end})`;
  }
}
