/** A capture of any size, read piece by piece and then followed while it grows. */
import { CaptureExchanges } from '../decode/captureExchanges';
import type { Exchange } from '../decode/exchange';
import type { ProcessModel } from '../wire/processModel';
import { CaptureReader } from '../wire/reader';
import { Clock } from './clock';
import { type Entry, entryOf } from './entry';

/** How often a growing capture is looked at; and one that has been quiet for a while. */
const LIVELY_MS = 200;
const QUIET_MS = 1000;
const QUIET_AFTER_MS = 10_000;
/** Reading at a stretch: short, so that what was read of an exchange is soon done with, and calls are answered between. */
const STEP_MS = 2;
/** So many rows fill any screen: they are shown as soon as they are there, and what is there after a moment in any case. */
const FIRST_ROWS = 200;
const FIRST_TOLD_MS = 100;
/** From then on it takes longer and longer until the next rows are told of. */
const LEAST_TOLD_MS = 150;
const MOST_TOLD_MS = 1500;
/** Exchanges kept whole after somebody has asked for them. */
const MAX_LOADED = 16;

export interface PanelCaptureListener {
  /** There is more to show than before, or something else. */
  changed(): void;
  failed(error: Error): void;
}

export class PanelCapture {
  entries: readonly Entry[] = [];
  clock = new Clock([]);
  /** All that was there has been read; from then on the capture is followed. */
  complete = false;
  private readonly exchanges: CaptureExchanges<Entry>;
  private readonly loaded = new Map<string, Exchange>();
  private timer: NodeJS.Timeout | null = null;
  private lastChange = Date.now();
  private disposed = false;

  private constructor(readonly reader: CaptureReader) {
    this.exchanges = new CaptureExchanges(reader, { keep: entryOf, letGo: true });
  }

  /**
   * Has read what can be read in a moment.
   * @throws CaptureError when there is no such folder
   */
  static async open(folder: string): Promise<PanelCapture> {
    const capture = new PanelCapture(await CaptureReader.begin(folder));
    await capture.readFor(FIRST_TOLD_MS, FIRST_ROWS);
    return capture;
  }

  /** Whether it may still grow: the launcher has not said that the program has ended, nor has every process. */
  get live(): boolean {
    if (!this.complete) return false;
    const { manifest, processes } = this.reader;
    if (manifest) return manifest.ended === null;
    return processes.length === 0 || processes.some(({ ended }) => !ended);
  }

  /** In full, as of the last update; null when there is none of this id. @throws when its bytes cannot be read */
  async exchange(id: string): Promise<Exchange | null> {
    const known = this.loaded.get(id);
    if (known) return known;
    const found = await this.exchanges.load(id);
    if (found?.final) {
      this.loaded.set(id, found.exchange);
      if (this.loaded.size > MAX_LOADED) this.loaded.delete(this.loaded.keys().next().value as string);
    }
    return found?.exchange ?? null;
  }

  processOf(exchange: Exchange): ProcessModel {
    const found = this.reader.processes.find(({ info }) => info.file === exchange.process.file);
    if (!found) throw new Error(`The capture has lost ${exchange.process.file}.`);
    return found;
  }

  /** Reads the rest, then looks at the folder now and then. Calls back after changes, never while it is still at work. */
  follow(listener: PanelCaptureListener): void {
    void this.run(listener);
  }

  dispose(): void {
    this.disposed = true;
    if (this.timer) clearTimeout(this.timer);
    this.reader.close();
  }

  private async run(listener: PanelCaptureListener): Promise<void> {
    try {
      for (let ms = LEAST_TOLD_MS; !this.complete && !this.disposed; ms = Math.min(MOST_TOLD_MS, ms * 1.5)) {
        await this.readFor(ms);
        if (!this.disposed) listener.changed();
      }
    } catch (error) {
      this.complete = true;
      listener.failed(error as Error);
    }
    this.schedule(listener);
  }

  private schedule(listener: PanelCaptureListener): void {
    if (this.disposed || !this.live) return;
    const quiet = Date.now() - this.lastChange > QUIET_AFTER_MS;
    this.timer = setTimeout(() => void this.look(listener), quiet ? QUIET_MS : LIVELY_MS);
  }

  private async look(listener: PanelCaptureListener): Promise<void> {
    try {
      const wasLive = this.live;
      if ((await this.reader.poll()) || wasLive !== this.live) {
        this.lastChange = Date.now();
        await this.update();
        if (!this.disposed) listener.changed();
      }
    } catch (error) {
      listener.failed(error as Error);
    }
    this.schedule(listener);
  }

  /** Reads on for so long, or until there are so many entries, and updates what is shown. */
  private async readFor(ms: number, entries = Number.POSITIVE_INFINITY): Promise<void> {
    const until = performance.now() + ms;
    let behind = true;
    do {
      await this.reader.poll(STEP_MS);
      await this.exchanges.advance();
      behind = this.reader.behind;
      // steps that meet no disk never give way by themselves
      await new Promise((resolve) => setImmediate(resolve));
      if (entries < Number.POSITIVE_INFINITY && this.exchanges.list().length >= entries) break;
    } while (behind && !this.disposed && performance.now() < until);
    await this.update();
    this.complete = !behind;
  }

  private async update(): Promise<void> {
    this.entries = await this.exchanges.update();
    this.clock = new Clock(this.reader.processes.map(({ info }) => info));
  }
}
