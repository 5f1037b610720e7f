import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Bytes read at once when fewer are asked for. */
const BLOCK = 128 * 1024;
/** Bytes kept in all: the last megabytes that the reader went over, and what was asked for since. */
const MAX_KEPT = 12 * 1024 * 1024;

interface Block {
  readonly path: string;
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * Reads ranges of files that only ever grow, and keeps the last few blocks: what is asked for one after the other (the
 * head of a request, then that of its reply) mostly lies close together, and where the reader has just been.
 */
export class BlockCache {
  /** The one used last comes first. */
  private readonly blocks: Block[] = [];
  private kept = 0;

  /** Short only at the end of the file. @throws what the file system reports */
  async read(path: string, at: number, length: number): Promise<Uint8Array> {
    const found = this.find(path, at, length);
    if (found) return found;
    const bytes = await readRange(path, at, Math.max(length, BLOCK));
    if (bytes.length <= BLOCK) this.offer(path, at, bytes);
    return bytes.subarray(0, length);
  }

  /** The same without giving way to anything else: for the few bytes of a record. @throws what the file system reports */
  readNow(path: string, at: number, length: number): Buffer {
    const found = this.find(path, at, length);
    if (found) return found;
    const handle = openSync(path, 'r');
    try {
      const buffer = Buffer.allocUnsafeSlow(Math.max(length, BLOCK));
      const bytes = buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, at));
      if (bytes.length <= BLOCK) this.offer(path, at, bytes);
      return bytes.subarray(0, length);
    } finally {
      closeSync(handle);
    }
  }

  /** Bytes that somebody has read and that may be asked for soon. */
  offer(path: string, at: number, bytes: Buffer): void {
    this.blocks.unshift({ path, at, bytes });
    this.kept += bytes.length;
    while (this.kept > MAX_KEPT && this.blocks.length > 1) this.kept -= (this.blocks.pop() as Block).bytes.length;
  }

  private find(path: string, at: number, length: number): Buffer | null {
    const { blocks } = this;
    for (let index = 0; index < blocks.length; index += 1) {
      const block = blocks[index] as Block;
      if (block.at > at || at + length > block.at + block.bytes.length || block.path !== path) continue;
      if (index > 0) {
        blocks.splice(index, 1);
        blocks.unshift(block);
      }
      return block.bytes.subarray(at - block.at, at - block.at + length);
    }
    return null;
  }
}

async function readRange(path: string, at: number, length: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, at + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}
