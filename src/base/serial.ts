/** Runs asynchronous work one piece after the other, however it is called: state that it changes is never half done. */
export class Serial {
  private last: Promise<unknown> = Promise.resolve();

  /** Settles as `work` does; a piece that fails does not keep the next from running. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
