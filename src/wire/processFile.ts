import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { readFully } from '../base/readFully';
import { BlockCache } from './blockCache';
import {
  type FileHeader,
  HEADER_SIZE,
  IO_HEADER_SIZE,
  isJsonType,
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

/** Bytes read at a time. */
const CHUNK = 1024 * 1024;
/** A file last changed longer ago than this will show a change in its modification time, whatever its granularity. */
const SETTLED_MS = 1000;

/** Follows one growing process file. Reads what was appended, never the same bytes twice, and never throws. */
export class ProcessFile {
  readonly name: string;
  model: ProcessModel | null = null;
  private position = 0;
  private tail = 0; // bytes of an unfinished record after `position`
  private dead: CaptureProblem | null = null; // nothing more can be read from this file
  private trouble: CaptureProblem | null = null; // as of the last poll
  private malformed = { count: 0, firstAt: 0 };
  private seen = '';
  private readonly ledger = new LedgerFollower();

  constructor(
    readonly path: string,
    private readonly blocks = new BlockCache(),
  ) {
    this.name = basename(path);
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

  /** Reads what was appended since; true when anything changed. */
  async poll(): Promise<boolean> {
    if (this.dead) return false;
    const before = this.model?.version ?? -1;
    const [tail, trouble] = [this.tail, this.trouble?.message];
    try {
      const { size, mtimeMs } = await stat(this.path);
      const now = `${size}/${mtimeMs}`;
      const mayChangeInPlace = this.ledger.open && !this.model?.ended;
      if (now === this.seen && !mayChangeInPlace) return false;
      this.trouble = null;
      await this.readOn();
      this.seen = Date.now() - mtimeMs > SETTLED_MS ? now : '';
    } catch (error) {
      this.trouble = problems.unreadable(this.name, error instanceof Error ? error.message : String(error));
    }
    const now: CaptureProblem | null = this.trouble; // changed in readOn
    return (
      (this.model?.version ?? -1) !== before || tail !== this.tail || trouble !== now?.message || this.dead !== null
    );
  }

  /** Payload by range; short at the end of the file. @throws what the file system reports */
  readonly read = (at: number, length: number): Promise<Uint8Array> => this.blocks.read(this.path, at, length);

  private async readOn(): Promise<void> {
    const handle = await open(this.path, 'r');
    try {
      const header = await readFully(handle, 0, HEADER_SIZE);
      // after the header: a process that has ended by its word has written all its records before
      const { size } = await handle.stat();
      if (size < this.position) {
        this.dead = problems.shrunk(this.name, size, this.position);
      } else if (this.readHeader(header, size) && this.model) {
        await this.readRecords(handle, size, this.model);
      }
    } finally {
      await handle.close();
    }
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
    if (this.model) this.model.updateHeader(header);
    else this.begin(header);
    return this.model !== null;
  }

  private begin(header: FileHeader): void {
    if (header.major > MAJOR) {
      this.dead = problems.newerVersion(this.name, `${header.major}.${header.minor}`);
    } else if (header.major === 0 || header.headerSize < HEADER_SIZE || header.headerSize > CHUNK) {
      this.dead = problems.notACapture(this.name);
    } else {
      this.tail = 0;
      this.position = header.headerSize;
      this.model = new ProcessModel(this.name, header, this.read);
    }
  }

  private async readRecords(handle: FileHandle, size: number, model: ProcessModel): Promise<void> {
    let chunkAt = this.position;
    let chunk: Buffer = Buffer.alloc(0);
    /** Makes `length` bytes at `position` available. */
    const ensure = async (length: number): Promise<Buffer> => {
      if (this.position < chunkAt || this.position + length > chunkAt + chunk.length) {
        chunkAt = this.position;
        chunk = await readFully(handle, chunkAt, Math.min(Math.max(length, CHUNK), size - chunkAt));
      }
      return chunk.subarray(this.position - chunkAt, this.position - chunkAt + length);
    };
    const enter = (): void =>
      this.ledger.drain(
        (entry) => model.enter(entry),
        (offset) => this.refuse(offset),
      );
    // after the size: what was entered before any record within it is there
    await this.ledger.look(handle);
    while (this.position + RECORD_HEADER_SIZE <= size) {
      const head = await ensure(RECORD_HEADER_SIZE);
      if (head.length < RECORD_HEADER_SIZE) break;
      const recordSize = head.readUInt32LE(0);
      const type = head[4] as number;
      if (recordSize < RECORD_HEADER_SIZE || recordSize > MAX_RECORD_SIZE) {
        this.dead = problems.corrupt(this.name, this.position, recordSize);
        this.tail = 0;
        return;
      }
      if (this.position + recordSize > size) break;
      const needed = neededBytes(type, recordSize);
      const bytes = await ensure(needed);
      if (bytes.length < needed) break;
      enter();
      this.take(model, { type, at: readU64(bytes, 8), bytes, size: recordSize, offset: this.position });
      if (type === RecordType.ledger) {
        this.ledger.begin(this.position, recordSize);
        await this.ledger.look(handle);
      }
      this.position += recordSize;
    }
    enter();
    this.ledger.rest();
    this.tail = size - this.position;
  }

  private take(model: ProcessModel, record: RawRecord): void {
    if (!model.apply(record)) this.refuse(record.offset);
  }

  private refuse(offset: number): void {
    if (this.malformed.count === 0) this.malformed.firstAt = offset;
    this.malformed.count += 1;
  }
}

/** Of an `io` record the payload is not wanted here, of an unknown one nothing but its size. */
function neededBytes(type: number, size: number): number {
  if (type === RecordType.io) return Math.min(size, IO_HEADER_SIZE);
  const whole = type === RecordType.stack || type === RecordType.counters || type === RecordType.run;
  return whole || isJsonType(type) ? size : RECORD_HEADER_SIZE;
}
