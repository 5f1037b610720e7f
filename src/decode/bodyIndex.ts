import type { BodyRecord, Scope } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';

/** Finds what the probe noted of a request's body, by the library calls around the request and by its socket. */
export class BodyIndex {
  private readonly byScope = new Map<number, BodyRecord[]>();
  private readonly bySocket = new Map<number, BodyRecord[]>();
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
      const found = this.byScope
        .get(scope.id)
        ?.findLast((body) => body.at <= between.to && (body.socket === 0 || body.socket === socket));
      if (found) return found;
    }
    return this.bySocket.get(socket)?.findLast((body) => body.at >= between.from && body.at <= between.to) ?? null;
  }

  private update(): void {
    for (; this.seen < this.process.bodies.length; this.seen += 1) {
      const body = this.process.bodies[this.seen] as BodyRecord;
      if (body.scope !== 0) append(this.byScope, body.scope, body);
      if (body.socket !== 0) append(this.bySocket, body.socket, body);
    }
  }
}

function append(index: Map<number, BodyRecord[]>, key: number, body: BodyRecord): void {
  const list = index.get(key);
  if (list) list.push(body);
  else index.set(key, [body]);
}
