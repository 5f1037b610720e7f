import type { FileHandle } from 'node:fs/promises';
import { readFully } from '../base/readFully';
import { LEDGER_ENTRY_SIZE, type LedgerEntry, ledgerEntriesAt, parseLedgerEntry } from './format';

/** What became of an entry: taken in, refused as malformed, or of a run whose record has not been read yet. */
export type Entered = 'taken' | 'malformed' | 'unknown-run';

/**
 * Follows the ledger of a process file that is still being filled. Unlike a record it changes in place, where neither
 * size nor modification time of the file tell, so each poll looks at its rest.
 */
export class LedgerFollower {
  private at = 0; // of the next entry, in the file
  private end = 0;
  private bytes: Buffer = Buffer.alloc(0); // from `at` on, as of this poll

  /** Whether entries may still come. */
  get open(): boolean {
    return this.at + LEDGER_ENTRY_SIZE <= this.end;
  }

  /** Another ledger begins: the one before is full. */
  begin(offset: number, size: number): void {
    this.at = ledgerEntriesAt(offset);
    this.end = offset + size;
    this.bytes = Buffer.alloc(0);
  }

  /** Reads what there is now; to be called when the file's size has been asked for. */
  async look(handle: FileHandle): Promise<void> {
    this.bytes = this.open ? await readFully(handle, this.at, this.end - this.at) : Buffer.alloc(0);
  }

  /** Hands over the new entries, up to one that is not there yet or whose run is unknown. */
  drain(take: (entry: LedgerEntry, offset: number) => Entered, malformed: (offset: number) => void): void {
    while (this.bytes.length >= LEDGER_ENTRY_SIZE) {
      const entry = parseLedgerEntry(this.bytes);
      if (entry === 'empty') return;
      const entered = entry === null ? 'malformed' : take(entry, this.at);
      if (entered === 'unknown-run') return;
      if (entered === 'malformed') malformed(this.at);
      this.at += LEDGER_ENTRY_SIZE;
      this.bytes = this.bytes.subarray(LEDGER_ENTRY_SIZE);
    }
  }

  /** Keeps no bytes between two polls. */
  rest(): void {
    this.bytes = Buffer.alloc(0);
  }
}
