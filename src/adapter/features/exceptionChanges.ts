/** Which exceptions of a capture are new since they were asked for last, and of which more is known. */

import { ExceptionBook, type SeenException } from '../../decode/exceptionBook';
import type { Exchange } from '../../decode/exchange';
import type { ExceptionSummary } from '../../messages/dapExceptions';
import type { ProcessModel } from '../../wire/processModel';
import { summarizeException } from './exceptionSummary';

/** So far back the exchange is looked for that an exception broke. */
const LOOK_BACK = 500;

export class ExceptionChanges {
  private readonly books = new Map<string, ExceptionBook>();
  private readonly seen = new Map<string, string>();
  private readonly told = new Map<string, string>();

  /** @param running the recorded program has not ended */
  take(processes: readonly ProcessModel[], exchanges: readonly Exchange[], running: boolean): ExceptionSummary[] {
    return processes.flatMap((process) => {
      const book = this.bookOf(process);
      const before = this.seen.get(process.info.file);
      const now = `${process.version}/${running}`;
      if (now === before) return [];
      this.seen.set(process.info.file, now);
      book.update(running);
      return book.list.flatMap((one) => this.changed(one, exchanges));
    });
  }

  private bookOf(process: ProcessModel): ExceptionBook {
    const { file } = process.info;
    const book = this.books.get(file) ?? new ExceptionBook(process);
    this.books.set(file, book);
    return book;
  }

  private changed(one: SeenException, exchanges: readonly Exchange[]): ExceptionSummary[] {
    const known = this.told.get(one.id)?.split(' ', 2) ?? [];
    if (known[0] === String(one.version) && known[1] !== '') return [];
    const exchange = exchangeOf(one, exchanges);
    const now = `${one.version} ${exchange?.id ?? ''}`;
    if (this.told.get(one.id) === now) return [];
    this.told.set(one.id, now);
    return [summarizeException(one, exchange)];
  }
}

/** The latest that this exception broke, or in the end was raised for. */
function exchangeOf(one: SeenException, exchanges: readonly Exchange[]): Exchange | null {
  const chains = [one.chain, ...one.earlier];
  const found = exchanges.slice(-LOOK_BACK).findLast(({ process, failure, raised }) => {
    if (process !== one.process.info) return false;
    return chains.some((chain) => chain === raised || chain === failure?.error);
  });
  return found ?? null;
}
