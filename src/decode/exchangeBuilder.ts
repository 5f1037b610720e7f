import { Serial } from '../base/serial';
import type { CaptureReader } from '../wire/reader';
import type { Exchange } from './exchange';
import { PreviewStore } from './previewStore';
import { ProcessExchanges } from './processExchanges';

/** Makes the exchanges of a capture, and keeps them up to date while it grows. */
export class ExchangeBuilder {
  private readonly byFile = new Map<string, ProcessExchanges>();
  private readonly previews = new PreviewStore();
  private readonly serial = new Serial();
  private current: readonly Exchange[] = [];

  constructor(private readonly reader: CaptureReader) {}

  /**
   * All exchanges known after the reader's last poll, ordered by when they began. Only what has changed is decoded
   * again; when nothing has, the very same array is returned.
   * @throws when stored bytes cannot be read back from disk
   */
  update(): Promise<readonly Exchange[]> {
    return this.serial.run(() => this.updateOnce());
  }

  private async updateOnce(): Promise<readonly Exchange[]> {
    let changed = false;
    // a process that was killed has no end of its own in the capture, but the program has
    const running = this.reader.manifest?.ended == null;
    for (const process of this.reader.processes) {
      let exchanges = this.byFile.get(process.info.file);
      if (!exchanges) {
        exchanges = new ProcessExchanges(process, this.previews);
        this.byFile.set(process.info.file, exchanges);
      }
      changed = (await exchanges.update(running)) || changed;
    }
    if (changed) {
      this.current = [...this.byFile.values()].flatMap(({ list }) => list).sort((a, b) => a.beganAt - b.beganAt);
    }
    return this.current;
  }
}
