/** What libraries raised without a library call on record around it: clients that run as coroutines have none. */
import { largest } from '../base/extremes';
import { same, wraps } from '../wire/errorChain';
import type { Raised } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';
import type { Draft } from './draft';
import { endOf } from './operations';
import { parseUrl } from './target';

/** So much later an exception that wraps another one may come, or an exception after the end of its connection. */
export const LAG_NS = 1e9;
/** Nobody sends on a connection that is not to be had. */
const NO_EXCHANGE = /^PoolTimeout$/;

/** So many of those that no exchange speaks for are kept, the latest. */
const MOST_FREE = 1000;

export class RaisedElsewhere {
  private readonly byExchange = new Map<string, Raised>();
  /** Those that are not spoken for, in order. */
  private free: Raised[] = [];
  private seen = 0;

  constructor(private readonly process: Pick<ProcessModel, 'raised'>) {}

  /** What the program got instead of this exchange's reply; null when that is not known for certain. */
  of(draft: Draft): Raised | null {
    const { exchange, over } = draft;
    const known = this.byExchange.get(exchange.id);
    if (known) return known;
    if (!over || exchange.response?.complete) return null;
    this.update();
    if (this.free.length === 0) return null;
    const inner = this.nearest(draft, (one) => one.socket !== 0 && one.socket === exchange.socket?.id);
    const found =
      (inner ? this.around(inner) : this.nearest(draft, (one) => one.socket === 0 && isAbout(one, draft))) ?? inner;
    if (!found) return null;
    this.free = this.free.filter((one) => one !== inner && one !== found);
    this.byExchange.set(exchange.id, found);
    return found;
  }

  private update(): void {
    const { raised } = this.process;
    if (raised.end === this.seen) return;
    const fresh = raised.since(this.seen).filter(({ scope, chain }) => scope === 0 && !NO_EXCHANGE.test(chain[0].type));
    this.free = [...this.free, ...fresh].slice(-MOST_FREE);
    this.seen = raised.end;
  }

  /** Of those that are not spoken for, the one that came closest to the end of the connection. */
  private nearest(draft: Draft, isMeant: (one: Raised) => boolean): Raised | null {
    const { exchange, operations } = draft;
    const moved = operations.filter((one) => !one.lastWords && !one.range.isEmpty);
    const from = largest(moved.map(endOf), exchange.beganAt);
    const end = exchange.socket?.close?.at ?? from;
    let best: Raised | null = null;
    for (const one of this.free) {
      if (one.at < from) continue;
      if (isMeant(one) && (!best || Math.abs(one.at - end) < Math.abs(best.at - end))) best = one;
    }
    return best;
  }

  /** What became of an exception by the time it reached the program. */
  private around(inner: Raised): Raised | null {
    return (
      this.free.find(
        (one) =>
          one.socket === 0 &&
          one.thread === inner.thread &&
          one.at > inner.at &&
          one.at - inner.at < LAG_NS &&
          (same(one.chain[0], inner.chain[0]) || wraps(one.chain, inner.chain)),
      ) ?? null
    );
  }
}

/** The request that was asked for is the one of this exchange. */
function isAbout({ url, method }: Raised, { exchange }: Draft): boolean {
  const asked = parseUrl(url);
  const port = asked?.port ?? (asked?.scheme === 'https' ? 443 : 80);
  if (!asked || asked.host !== exchange.host || port !== exchange.port) return false;
  const { request } = exchange;
  if (!request) return true;
  return (method === null || method === request.method) && pathOf(url) === pathOf(request.url);
}

const pathOf = (url: string | null): string =>
  (url ?? '').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '') || '/';
