/** The exchanges of a capture as a debug session keeps them: a line of each, and each made again when it is asked for. */
import { CaptureExchanges } from '../../decode/captureExchanges';
import type { Exchange } from '../../decode/exchange';
import type { Keeping } from '../../decode/processExchanges';
import type { CaptureReader } from '../../wire/reader';

/** Milliseconds of reading at a stretch: what was read of an exchange is soon done with. */
const STEP = 20;

/** What is kept of an exchange that is over. A long session has a hundred thousand of these. */
export interface Line {
  readonly id: string;
  readonly beganAt: number;
  readonly pid: number;
  /** null when it failed before there was one. */
  readonly socket: number | null;
  /** Counts the exchanges of its connection. */
  readonly index: number;
  /** Its reply came to its end. */
  readonly complete: boolean;
}

const lineOf = ({ id, beganAt, process, socket, index, response }: Exchange): Line => ({
  id,
  beganAt,
  pid: process.pid,
  socket: socket?.id ?? null,
  index,
  complete: response?.complete ?? false,
});

export type Listener = Pick<Keeping<Line>, 'settled' | 'lettingGo'>;

/** What may be asked for of a recording, at its present state. */
export interface ExchangeLookup {
  /** null when there is none of this id. */
  exchange(id: string): Promise<Exchange | null>;
  /** The last one on a socket of a process. */
  lastOn(pid: number, socket: number): Promise<Exchange | null>;
}

export class RecordedExchanges implements ExchangeLookup {
  private readonly all: CaptureExchanges<Line>;

  constructor(
    private readonly reader: CaptureReader,
    listener: Listener = {},
  ) {
    this.all = new CaptureExchanges<Line>(reader, { keep: lineOf, letGo: true, ...listener });
  }

  /**
   * Takes in what was written since the last time, in steps; true when there was anything.
   * @param stepped is called after each step
   * @throws when stored bytes cannot be read back from disk
   */
  async readOn(stepped: () => void = () => undefined): Promise<boolean> {
    let changed = false;
    do {
      await this.reader.poll(STEP);
      changed = (await this.all.advance()) || changed;
      stepped();
    } while (this.reader.behind);
    return (await this.all.catchUp()) || changed;
  }

  /** Those about which something may still change, in full. */
  open(): readonly Exchange[] {
    return this.all.open();
  }

  /** A line of each, in the order in which they began. */
  lines(): readonly Line[] {
    return this.all.list();
  }

  async exchange(id: string): Promise<Exchange | null> {
    return (await this.all.load(id))?.exchange ?? null;
  }

  async lastOn(pid: number, socket: number): Promise<Exchange | null> {
    let last: Line | null = null;
    for (const line of this.lines()) {
      if (line.socket === socket && line.pid === pid && !(last && last.index > line.index)) last = line;
    }
    return last && this.exchange(last.id);
  }
}
