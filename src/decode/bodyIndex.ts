import type { BodyRecord, Scope } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';

/** Finds what the probe noted of a request's body, by the library calls around the request and by its socket. */
export class BodyIndex {
  private readonly byScope: Index = new Map();
  private readonly bySocket: Index = new Map();
  private seen = 0;

  constructor(private readonly process: ProcessModel) {}

  /**
   * @param chain the calls around the request, innermost first
   * @param between when the request's exchange began and when its last byte was handed over, monotonic nanoseconds
   */
  find(
    chain: readonly Scope[],
    socket: number,
    between: { readonly from: number; readonly to: number },
  ): BodyRecord | null {
    this.update();
    for (const scope of chain) {
      const bodies = listed(this.byScope.get(scope.id));
      const found = bodies.findLast((one) => one.at <= between.to && (one.socket === 0 || one.socket === socket));
      if (found) return found;
    }
    const last = listed(this.bySocket.get(socket)).findLast((one) => one.at <= between.to);
    return last && last.at >= between.from ? last : null;
  }

  private update(): void {
    for (; this.seen < this.process.bodies.length; this.seen += 1) {
      const body = this.process.bodies[this.seen] as BodyRecord;
      if (body.scope !== 0) append(this.byScope, body.scope, body);
      if (body.socket !== 0) append(this.bySocket, body.socket, body);
    }
  }
}

/** Most have one: a list for each would take more than what it lists. */
type Index = Map<number, BodyRecord | BodyRecord[]>;

function append(index: Index, key: number, body: BodyRecord): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, body);
  else if (Array.isArray(known)) known.push(body);
  else index.set(key, [known, body]);
}

const listed = (found: BodyRecord | BodyRecord[] | undefined): readonly BodyRecord[] =>
  found === undefined ? NONE : Array.isArray(found) ? found : [found];

const NONE: readonly BodyRecord[] = [];
