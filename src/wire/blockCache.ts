import { open } from 'node:fs/promises';

/** Bytes read at once when fewer are asked for. */
const BLOCK = 128 * 1024;
const MAX_BLOCKS = 4;

interface Block {
  readonly path: string;
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * Reads ranges of files that only ever grow, and keeps the last few blocks: what is asked for one after the other (the
 * head of a request, then that of its reply) mostly lies close together.
 */
export class BlockCache {
  private blocks: Block[] = [];

  /** Short only at the end of the file. @throws what the file system reports */
  async read(path: string, at: number, length: number): Promise<Uint8Array> {
    const found = this.blocks.find((block) => block.path === path && block.at <= at && at + length <= endOf(block));
    if (found) {
      this.keep(found);
      return found.bytes.subarray(at - found.at, at - found.at + length);
    }
    const bytes = await readRange(path, at, Math.max(length, BLOCK));
    if (bytes.length <= BLOCK) this.keep({ path, at, bytes });
    return bytes.subarray(0, length);
  }

  private keep(block: Block): void {
    this.blocks = [block, ...this.blocks.filter((one) => one !== block)].slice(0, MAX_BLOCKS);
  }
}

const endOf = (block: Block) => block.at + block.bytes.length;

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
