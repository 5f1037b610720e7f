/** Follows a capture while the program writes it, and tells which exchanges, connections and exceptions are new or have changed. */
import { createHash } from 'node:crypto';
import type { Exchange } from '../../decode/exchange';
import { ExchangeBuilder } from '../../decode/exchangeBuilder';
import { PackageIndex } from '../../export/packages';
import type { ExceptionSummary } from '../../messages/dapExceptions';
import { CaptureReader } from '../../wire/reader';
import { ExceptionChanges } from './exceptionChanges';
import { batchOf, type ExchangeBatch } from './exchangeBatch';
import { type Summary, summarizeExchange } from './exchangeSummary';
import { type ChangedSockets, SocketChanges } from './socketChanges';

/** Milliseconds between two looks at the folder. Watching the files instead would wake us for every send. */
const INTERVAL = 250;
/** Told at once, of each kind. */
const BATCH = 100;

export interface FollowerListener {
  onExchanges(changed: ExchangeBatch): void;
  onSockets(changed: ChangedSockets): void;
  onExceptions(changed: readonly ExceptionSummary[]): void;
  /** The capture cannot be read any more; following has ended. */
  onFailed(error: Error): void;
}

export class CaptureFollower {
  exchanges: readonly Exchange[] = [];
  private readonly builder: ExchangeBuilder;
  private readonly packages = new PackageIndex();
  /** What was told of each exchange last, by id, as a digest; and of which state of it. */
  private readonly told = new Map<string, { readonly of: Exchange; readonly digest: string }>();
  private readonly sockets = new SocketChanges();
  private readonly exceptions = new ExceptionChanges();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  private constructor(
    readonly reader: CaptureReader,
    private readonly listener: FollowerListener,
  ) {
    this.builder = new ExchangeBuilder(reader);
  }

  /** @throws CaptureError when the folder cannot be read */
  static async start(folder: string, listener: FollowerListener): Promise<CaptureFollower> {
    const follower = new CaptureFollower(await CaptureReader.open(folder), listener);
    follower.schedule();
    return follower;
  }

  /** Looks now; resolves when everything written before has been told. Looks never overlap. */
  look(): Promise<void> {
    this.looking = this.looking.then(() => this.lookOnce());
    return this.looking;
  }

  /** Looks for the last time and ends; what was read stays readable. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.look();
    this.reader.close();
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      void this.look().then(() => {
        if (!this.stopped) this.schedule();
      });
    }, INTERVAL);
    this.timer.unref();
  }

  private async lookOnce(): Promise<void> {
    try {
      await this.reader.poll();
      const exchanges = await this.builder.update();
      if (exchanges === this.exchanges) return;
      this.exchanges = exchanges;
      this.tell(exchanges);
    } catch (error) {
      this.stopped = true;
      if (this.timer) clearTimeout(this.timer);
      this.listener.onFailed(error as Error);
    }
  }

  private tell(exchanges: readonly Exchange[]): void {
    let batch: { summary: Summary; of: Exchange }[] = [];
    for (const of of exchanges) {
      const known = this.told.get(of.id);
      // what is over stays the same object, and most of a long capture is over
      if (known?.of === of) continue;
      const summary = summarizeExchange(of, this.packages.originsFor(of.process));
      const digest = createHash('sha1').update(JSON.stringify(summary)).digest('base64');
      this.told.set(of.id, { of, digest });
      if (known?.digest === digest && known.of.frames === of.frames) continue;
      batch.push({ summary, of });
      if (batch.length === BATCH) {
        this.listener.onExchanges(batchOf(batch));
        batch = [];
      }
    }
    if (batch.length > 0) this.listener.onExchanges(batchOf(batch));
    const { processes, manifest } = this.reader;
    const running = manifest?.ended == null;
    const changed = this.sockets.take(processes, exchanges, running);
    const portions = batches(changed.sockets);
    if (portions.length === 0 && changed.processes.length > 0) portions.push([]);
    for (const [index, sockets] of portions.entries()) {
      this.listener.onSockets({ processes: index === 0 ? changed.processes : [], sockets });
    }
    for (const batch of batches(this.exceptions.take(processes, exchanges, running))) this.listener.onExceptions(batch);
  }
}

function batches<T>(all: readonly T[]): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, index) => {
    return all.slice(index * BATCH, (index + 1) * BATCH);
  });
}
