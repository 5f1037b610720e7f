/** An exchange before what depends on the other exchanges of its process is known: what its library call raised. */
import { IdRows } from '../base/idRows';
import { isWouldBlock } from '../wire/errorChain';
import type { ErrorChain, IoOperation, Scope } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';
import type { Exchange, Failure } from './exchange';
import { failureByEnd, rootOf } from './failure';
import { allEnded, raisedFrom } from './scopes';

export interface Draft {
  readonly exchange: Exchange;
  /** The library calls around it, most telling first: around what failed, around the last receive, around the send. */
  readonly chains: readonly (readonly Scope[])[];
  /** In both directions. */
  readonly operations: readonly IoOperation[];
  /** The connection will bring nothing more for this exchange. */
  readonly over: boolean;
}

/** Which exchange was the last to begin within each library call of a process. */
export class LastInScope {
  private readonly rows = new IdRows();
  private readonly exchanges: string[] = [];
  private beganAt = new Float64Array(256);

  note({ exchange, chains }: Draft): void {
    for (const chain of chains) for (const scope of chain) this.noteOne(scope.id, exchange);
  }

  is(exchange: Exchange, scope: Scope): boolean {
    return this.exchanges[this.rows.get(scope.id)] === exchange.id;
  }

  private noteOne(scope: number, { id, beganAt }: Exchange): void {
    const known = this.rows.size;
    const row = this.rows.add(scope);
    if (row === this.beganAt.length) {
      const larger = new Float64Array(2 * row);
      larger.set(this.beganAt);
      this.beganAt = larger;
    }
    if (row === known || (this.beganAt[row] as number) <= beganAt) {
      this.exchanges[row] = id;
      this.beganAt[row] = beganAt;
    }
  }
}

/** The exchange with what its library raised, and with the failure that only this tells of. */
export function finish(draft: Draft, lastInScope: LastInScope, process: ProcessModel): Exchange {
  const { exchange } = draft;
  let raised: ErrorChain | null = null;
  for (const chain of draft.chains) {
    raised ??= raisedFrom(chain, (scope) => lastInScope.is(exchange, scope));
  }
  if (!raised) return exchange;
  const failure = exchange.failure ?? silentFailure(draft, raised, process);
  return {
    ...exchange,
    raised,
    failure,
    endedAt: exchange.endedAt ?? (failure ? failure.at + failure.duration : null),
  };
}

function silentFailure(draft: Draft, raised: ErrorChain, process: ProcessModel): Failure | null {
  const { exchange } = draft;
  if (exchange.response?.complete || isWouldBlock(raised)) return null;
  const connect = exchange.connects.at(-1);
  if (draft.operations.length === 0 && connect?.result === 'in-progress' && !exchange.tls) {
    const { at, duration, stack } = connect;
    return { error: rootOf(raised), operation: 'connect', phase: 'connect', at, duration, frames: stack };
  }
  return failureByEnd(raised, draft.operations, (id) => process.frames(id));
}

/** Nothing will change about it any more. */
export const isFinal = (draft: Draft): boolean => draft.over && draft.chains.every(allEnded);
