import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { readFully } from '../base/readFully';
import type { BlockCache } from './blockCache';
import {
  HEADER_SIZE,
  IO_HEADER_SIZE,
  isJsonType,
  MAX_RECORD_SIZE,
  type RawRecord,
  RECORD_HEADER_SIZE,
  RecordType,
  readU64,
} from './format';

/** Bytes read at a time; and where payload that is passed over lies between the records. */
const CHUNK = 1024 * 1024;
const SMALL_CHUNK = 4096;
/** Bytes between two records from which on it is worth the trouble to jump. */
const JUMP = 8 * 1024;
/** Records between two looks at the clock. */
const UNWATCHED = 64;

/** `end`: there is no further whole record (yet); `later`: time was up; `corrupt`: what stands there is no record. */
export type ScanEnd = 'end' | 'later' | 'corrupt';

/** Goes over the records of a process file as it was when the scanner was opened. Payload is passed by. */
export class RecordScanner {
  private chunk: Buffer = Buffer.alloc(0);
  private chunkAt = 0;
  private jumped = false;

  private constructor(
    readonly handle: FileHandle,
    private readonly path: string,
    private readonly blocks: BlockCache,
    /** The file's header; shorter when the file is. */
    readonly header: Buffer,
    /** Bytes of the file. */
    readonly size: number,
  ) {}

  /** @throws what the file system reports */
  static async open(path: string, blocks: BlockCache): Promise<RecordScanner> {
    const handle = await open(path, 'r');
    try {
      const header = await readFully(handle, 0, HEADER_SIZE);
      // after the header: a process that has ended by its word has written all its records before
      const { size } = await handle.stat();
      return new RecordScanner(handle, path, blocks, header, size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /**
   * Gives the records from `position` on to `take`, which tells where the next one begins, or is waited for.
   * @param until `performance.now()` at which to stop
   * @throws what the file system reports
   */
  async scan(position: number, until: number, take: (record: RawRecord) => number | Promise<number>): Promise<ScanEnd> {
    const { size } = this;
    let at = position;
    for (let records = 1; at + RECORD_HEADER_SIZE <= size; records += 1) {
      if (records % UNWATCHED === 0 && performance.now() > until) return 'later';
      if (!this.has(at, RECORD_HEADER_SIZE)) await this.read(at, RECORD_HEADER_SIZE);
      if (!this.has(at, RECORD_HEADER_SIZE)) return 'end';
      const recordSize = this.chunk.readUInt32LE(at - this.chunkAt);
      const type = this.chunk[at - this.chunkAt + 4] as number;
      if (recordSize < RECORD_HEADER_SIZE || recordSize > MAX_RECORD_SIZE) return 'corrupt';
      if (at + recordSize > size) return 'end';
      const needed = neededBytes(type, recordSize);
      if (!this.has(at, needed)) await this.read(at, needed);
      if (!this.has(at, needed)) return 'end';
      const bytes = this.chunk.subarray(at - this.chunkAt, at - this.chunkAt + needed);
      const taken = take({ type, at: readU64(bytes, 8), bytes, size: recordSize, offset: at });
      const next = typeof taken === 'number' ? taken : await taken;
      // one small record between large ones is no reason to go back to reading everything
      if (recordSize - needed >= JUMP) this.jumped = !this.has(next, 0);
      else if (at - this.chunkAt > SMALL_CHUNK / 2) this.jumped = false;
      at = next;
    }
    return 'end';
  }

  private has(at: number, length: number): boolean {
    return at >= this.chunkAt && at + length <= this.chunkAt + this.chunk.length;
  }

  /** Makes at least `length` bytes at `at` available, if the file has them. */
  private async read(at: number, length: number): Promise<void> {
    this.chunkAt = at;
    if (this.jumped) {
      // a few bytes between payloads: there and back through the thread pool would take longer than reading them
      const buffer = Buffer.allocUnsafe(Math.min(Math.max(length, SMALL_CHUNK), this.size - at));
      this.chunk = buffer.subarray(0, readSync(this.handle.fd, buffer, 0, buffer.length, at));
      return;
    }
    this.chunk = await readFully(this.handle, at, Math.min(Math.max(length, CHUNK), this.size - at));
    this.blocks.offer(this.path, at, this.chunk);
  }
}

/** Of an `io` record the payload is not wanted here, of an unknown one nothing but its size. */
export function neededBytes(type: number, size: number): number {
  if (type === RecordType.io) return Math.min(size, IO_HEADER_SIZE);
  const whole = type === RecordType.stack || type === RecordType.counters || type === RecordType.run;
  return whole || isJsonType(type) ? size : RECORD_HEADER_SIZE;
}
