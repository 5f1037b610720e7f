/** Follows a capture while the program writes it, and tells which exchanges are new or have changed. */
import type { Exchange } from '../../decode/exchange';
import { ExchangeBuilder } from '../../decode/exchangeBuilder';
import type { ExchangeSummary } from '../../messages/dap';
import { CaptureReader } from '../../wire/reader';
import { summarizeExchange } from './exchangeSummary';

/** Milliseconds between two looks at the folder. Watching the files instead would wake us for every send. */
const INTERVAL = 250;
/** Exchanges told at once. */
const BATCH = 100;

export interface FollowerListener {
  onExchanges(changed: readonly ExchangeSummary[]): void;
  /** The capture cannot be read any more; following has ended. */
  onFailed(error: Error): void;
}

export class CaptureFollower {
  exchanges: readonly Exchange[] = [];
  private readonly builder: ExchangeBuilder;
  /** What was told of each exchange last, by id. */
  private readonly told = new Map<string, string>();
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
    let batch: ExchangeSummary[] = [];
    for (const exchange of exchanges) {
      const summary = summarizeExchange(exchange);
      const text = JSON.stringify(summary);
      if (this.told.get(summary.id) === text) continue;
      this.told.set(summary.id, text);
      batch.push(summary);
      if (batch.length === BATCH) {
        this.listener.onExchanges(batch);
        batch = [];
      }
    }
    if (batch.length > 0) this.listener.onExchanges(batch);
  }
}
