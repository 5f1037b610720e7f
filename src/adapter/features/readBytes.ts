/** Answers `framewireReadBytes`: bytes of a message as they were captured. */
import { ByteRange } from '../../base/byteRange';
import type { Exchange } from '../../decode/exchange';
import type { FramewireRequests } from '../../messages/dap';

type Wanted = FramewireRequests['framewireReadBytes']['arguments'];
type Body = FramewireRequests['framewireReadBytes']['body'];

/** Bytes given at once, at most. */
export const MAX_LENGTH = 65_536;

/** @throws Error for the user, when there is no such exchange or message */
export async function readBytes(exchange: Exchange | null, wanted: Wanted): Promise<Body> {
  if (!exchange) throw new Error(`There is no exchange ${wanted.exchange} in this capture.`);
  const message = wanted.direction === 'up' ? exchange.request : exchange.response;
  const layer = exchange.tls ? 'tls' : 'wire';
  const stream = exchange.socket?.streams.find((each) => each.direction === wanted.direction && each.layer === layer);
  if (!message || !stream) throw new Error(`That exchange has no ${wanted.direction === 'up' ? 'request' : 'reply'}.`);
  const { headRange: head, bodyRange: body } = message;
  const part = { head, body, message: new ByteRange(head.start, Math.max(head.end, body.end)) }[
    wanted.part ?? 'message'
  ];
  const start = Math.min(part.end, part.start + wanted.start);
  const range = new ByteRange(start, Math.min(part.end, start + Math.min(wanted.length, MAX_LENGTH)));
  const bytes = range.isEmpty ? new Uint8Array() : await stream.bytes.read(range);
  return { data: Buffer.from(bytes).toString('base64'), size: part.length };
}
