import type { ByteRange } from '../base/byteRange';
import { isWouldBlock } from '../wire/errorChain';
import type { IoOperation, Stream } from '../wire/model';

/** How far offsets may stand out of order: bytes that were read early are read again by the program. */
const DISORDER = 64;

/** The operations that touch a range of the stream, in the order in which they began; empty ones at its bounds too. */
export function operationsWithin(stream: Stream | null, range: ByteRange): IoOperation[] {
  const operations = stream?.operations ?? [];
  let low = 0;
  let high = operations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((operations[middle] as IoOperation).range.start < range.start) low = middle + 1;
    else high = middle;
  }
  const found: IoOperation[] = [];
  const disorder = stream?.inOrder ? 1 : DISORDER;
  for (let index = Math.max(0, low - disorder); index < operations.length; index += 1) {
    const operation = operations[index] as IoOperation;
    if (operation.range.start > range.end && index > low + disorder) break;
    if (touches(operation.range, range)) found.push(operation);
  }
  return found;
}

function touches(operation: ByteRange, range: ByteRange): boolean {
  if (operation.isEmpty) return operation.start >= range.start && operation.start <= range.end;
  return range.isEmpty ? operation.contains(range.start) : operation.overlaps(range);
}

/** Threads that wait for each other to write records down may change their order by so much. */
const OUT_OF_ORDER_NS = 1e8;

/**
 * What is from a moment on, of a list in the order of time. It is looked through from its end: on a connection that has
 * carried very much, that is where one mostly is.
 */
export function sinceOf<One extends { readonly at: number }>(list: readonly One[], at: number): One[] {
  let start = list.length;
  while (start > 0 && (list[start - 1] as One).at >= at - OUT_OF_ORDER_NS) start -= 1;
  return list.slice(start).filter((one) => one.at >= at);
}

/** When the operation ended, monotonic nanoseconds. */
export const endOf = (operation: IoOperation): number => operation.at + operation.duration;

/** The call failed, and not only for the moment. */
export const failed = (operation: IoOperation): boolean => operation.error !== null && !isWouldBlock(operation.error);
