/** Which exchanges are new since they were told of last, or have changed. */
import { createHash } from 'node:crypto';
import type { Exchange } from '../../decode/exchange';
import type { PackageIndex } from '../../export/packages';
import type { Frame } from '../../wire/model';
import { batchOf, type ExchangeBatch, type Stacked } from './exchangeBatch';
import { summarizeExchange } from './exchangeSummary';

interface Told {
  readonly digest: string;
  readonly frames: readonly Frame[];
}

export class ExchangeChanges {
  /** What was told last of each about which something may still change, by id. */
  private readonly told = new Map<string, Told>();
  private news: { readonly beganAt: number; readonly stacked: Stacked }[] = [];

  /** @param most told of at once */
  constructor(
    private readonly packages: PackageIndex,
    private readonly most: number,
  ) {}

  /** Takes note of one that may still change. */
  note(exchange: Exchange): void {
    const told = this.compare(exchange);
    if (told) this.told.set(exchange.id, told);
  }

  /** Takes note of one that is over: it is forgotten. */
  settle(exchange: Exchange): void {
    this.compare(exchange);
    this.told.delete(exchange.id);
  }

  /** What is to be told, in the order in which it began. @param all also what does not fill a message */
  take(all: boolean): readonly ExchangeBatch[] {
    const { news, most } = this;
    if (!all && news.length < most) return [];
    news.sort((a, b) => a.beganAt - b.beganAt);
    const batches: ExchangeBatch[] = [];
    let at = 0;
    for (; news.length - at >= (all ? 1 : most); at += most) {
      batches.push(batchOf(news.slice(at, at + most).map(({ stacked }) => stacked)));
    }
    this.news = news.slice(at);
    return batches;
  }

  /** null when that is what was told last. */
  private compare(exchange: Exchange): Told | null {
    const { beganAt, frames, initiator } = exchange;
    const summary = summarizeExchange(exchange, this.packages.originsFor(exchange.process));
    const digest = createHash('sha1').update(JSON.stringify(summary)).digest('base64');
    const known = this.told.get(exchange.id);
    if (known?.digest === digest && known.frames === frames) return null;
    this.news.push({ beganAt, stacked: { summary, frames, initiator } });
    return { digest, frames };
  }
}
