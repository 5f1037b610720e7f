/** Lets others have their turn during long work: a request that comes meanwhile is answered soon. */
export class Breather {
  private since = performance.now();
  private calls = 0;

  /**
   * @param ms work at a stretch
   * @param every how many calls of `breathe` lie between two looks at the clock
   */
  constructor(
    private readonly ms = 12,
    private readonly every = 16,
  ) {}

  /** A pause that is due, to be waited for; else null, so that work which is nearly done does not wait at all. */
  readonly breathe = (): Promise<void> | null => {
    this.calls += 1;
    if (this.calls % this.every !== 0 || performance.now() - this.since < this.ms) return null;
    return new Promise((resolve) =>
      setImmediate(() => {
        this.since = performance.now();
        resolve();
      }),
    );
  };
}
