import type { Connect, Resolve } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';

/** Functions whose failure keeps a program from reaching a server (and not merely from learning a name). */
const FORWARD = new Set(['getaddrinfo', 'gethostbyname', 'gethostbyname_ex']);

export interface FailedResolve {
  readonly resolve: Resolve;
  /** In the process's list of resolutions. */
  readonly index: number;
}

/** The name resolutions of one process, indexed as they come. */
export class Resolves {
  /** By name and address, and by address alone: indices of the resolutions that gave it, in order. */
  private readonly gave = new Map<string, number[]>();
  /** By library call and name: those that failed and were not made good. */
  private readonly failedBy = new Map<string, FailedResolve[]>();
  private seen = 0;

  constructor(private readonly process: ProcessModel) {}

  update(): void {
    const { resolves } = this.process;
    for (; this.seen < resolves.length; this.seen += 1) {
      const resolve = resolves[this.seen] as Resolve;
      for (const address of new Set(resolve.addresses.map((one) => one.address))) {
        append(this.gave, `${resolve.host}|${address}`, this.seen);
        append(this.gave, `|${address}`, this.seen);
      }
      const call = `${resolve.scope}/${resolve.host}`;
      if (!resolve.error) {
        if (resolve.scope !== 0) this.failedBy.delete(call); // made good in the same library call
      } else if (FORWARD.has(resolve.function)) append(this.failedBy, call, { resolve, index: this.seen });
    }
  }

  /** Failed for good, as far as can be told: nothing in the same library call has found the name later. */
  get failed(): readonly FailedResolve[] {
    return [...this.failedBy.values()].flat();
  }

  /** About these nothing will change any more. */
  forget(failed: Iterable<FailedResolve>): void {
    for (const { resolve } of failed) this.failedBy.delete(`${resolve.scope}/${resolve.host}`);
  }

  /**
   * The index of the resolution that gave the address, -1 when it was not seen.
   * @param before only the first so many resolutions are asked
   */
  indexFor(connect: Connect, before: number): number {
    const key = connect.host === null ? `|${connect.address}` : `${connect.host}|${connect.address}`;
    const indices = this.gave.get(key) ?? [];
    let low = 0;
    let high = indices.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((indices[middle] as number) < before) low = middle + 1;
      else high = middle;
    }
    for (let last = low - 1; last >= 0; last -= 1) {
      const index = indices[last] as number;
      if ((this.process.resolves[index] as Resolve).at <= connect.at) return index;
    }
    return -1;
  }
}

function append<Value>(index: Map<string, Value[]>, key: string, value: Value): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
