/** An exchange before what depends on the other exchanges of its process is known: what its library call raised. */
import { IdRows } from '../base/idRows';
import { isWouldBlock } from '../wire/errorChain';
import type { ErrorChain, IoOperation, Scope } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';
import type { Exchange, Failure } from './exchange';
import { failureByEnd, failureByPatience, rootOf, timeoutIn } from './failure';
import { LAG_NS, type RaisedElsewhere } from './raisedElsewhere';
import { allEnded, raisedFrom } from './scopes';

export interface Draft {
  readonly exchange: Exchange;
  /** The library calls around it, most telling first: around what failed, around the last receive, around the send. */
  readonly chains: readonly (readonly Scope[])[];
  /** In both directions. */
  readonly operations: readonly IoOperation[];
  /** The connection will bring nothing more for this exchange. */
  readonly over: boolean;
  /** Nothing was sent but the beginning of a TLS handshake. */
  readonly greeting: boolean;
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
export function finish(
  draft: Draft,
  lastInScope: LastInScope,
  process: ProcessModel,
  elsewhere: RaisedElsewhere,
): Exchange {
  const followed = draft.chains.some((chain) => chain.some((scope) => !lastInScope.is(draft.exchange, scope)));
  const exchange = followed ? { ...draft.exchange, followed } : draft.exchange;
  let raised: ErrorChain | null = null;
  for (const chain of draft.chains) {
    raised ??= raisedFrom(chain, (scope) => lastInScope.is(exchange, scope));
  }
  const outside = raised ? null : elsewhere.of(draft);
  raised ??= outside?.chain ?? null;
  if (!raised) return exchange;
  const failure = exchange.failure ?? silentFailure(draft, raised, outside?.at ?? null, process);
  return {
    ...exchange,
    raised,
    failure,
    endedAt: exchange.endedAt ?? (failure ? failure.at + failure.duration : null),
  };
}

/** @param at when the exception was seen; null when that is not known */
function silentFailure(draft: Draft, raised: ErrorChain, at: number | null, process: ProcessModel): Failure | null {
  const { exchange } = draft;
  if (exchange.response?.complete || isWouldBlock(raised)) return null;
  const connect = exchange.connects.at(-1);
  if (draft.operations.length === 0 && connect?.result === 'in-progress' && !exchange.tls) {
    const { at: began, duration, stack } = connect;
    const took = at === null ? duration : at - began;
    const error = timeoutIn(raised) ?? rootOf(raised);
    return { error, operation: 'connect', phase: 'connect', at: began, duration: took, frames: stack };
  }
  const frames = (id: number) => process.frames(id);
  const gaveUp = at === null ? null : failureByPatience(draft, raised, at, frames);
  const failure = gaveUp ?? failureByEnd(raised, draft.operations, frames);
  return failure && draft.greeting ? { ...failure, phase: 'tls' } : failure;
}

/** Nothing will change about it any more. */
export const isFinal = (draft: Draft, process: Pick<ProcessModel, 'ended' | 'lastAt'>): boolean =>
  draft.over && draft.chains.every(allEnded) && !mayStillBeRaised(draft, process);

/** A coroutine's exception comes after the end of its connection. */
function mayStillBeRaised({ exchange, chains }: Draft, { ended, lastAt }: Pick<ProcessModel, 'ended' | 'lastAt'>) {
  const close = exchange.socket?.close;
  if (ended || !close || exchange.raised || exchange.response?.complete) return false;
  return chains.every((chain) => chain.length === 0) && lastAt - close.at < LAG_NS;
}
