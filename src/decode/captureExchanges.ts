import { Breather } from '../base/breather';
import { Serial } from '../base/serial';
import type { CaptureReader } from '../wire/reader';
import type { Exchange } from './exchange';
import { PreviewStore } from './previewStore';
import { type Keeping, type Loaded, ProcessExchanges } from './processExchanges';

/** Makes the exchanges of a capture, and keeps up to date what is wanted of them while it grows. */
export class CaptureExchanges<Kept extends { readonly beganAt: number }> {
  private readonly byFile = new Map<string, ProcessExchanges<Kept>>();
  private readonly previews = new PreviewStore();
  private readonly serial = new Serial();
  private current: readonly Kept[] = [];
  private changed = false;

  /** @param reader has no other of these: what it tells of new connections is taken from it */
  constructor(
    private readonly reader: CaptureReader,
    private readonly keeping: Keeping<Kept>,
  ) {}

  /**
   * All exchanges known after the reader's last poll, ordered by when they began. Only what has changed is decoded
   * again; when nothing has, the very same array is returned.
   * @throws when stored bytes cannot be read back from disk
   */
  async update(): Promise<readonly Kept[]> {
    await this.catchUp();
    return this.list();
  }

  /**
   * Takes in what the reader's last poll brought, for reading on in small steps: what goes on and on is not looked at in
   * each of them. Before anything is told, `catchUp` is due.
   * @returns whether there was anything
   * @throws as `update` does
   */
  advance(): Promise<boolean> {
    return this.serial.run(() => this.advanceOnce(false));
  }

  /** Takes in all of it. @returns and @throws as `advance` does */
  catchUp(): Promise<boolean> {
    return this.serial.run(() => this.advanceOnce(true));
  }

  /** As of the last step. */
  list(): readonly Kept[] {
    if (!this.changed) return this.current;
    this.changed = false;
    const list: Kept[] = [];
    for (const exchanges of this.byFile.values()) for (const kept of exchanges.list()) list.push(kept);
    this.current = list.sort((a, b) => a.beganAt - b.beganAt);
    return this.current;
  }

  /** The exchanges about which something may still change, in the order in which they began. */
  open(): readonly Exchange[] {
    const open = [...this.byFile.values()].flatMap((exchanges) => [...exchanges.open()]);
    return open.sort((a, b) => a.beganAt - b.beganAt);
  }

  /**
   * An exchange in full, as of the last update; null when there is none of this id.
   * @throws when stored bytes cannot be read back from disk
   */
  load(id: string): Promise<Loaded | null> {
    const file = id.slice(0, id.indexOf('/'));
    return this.serial.run(async () => this.byFile.get(file)?.load(id, this.running, new Breather()) ?? null);
  }

  /** A process that was killed has no end of its own in the capture, but the program has. */
  private get running(): boolean {
    return this.reader.manifest?.ended == null || this.reader.behind;
  }

  private async advanceOnce(whole: boolean): Promise<boolean> {
    const breather = new Breather();
    let changed = false;
    for (const process of this.reader.processes) {
      let exchanges = this.byFile.get(process.info.file);
      if (!exchanges) {
        exchanges = new ProcessExchanges(process, this.previews, this.keeping);
        this.byFile.set(process.info.file, exchanges);
      }
      changed = (await exchanges.update(this.running, whole, breather)) || changed;
    }
    this.changed ||= changed;
    return changed;
  }
}
