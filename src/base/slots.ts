/**
 * A map from numbers to objects that come and go in great numbers. A `Map` leaves whole tables of what it held behind when
 * it tidies up, and until those are collected nothing of that can be; here what is deleted is gone at once.
 */
export class Slots<Value extends object> {
  private readonly slotOf = new Map<number, number>();
  private readonly slots: (Value | null)[] = [];
  private readonly free: number[] = [];

  get size(): number {
    return this.slotOf.size;
  }

  get(key: number): Value | undefined {
    const slot = this.slotOf.get(key);
    return slot === undefined ? undefined : (this.slots[slot] as Value);
  }

  set(key: number, value: Value): void {
    const slot = this.slotOf.get(key) ?? this.free.pop() ?? this.slots.length;
    this.slotOf.set(key, slot);
    this.slots[slot] = value;
  }

  delete(key: number): boolean {
    const slot = this.slotOf.get(key);
    if (slot === undefined) return false;
    this.slotOf.delete(key);
    this.slots[slot] = null;
    this.free.push(slot);
    return true;
  }

  /** In no particular order once something was deleted; what is set meanwhile may or may not be among them. */
  *values(): Generator<Value> {
    for (let slot = 0; slot < this.slots.length; slot += 1) {
      const value = this.slots[slot];
      if (value) yield value;
    }
  }
}
