/** When a reply arrived while a long send was under way and nobody looked, from the kernel's counters sampled meanwhile. */
import type { ByteRange } from '../base/byteRange';
import type { Counters, IoOperation, Socket, Stream } from '../wire/model';
import { countBytes } from './counts';
import type { ReplyArrival } from './exchange';
import { endOf, sinceOf } from './operations';

/** @param request the part of `up` that it is the reply to */
export function arrivalOf(
  socket: Socket,
  up: Stream | null,
  request: ByteRange,
  sends: readonly IoOperation[],
  reads: readonly IoOperation[],
  head: ByteRange,
): ReplyArrival | null {
  const [sent] = sends;
  const read = reads.find((one) => one.range.contains(head.start));
  if (!sent || !read) return null;
  const since = sinceOf(socket.counters, sent.at);
  if (!since.some(({ moment }) => moment === 'sampled')) return null;
  const before = receivedBefore(socket, read, head);
  if (before === null) return null;
  const asked = since.filter((one) => one.received !== null);
  const holds = (one: Counters) => (one.received as number) > before;
  const shown = asked.find(holds);
  if (shown?.moment !== 'sampled' || shown.at >= endOf(read)) return null;
  const last = asked.findLast((one) => one.at < shown.at)?.at ?? sent.at;
  const at = Math.max(last, shown.at - (shown.lastDataReceivedMs ?? 0) * 1e6);
  const then = { ...socket, counters: socket.counters.filter((one) => one.at <= shown.at) };
  return { at, acknowledged: countBytes(then, up, request, true).bytes.acknowledged };
}

/**
 * What the kernel had received before the reply's first byte, or a little more: where that many have come, there is a
 * reply and not only TLS's own messages, as session tickets are.
 */
function receivedBefore(socket: Socket, read: IoOperation, head: ByteRange): number | null {
  if (read.layer === 'wire' && socket.connects.length > 0) return head.start;
  const told = socket.counters.filter((one) => one.moment !== 'sampled' && one.received !== null);
  // the probe asks before it reads last words, and after the program has read
  const when = read.lastWords
    ? told.findLast((one) => one.at <= read.at)
    : told.find((one) => one.at >= endOf(read) && one.moment === 'reply');
  if (!when) return null;
  return (when.received as number) - Math.min(head.end - head.start, read.range.end - head.start);
}
