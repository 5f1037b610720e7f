import { ByteRange } from './byteRange';

/** A set of byte offsets, kept as sorted, disjoint, non-adjacent ranges. */
export class RangeSet {
  private readonly list: ByteRange[] = [];

  get ranges(): readonly ByteRange[] {
    return this.list;
  }

  add(range: ByteRange): void {
    if (range.isEmpty) return;
    const first = this.firstEndingAtOrAfter(range.start);
    let after = first;
    let { start, end } = range;
    for (let next = this.list[after]; next && next.start <= end; next = this.list[++after]) {
      start = Math.min(start, next.start);
      end = Math.max(end, next.end);
    }
    this.list.splice(first, after - first, new ByteRange(start, end));
  }

  /** Whether every byte of the range is in the set; true of an empty range. */
  covers(range: ByteRange): boolean {
    if (range.isEmpty) return true;
    const found = this.list[this.firstEndingAtOrAfter(range.end)];
    return found !== undefined && found.start <= range.start && found.end >= range.end;
  }

  /** The parts of `range` that are not in the set, in order. */
  missing(range: ByteRange): ByteRange[] {
    const parts: ByteRange[] = [];
    let from = range.start;
    for (let index = this.firstEndingAtOrAfter(from); from < range.end; index += 1) {
      const next = this.list[index];
      if (!next || next.start >= range.end) {
        parts.push(new ByteRange(from, range.end));
        break;
      }
      if (next.start > from) parts.push(new ByteRange(from, next.start));
      from = Math.max(from, next.end);
    }
    return parts;
  }

  /** Removes every offset from `offset` on. */
  truncate(offset: number): void {
    while (this.list.length > 0) {
      const last = this.list[this.list.length - 1] as ByteRange;
      if (last.end <= offset) return;
      this.list.pop();
      if (last.start < offset) this.list.push(new ByteRange(last.start, offset));
    }
  }

  private firstEndingAtOrAfter(offset: number): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle] as ByteRange).end < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
