/** Content codings (RFC 9110, 8.4.1) undone with a cap on what comes out; input may be cut short or hostile. */

import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** More codings than this on one body are refused. */
const MAX_CODINGS = 5;

export interface Decoded {
  readonly bytes: Uint8Array;
  /** The cap was reached: there is more. */
  readonly truncated: boolean;
}

/**
 * Undoes `codings` (in the order of the header; the last was applied last) on as much of a body as there is.
 *
 * @param limit bytes of output; of every stage of stacked codings, so that a bomb is stopped where it goes off
 * @returns `null` when a coding is unknown or not even one byte could be decoded from a body that has some
 */
export async function decodeContent(
  body: Uint8Array,
  codings: readonly string[],
  limit: number,
): Promise<Decoded | null> {
  const applied = codings.filter((coding) => coding !== 'identity' && coding !== '');
  if (applied.length > MAX_CODINGS) return null;
  let bytes = body;
  let truncated = false;
  for (const coding of applied.reverse()) {
    const decoded = await decodeOne(bytes, coding, limit);
    if (!decoded || (decoded.bytes.length === 0 && bytes.length > 0)) return null;
    bytes = decoded.bytes;
    truncated ||= decoded.truncated;
  }
  return bytes.length > limit ? { bytes: bytes.subarray(0, limit), truncated: true } : { bytes, truncated };
}

/** Input that ends early gives what it holds instead of an error. */
const CUT_SHORT = { finishFlush: constants.Z_SYNC_FLUSH };

async function decodeOne(body: Uint8Array, coding: string, limit: number) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return run(createGunzip(CUT_SHORT), body, limit);
    case 'br':
      return run(createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }), body, limit);
    case 'deflate':
      // by the standard with a zlib wrapper, in practice also without
      return run(isZlib(body) ? createInflate(CUT_SHORT) : createInflateRaw(CUT_SHORT), body, limit);
    default:
      return null;
  }
}

/** RFC 1950: compression method 8, and the first two bytes a multiple of 31. */
function isZlib(body: Uint8Array): boolean {
  const [method = 0, flags = 0] = body;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

/** What comes out before the end, an error or the limit. */
function run(stream: Transform, body: Uint8Array, limit: number): Promise<Decoded> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const finish = (truncated: boolean) => {
      stream.removeAllListeners('data');
      stream.destroy();
      resolve({ bytes: Buffer.concat(chunks).subarray(0, limit), truncated });
    };
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) finish(true);
    });
    stream.on('end', () => finish(false));
    stream.on('error', () => finish(false));
    stream.end(body);
  });
}
