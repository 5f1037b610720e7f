/** Follows a capture while the program writes it, and tells which exchanges, connections and exceptions are new or have changed. */
import type { Exchange } from '../../decode/exchange';
import { PackageIndex } from '../../export/packages';
import { redact } from '../../export/redact';
import { assembleReport } from '../../export/report';
import { reportEntry } from '../../export/reportEntry';
import type { ExceptionSummary } from '../../messages/dapExceptions';
import { CaptureReader } from '../../wire/reader';
import { ExceptionChanges } from './exceptionChanges';
import type { ExchangeBatch } from './exchangeBatch';
import { ExchangeChanges } from './exchangeChanges';
import type { EndReport } from './findings';
import { type ExchangeLookup, RecordedExchanges } from './recordedExchanges';
import { type ChangedSockets, SocketChanges } from './socketChanges';
import { TroubleBook } from './troubleBook';

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

export class CaptureFollower implements ExchangeLookup {
  private readonly recorded: RecordedExchanges;
  private readonly packages = new PackageIndex();
  private readonly changes = new ExchangeChanges(this.packages, BATCH);
  private readonly sockets = new SocketChanges();
  private readonly exceptions = new ExceptionChanges();
  private readonly trouble = new TroubleBook(this.packages);
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  private constructor(
    private readonly reader: CaptureReader,
    private readonly listener: FollowerListener,
  ) {
    this.recorded = new RecordedExchanges(reader, {
      settled: (exchange) => this.settled(exchange),
      lettingGo: (process, socket) => this.sockets.lettingGo(process, socket),
    });
  }

  /** @throws CaptureError when the folder cannot be read */
  static async start(folder: string, listener: FollowerListener): Promise<CaptureFollower> {
    const follower = new CaptureFollower(await CaptureReader.begin(folder), listener);
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

  exchange(id: string): Promise<Exchange | null> {
    return this.recorded.exchange(id);
  }

  lastOn(pid: number, socket: number): Promise<Exchange | null> {
    return this.recorded.lastOn(pid, socket);
  }

  /** What there is to say as of the last look; exchanges that went well are only counted when there are several. */
  async report(): Promise<EndReport> {
    for (const exchange of this.recorded.open()) this.trouble.note(exchange);
    const lines = this.recorded.lines();
    const quiet = lines.filter(({ id }) => !this.trouble.has(id));
    const [first] = quiet;
    const only = quiet.length === 1 && first ? await this.recorded.exchange(first.id) : null;
    const entries = [...this.trouble.list(), ...(only ? [reportEntry(only, this.packages, redact)] : [])];
    const complete = only ? 0 : quiet.filter((line) => line.complete).length;
    return {
      report: await assembleReport(this.reader, entries),
      unlisted: { complete, unfinished: only ? 0 : quiet.length - complete, troubled: this.trouble.more },
      exchanges: lines.length,
    };
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
      if (!(await this.recorded.readOn(() => this.tellExchanges(false)))) return;
      const open = this.recorded.open();
      for (const exchange of open) {
        this.changes.note(exchange);
        this.sockets.note(exchange);
      }
      this.tellExchanges(true);
      this.tellOthers(open);
    } catch (error) {
      this.stopped = true;
      if (this.timer) clearTimeout(this.timer);
      this.listener.onFailed(error as Error);
    }
  }

  private settled(exchange: Exchange): void {
    this.changes.settle(exchange);
    this.sockets.note(exchange);
    this.exceptions.note(exchange);
    this.trouble.note(exchange);
  }

  private tellExchanges(all: boolean): void {
    for (const batch of this.changes.take(all)) this.listener.onExchanges(batch);
  }

  private tellOthers(open: readonly Exchange[]): void {
    const { processes, manifest } = this.reader;
    const running = manifest?.ended == null;
    const changed = this.sockets.take(processes, running);
    const portions = batches(changed.sockets);
    if (portions.length === 0 && changed.processes.length > 0) portions.push([]);
    for (const [index, sockets] of portions.entries()) {
      this.listener.onSockets({ processes: index === 0 ? changed.processes : [], sockets });
    }
    for (const batch of batches(this.exceptions.take(processes, open, running))) this.listener.onExceptions(batch);
  }
}

function batches<T>(all: readonly T[]): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, index) => {
    return all.slice(index * BATCH, (index + 1) * BATCH);
  });
}
