/** A capture followed while it grows. */

import type { Exchange } from '../decode/exchange';
import { ExchangeBuilder } from '../decode/exchangeBuilder';
import type { ProcessModel } from '../wire/processModel';
import { CaptureReader } from '../wire/reader';
import { Clock } from './clock';

/** How often a growing capture is looked at; and one that has been quiet for a while. */
const LIVELY_MS = 200;
const QUIET_MS = 1000;
const QUIET_AFTER_MS = 10_000;

export class PanelCapture {
  exchanges: readonly Exchange[] = [];
  clock = new Clock([]);
  private byId = new Map<string, Exchange>();
  private readonly builder: ExchangeBuilder;
  private timer: NodeJS.Timeout | null = null;
  private lastChange = Date.now();
  private disposed = false;

  private constructor(readonly reader: CaptureReader) {
    this.builder = new ExchangeBuilder(reader);
  }

  /** @throws CaptureError when there is no such folder */
  static async open(folder: string): Promise<PanelCapture> {
    const capture = new PanelCapture(await CaptureReader.open(folder));
    await capture.update();
    return capture;
  }

  /** Whether it may still grow: the launcher has not said that the program has ended, nor has every process. */
  get live(): boolean {
    const { manifest, processes } = this.reader;
    if (manifest) return manifest.ended === null;
    return processes.length === 0 || processes.some(({ ended }) => !ended);
  }

  exchange(id: string): Exchange | null {
    return this.byId.get(id) ?? null;
  }

  processOf(exchange: Exchange): ProcessModel {
    const found = this.reader.processes.find(({ info }) => info.file === exchange.process.file);
    if (!found) throw new Error(`The capture has lost ${exchange.process.file}.`);
    return found;
  }

  /** Looks at the folder now and then, and calls back after each change, never while it is still at work on one. */
  follow(changed: () => void, failed: (error: Error) => void): void {
    const look = async () => {
      try {
        const wasLive = this.live;
        if ((await this.reader.poll()) || wasLive !== this.live) {
          this.lastChange = Date.now();
          await this.update();
          if (!this.disposed) changed();
        }
      } catch (error) {
        failed(error as Error);
      }
      next();
    };
    const next = () => {
      if (this.disposed || !this.live) return;
      const quiet = Date.now() - this.lastChange > QUIET_AFTER_MS;
      this.timer = setTimeout(look, quiet ? QUIET_MS : LIVELY_MS);
    };
    next();
  }

  dispose(): void {
    this.disposed = true;
    if (this.timer) clearTimeout(this.timer);
    this.reader.close();
  }

  private async update(): Promise<void> {
    const before = this.exchanges;
    this.exchanges = await this.builder.update();
    this.clock = new Clock(this.reader.processes.map(({ info }) => info));
    if (this.exchanges !== before) this.byId = new Map(this.exchanges.map((one) => [one.id, one]));
  }
}
