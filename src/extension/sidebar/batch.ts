/** Milliseconds for which changes are collected before a view is drawn anew. */
const DELAY = 150;

/** Collects changes for a moment, so that a burst of events redraws a view once. Free of the editor's API. */
export class Batch<T> {
  private readonly waiting = new Set<T>();
  private timer: NodeJS.Timeout | null = null;

  /** @param take gets what has changed, each once */
  constructor(private readonly take: (changed: readonly T[]) => void) {}

  add(...changed: readonly T[]): void {
    for (const one of changed) this.waiting.add(one);
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => this.flush(), DELAY);
  }

  /** What is waiting is of no interest any more. */
  clear(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.waiting.clear();
  }

  private flush(): void {
    const changed = [...this.waiting];
    this.clear();
    this.take(changed);
  }
}
