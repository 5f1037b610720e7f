/** Which exceptions of a capture are new since they were asked for last, and of which more is known. */

import { ExceptionBook, type SeenException } from '../../decode/exceptionBook';
import type { Exchange } from '../../decode/exchange';
import type { ExceptionSummary } from '../../messages/dapExceptions';
import type { ErrorChain, ProcessInfo } from '../../wire/model';
import type { ProcessModel } from '../../wire/processModel';
import { summarizeException } from './exceptionSummary';

/** So far back, among those that broke, the exchange is looked for that an exception broke. */
const LOOK_BACK = 500;
/** Exceptions of which is kept what was told, before those are forgotten that nobody follows any more. */
const MOST_TOLD = 2000;

/** What is kept of an exchange that an exception broke. */
interface Broken {
  readonly id: string;
  readonly process: ProcessInfo;
  readonly beganAt: number;
  readonly chains: readonly ErrorChain[];
}

export class ExceptionChanges {
  private readonly books = new Map<string, ExceptionBook>();
  private readonly seen = new Map<string, string>();
  private readonly told = new Map<string, string>();
  private broken: Broken[] = [];

  /** Takes note of an exchange that is over. */
  note(exchange: Exchange): void {
    const one = brokenOf(exchange);
    if (!one) return;
    this.broken.push(one);
    if (this.broken.length >= 2 * LOOK_BACK) this.broken = this.broken.slice(-LOOK_BACK);
  }

  /**
   * @param open the exchanges that are not over
   * @param running the recorded program has not ended
   */
  take(processes: readonly ProcessModel[], open: readonly Exchange[], running: boolean): ExceptionSummary[] {
    let broken: readonly Broken[] | null = null;
    const found = processes.flatMap((process) => {
      const book = this.bookOf(process);
      const before = this.seen.get(process.info.file);
      const now = `${process.version}/${running}`;
      if (now === before) return [];
      this.seen.set(process.info.file, now);
      book.update(running);
      broken ??= this.lately(open);
      return book.list.flatMap((one) => this.changed(one, broken ?? []));
    });
    if (this.told.size > MOST_TOLD) this.forget();
    return found;
  }

  private bookOf(process: ProcessModel): ExceptionBook {
    const { file } = process.info;
    const book = this.books.get(file) ?? new ExceptionBook(process);
    this.books.set(file, book);
    return book;
  }

  /** In the order in which they began. */
  private lately(open: readonly Exchange[]): readonly Broken[] {
    const still = open.flatMap((exchange) => brokenOf(exchange) ?? []);
    return [...this.broken, ...still].sort((a, b) => a.beganAt - b.beganAt);
  }

  private changed(one: SeenException, broken: readonly Broken[]): ExceptionSummary[] {
    const known = this.told.get(one.id)?.split(' ', 2) ?? [];
    if (known[0] === String(one.version) && known[1] !== '') return [];
    const exchange = exchangeOf(one, broken)?.id ?? null;
    const now = `${one.version} ${exchange ?? ''}`;
    if (this.told.get(one.id) === now) return [];
    this.told.set(one.id, now);
    return [summarizeException(one, exchange)];
  }

  private forget(): void {
    const followed = new Set([...this.books.values()].flatMap(({ list }) => list.map(({ id }) => id)));
    for (const id of this.told.keys()) if (!followed.has(id)) this.told.delete(id);
  }
}

function brokenOf({ id, process, beganAt, failure, raised }: Exchange): Broken | null {
  const chains = [failure?.error, raised].filter((chain): chain is ErrorChain => chain !== null && chain !== undefined);
  return chains.length === 0 ? null : { id, process, beganAt, chains };
}

/** The latest that this exception broke, or in the end was raised for. */
function exchangeOf(one: SeenException, broken: readonly Broken[]): Broken | null {
  const chains = [one.chain, ...one.earlier];
  const found = broken.findLast((each) => {
    return each.process === one.process.info && each.chains.some((chain) => chains.includes(chain));
  });
  return found ?? null;
}
