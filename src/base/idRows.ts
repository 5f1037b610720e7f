/**
 * Gives each id the number of a row, in the order in which ids come. Ids count up from 1 in a capture as the recorder
 * writes it, so that they make an array; in a hostile one they may be anything, and take no more than a map.
 */
export class IdRows {
  private dense = new Int32Array(1024); // row + 1
  private readonly sparse = new Map<number, number>();
  private count = 0;

  /** Rows given. */
  get size(): number {
    return this.count;
  }

  /** The row of an id, -1 when it has none. */
  get(id: number): number {
    const row = this.dense[id];
    return row ? row - 1 : (this.sparse.get(id) ?? -1);
  }

  /** The row of an id, a new one when it has none. */
  add(id: number): number {
    const known = this.get(id);
    if (known >= 0) return known;
    const row = this.count++;
    if (id >= 4 * row + 4096) {
      this.sparse.set(id, row);
      return row;
    }
    if (id >= this.dense.length) {
      const larger = new Int32Array(Math.max(2 * this.dense.length, id + 1));
      larger.set(this.dense);
      this.dense = larger;
    }
    this.dense[id] = row + 1;
    return row;
  }
}
