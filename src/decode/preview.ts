import type { ByteRange } from '../base/byteRange';
import type { ByteSource } from '../wire/model';
import { BodyContent } from './bodyContent';
import { type Decoded, decodeContent } from './contentCoding';
import type { Message } from './exchange';
import { headerList } from './http1Head';

/** Coded bytes read for each byte of output wanted; codings of text rarely do worse than not at all. */
const INPUT_PER_OUTPUT = 4;

/**
 * A message's body with its transfer and content codings undone, the first `limit` bytes of it.
 *
 * @param source the stream that the message lies in
 * @returns `null` when no byte of the body is there or the coding cannot be undone
 */
export async function decodeBody(
  source: ByteSource,
  message: Pick<Message, 'headers' | 'bodyRange' | 'chunked'>,
  limit: number,
): Promise<Decoded | null> {
  if (message.bodyRange.isEmpty) return null;
  const codings = headerList(message.headers, 'content-encoding');
  const wanted = codings.length > 0 ? limit * INPUT_PER_OUTPUT : limit + 1;
  const coded = await readContent(source, message.bodyRange, message.chunked, wanted);
  return coded.length === 0 ? null : decodeContent(coded, codings, limit);
}

async function readContent(source: ByteSource, body: ByteRange, chunked: boolean, limit: number): Promise<Uint8Array> {
  const content = new BodyContent(source, body.start, chunked);
  const end = chunked ? body.end : Math.min(body.end, body.start + limit);
  const pieces: Uint8Array[] = [];
  let size = 0;
  while (size < limit) {
    const piece = await content.next(end);
    if (!piece) break;
    pieces.push(piece);
    size += piece.length;
  }
  return Buffer.concat(pieces).subarray(0, limit);
}
