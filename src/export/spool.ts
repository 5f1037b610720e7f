/** Puts pieces of a file in the order of time that come in the order in which sockets close, whatever their number. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Buffered, writeWhole } from './exportFile';

/** Neighbours are read together, up to so many bytes. */
const MOST_AT_ONCE = 1024 * 1024;

/** A file that nobody else sees. Of each piece it keeps two numbers in memory. */
export class Spool {
  private times = new Float64Array(1024);
  private ends = new Float64Array(1024);
  private count = 0;
  private readonly buffered: Buffered;

  private constructor(
    private readonly file: FileHandle,
    private readonly path: string | null,
  ) {
    this.buffered = new Buffered((bytes) => writeWhole(file, bytes));
  }

  /** @throws what the file system reports */
  static async create(folder: string): Promise<Spool> {
    const path = join(folder, `.framewire-${randomBytes(6).toString('hex')}`);
    const file = await open(path, 'wx+', 0o600);
    if (process.platform === 'win32') return new Spool(file, path);
    await rm(path, { force: true }); // it lives as long as it is open
    return new Spool(file, null);
  }

  get size(): number {
    return this.count;
  }

  /** @param at pieces of the same time stay in the order in which they came */
  async add(at: number, bytes: Uint8Array): Promise<void> {
    if (this.count === this.times.length) {
      this.times = grown(this.times);
      this.ends = grown(this.ends);
    }
    this.times[this.count] = at;
    this.ends[this.count] = this.start(this.count) + bytes.length;
    this.count += 1;
    await this.buffered.write(bytes);
  }

  /** All of them by time; neighbours may come as one. */
  async *inOrder(): AsyncGenerator<Uint8Array> {
    await this.buffered.flush();
    const order = this.order();
    for (let index = 0; index < order.length; ) {
      const start = this.start(order[index] as number);
      let end = this.ends[order[index] as number] as number;
      for (index += 1; index < order.length && end - start < MOST_AT_ONCE; index += 1) {
        const next = order[index] as number;
        if (this.start(next) !== end) break;
        end = this.ends[next] as number;
      }
      yield await this.read(start, end - start);
    }
  }

  async dispose(): Promise<void> {
    await this.file.close();
    if (this.path !== null) await rm(this.path, { force: true });
  }

  private start(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] as number);
  }

  private order(): Uint32Array {
    const order = Uint32Array.from({ length: this.count }, (_, index) => index);
    const { times } = this;
    return order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
  }

  private async read(at: number, length: number): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.file.read(bytes, done, length - done, at + done);
      if (bytesRead === 0) throw new Error('The file for what is being exported has become shorter.');
      done += bytesRead;
    }
    return bytes;
  }
}

function grown(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
