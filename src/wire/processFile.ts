import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { BlockCache } from './blockCache';
import {
  type FileHeader,
  HEADER_SIZE,
  MAGIC,
  MAJOR,
  MAX_RECORD_SIZE,
  parseFileHeader,
  type RawRecord,
  RECORD_HEADER_SIZE,
  RecordType,
  readU64,
} from './format';
import { LedgerFollower } from './ledger';
import { type CaptureProblem, problems } from './problems';
import { ProcessModel } from './processModel';
import { neededBytes, RecordScanner } from './recordScanner';

/** A longer header is none. */
const MAX_HEADER_SIZE = 1024 * 1024;
/** A file last changed longer ago than this will show a change in its modification time, whatever its granularity. */
const SETTLED_MS = 1000;

/** Follows one growing process file. Reads what was appended, never the same bytes twice, and never throws. */
export class ProcessFile {
  readonly name: string;
  model: ProcessModel | null = null;
  /** Bytes of the file as of the last poll. */
  size = 0;
  private position = 0;
  private lastAt = 0;
  private tail = 0; // bytes of an unfinished record after `position`
  private dead: CaptureProblem | null = null; // nothing more can be read from this file
  private trouble: CaptureProblem | null = null; // as of the last poll
  private malformed = { count: 0, firstAt: 0 };
  private seen = '';
  private fresh = true;
  /** The last poll had no time for all of the file. */
  private scanner: RecordScanner | null = null;
  private readonly ledger = new LedgerFollower();

  constructor(
    readonly path: string,
    private readonly blocks = new BlockCache(),
  ) {
    this.name = basename(path);
  }

  /** There is more to read than the last poll had time for. */
  get behind(): boolean {
    return this.fresh || this.scanner !== null;
  }

  /** Bytes read, or passed over. */
  get done(): number {
    return this.position;
  }

  /** When the last record read was made, milliseconds since the Unix epoch; 0 before the first. */
  get reached(): number {
    const info = this.model?.info;
    return info ? (Number(info.wallBase) + Math.max(0, this.lastAt - info.monotonicBase)) / 1e6 : 0;
  }

  get problems(): readonly CaptureProblem[] {
    const found: CaptureProblem[] = [];
    if (this.dead) found.push(this.dead);
    if (this.trouble) found.push(this.trouble);
    if (this.tail > 0 && !this.dead) found.push(problems.truncated(this.name, this.position, this.tail));
    if (this.malformed.count > 0) {
      found.push(problems.malformed(this.name, this.malformed.firstAt, this.malformed.count));
    }
    const info = this.model?.info;
    if (info && info.stopped !== 0) found.push(problems.stopped(this.name, info.pid, info.stopped));
    return found;
  }

  /**
   * Reads what was appended since; true when anything changed.
   * @param until leaves the rest to the next poll from this moment on (`performance.now()`)
   */
  async poll(until = Number.POSITIVE_INFINITY): Promise<boolean> {
    if (this.dead) return false;
    const before = this.model?.version ?? -1;
    const [tail, trouble] = [this.tail, this.trouble?.message];
    this.fresh = false;
    try {
      let now = this.seen;
      if (!this.scanner) {
        const { size, mtimeMs } = await stat(this.path);
        now = `${size}/${mtimeMs}`;
        const mayChangeInPlace = this.ledger.open && !this.model?.ended;
        if (now === this.seen && !mayChangeInPlace) return false;
        if (Date.now() - mtimeMs <= SETTLED_MS) now = '';
      }
      this.trouble = null;
      await this.readOn(until);
      this.seen = now;
    } catch (error) {
      await this.close();
      this.trouble = problems.unreadable(this.name, error instanceof Error ? error.message : String(error));
    }
    const now: CaptureProblem | null = this.trouble; // changed in readOn
    return (
      (this.model?.version ?? -1) !== before || tail !== this.tail || trouble !== now?.message || this.dead !== null
    );
  }

  /** Leaves what the last poll had no time for. */
  async close(): Promise<void> {
    const { scanner } = this;
    this.scanner = null;
    await scanner?.close();
  }

