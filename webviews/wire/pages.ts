/**
 * Pages on their way at the same time. Of a reader who scrolls faster than they come, what is in sight when one has come is
 * asked for.
 */
const AT_ONCE = 2;

/** Pages of something long that lies elsewhere: asked for when they are needed, forgotten when they have not been for long. */
export class Pages<Page> {
  private readonly known = new Map<number, Page>();
  private readonly asked = new Map<number, number>();
  private readonly stale = new Set<number>();
  private generation = 0;
  /** Loads of this generation that have not ended. */
  private underway = 0;

  /**
   * @param load gives a page; a failure leaves it missing, to be asked for again
   * @param arrived is told of every page that came
   * @param limit pages kept
   */
  constructor(
    private readonly load: (page: number) => Promise<Page | null>,
    private readonly arrived: (page: number) => void,
    private readonly limit: number,
  ) {}

  /** The page if it is there; else it is asked for. */
  get(page: number): Page | null {
    const found = this.known.get(page);
    if (found !== undefined) {
      // the order of the map is that of use
      this.known.delete(page);
      this.known.set(page, found);
      if (this.stale.has(page)) this.ask(page);
      return found;
    }
    this.ask(page);
    return null;
  }

  /** What is there may be out of date: it is shown until it has been asked for again. */
  invalidate(): void {
    this.next();
    for (const page of this.known.keys()) this.stale.add(page);
  }

  /** A page that came by itself, as it is now. */
  put(page: number, content: Page): void {
    this.asked.delete(page);
    this.keep(page, content);
  }

  clear(): void {
    this.next();
    this.known.clear();
    this.stale.clear();
    this.asked.clear();
  }

  private next(): void {
    this.generation += 1;
    this.underway = 0;
  }

  private ask(page: number): void {
    if (this.asked.get(page) === this.generation) return;
    if (this.underway < AT_ONCE) void this.fetch(page);
  }

  private async fetch(page: number): Promise<void> {
    const { generation } = this;
    this.underway += 1;
    this.asked.set(page, generation);
    let result: Page | null = null;
    try {
      result = await this.load(page);
    } catch {
      // the channel is gone or the exchange is; whoever asks again learns of it
    }
    if (this.asked.get(page) === generation) this.asked.delete(page);
    if (generation !== this.generation) return;
    this.underway -= 1;
    if (result === null) return;
    this.keep(page, result);
    this.arrived(page);
  }

  private keep(page: number, content: Page): void {
    this.stale.delete(page);
    this.known.delete(page);
    this.known.set(page, content);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= this.limit) break;
      this.known.delete(oldest);
      this.stale.delete(oldest);
    }
  }
}
