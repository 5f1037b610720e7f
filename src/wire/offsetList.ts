/** Where things lie in a file, in the order in which they were met, and of which of two kinds each is: one to three bytes. */
export class OffsetList {
  private bytes = new Uint8Array(16);
  private used = 0;
  private last = 0;

  add(offset: number, marked = false): void {
    if (this.used + 8 > this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length + 8);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    // the lowest bit is the mark, the next one says backwards
    const delta = offset - this.last;
    let left = 4 * Math.abs(delta) + (delta < 0 ? 2 : 0) + (marked ? 1 : 0);
    this.last = offset;
    while (left > 0x7f) {
      this.bytes[this.used++] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    this.bytes[this.used++] = left;
  }

  /** What `offsetsIn` makes offsets of again. */
  get packed(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }
}

/** The offsets in order, each with its mark. */
export function* offsetsIn(packed: Uint8Array): Generator<{ readonly offset: number; readonly marked: boolean }> {
  let offset = 0;
  let value = 0;
  let factor = 1;
  for (const byte of packed) {
    value += (byte & 0x7f) * factor;
    if (byte > 0x7f) {
      factor *= 0x80;
      continue;
    }
    offset += (value % 4 >= 2 ? -1 : 1) * Math.floor(value / 4);
    yield { offset, marked: value % 2 === 1 };
    value = 0;
    factor = 1;
  }
}

/** Many lists of offsets in one piece of memory, by the number that `add` gave. */
export class OffsetShelf {
  private bytes = new Uint8Array(64 * 1024);
  private used = 0;
  /** Where each list ends. */
  private ends = new Float64Array(1024);
  private count = 0;

  add(packed: Uint8Array): number {
    if (this.used + packed.length > this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length + packed.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    if (this.count === this.ends.length) {
      const larger = new Float64Array(2 * this.count);
      larger.set(this.ends);
      this.ends = larger;
    }
    this.bytes.set(packed, this.used);
    this.used += packed.length;
    this.ends[this.count] = this.used;
    return this.count++;
  }

  get(number: number): Uint8Array {
    return this.bytes.slice(number === 0 ? 0 : this.ends[number - 1], this.ends[number]);
  }
}