  /** Payload by range; short at the end of the file. @throws what the file system reports */
  readonly read = (at: number, length: number): Promise<Uint8Array> => this.blocks.read(this.path, at, length);

  /** A record that was read before; null when the file does not have it any more. */
  readonly recordAt = (offset: number): RawRecord | null => {
    try {
      const head = this.blocks.readNow(this.path, offset, RECORD_HEADER_SIZE);
      const size = head.length < RECORD_HEADER_SIZE ? 0 : head.readUInt32LE(0);
      if (size < RECORD_HEADER_SIZE || size > MAX_RECORD_SIZE) return null;
      const type = head[4] as number;
      const needed = neededBytes(type, size);
      const bytes = this.blocks.readNow(this.path, offset, needed);
      return bytes.length < needed ? null : { type, at: readU64(bytes, 8), bytes, size, offset };
    } catch {
      return null;
    }
  };

  /** Bytes that are no record of their own; null when the file does not have them any more. */
  readonly bytesAt = (offset: number, length: number): Buffer | null => {
    try {
      const bytes = this.blocks.readNow(this.path, offset, length);
      return bytes.length < length ? null : bytes;
    } catch {
      return null;
    }
  };

  private async readOn(until: number): Promise<void> {
    if (!this.scanner) {
      this.scanner = await RecordScanner.open(this.path, this.blocks);
      // after the size: what was entered before any record within it is there
      await this.ledger.look(this.scanner.handle);
    }
    const { header, size } = this.scanner;
    this.size = size;
    if (size < this.position) {
      this.dead = problems.shrunk(this.name, size, this.position);
    } else if (this.readHeader(header, size) && this.model) {
      const { model } = this;
      const end = await this.scanner.scan(this.position, until, (record) => this.take(model, record));
      if (end === 'later') return;
      this.enter(model);
      this.ledger.rest();
      this.tail = size - this.position;
      if (end === 'corrupt') this.tellCorrupt();
      model.updateHeader(parseFileHeader(header) as FileHeader);
    }
    await this.close();
  }

  private readHeader(bytes: Buffer, size: number): boolean {
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC.subarray(0, bytes.length))) {
      this.dead = problems.notACapture(this.name);
      return false;
    }
    const header = parseFileHeader(bytes);
    if (!header) {
      this.tail = size; // the file has only just been created
      return false;
    }
    if (!this.model) this.begin(header);
    return this.model !== null;
  }

  private begin(header: FileHeader): void {
    if (header.major > MAJOR) {
      this.dead = problems.newerVersion(this.name, `${header.major}.${header.minor}`);
    } else if (header.major === 0 || header.headerSize < HEADER_SIZE || header.headerSize > MAX_HEADER_SIZE) {
      this.dead = problems.notACapture(this.name);
    } else {
      this.tail = 0;
      this.position = header.headerSize;
      // it has ended for the model when the last record has been read, too
      this.model = new ProcessModel(this.name, { ...header, ended: false }, this);
    }
  }

  private tellCorrupt(): void {
    const size = this.blocks.readNow(this.path, this.position, 4).readUInt32LE(0);
    this.dead = problems.corrupt(this.name, this.position, size);
    this.tail = 0;
  }

  /** Where the next record begins. */
  private take(model: ProcessModel, record: RawRecord): number | Promise<number> {
    this.enter(model);
    this.lastAt = Math.max(this.lastAt, record.at);
    const next = record.offset + record.size;
    if (!model.apply(record)) this.refuse(record.offset);
    this.position = next;
    if (record.type !== RecordType.ledger || !this.scanner) return next;
    this.ledger.begin(record.offset, record.size);
    return this.ledger.look(this.scanner.handle).then(() => next);
  }

  /** Takes in what has been entered in the ledger since. */
  private enter(model: ProcessModel): void {
    this.ledger.drain(
      (entry, offset) => model.enter(entry, offset),
      (offset) => this.refuse(offset),
    );
  }

  private refuse(offset: number): void {
    if (this.malformed.count === 0) this.malformed.firstAt = offset;
    this.malformed.count += 1;
  }
}
