/** Everything that comes, in order, of which only the latest is kept: whoever reads on goes on from where he was. */
export class RecentLog<Entry> {
  private entries: Entry[] = [];
  /** Number of those that are not kept any more. */
  private forgotten = 0;

  /** @param most so many are kept, and up to twice as many */
  constructor(private readonly most: number) {}

  /** All that ever came: the place to go on from. */
  get end(): number {
    return this.forgotten + this.entries.length;
  }

  /** Those from the `start`-th on, as far as they are kept. */
  since(start: number): readonly Entry[] {
    return this.entries.slice(Math.max(0, start - this.forgotten));
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    if (this.entries.length < 2 * this.most) return;
    this.forgotten += this.most;
    this.entries = this.entries.slice(this.most);
  }
}
