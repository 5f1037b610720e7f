/** What broke an exchange, and how the peer ended the connection. */
import { isTimeout } from '../wire/errorChain';
import type { ErrorChain, ErrorInfo, Frame, IoOperation, Socket } from '../wire/model';
import type { Failure, PeerEnd } from './exchange';
import { isEndOfStream } from './httpConnection';
import { failed } from './operations';

type Frames = (stackId: number) => readonly Frame[];

/**
 * The first send or receive that failed and was not made good: a timeout after which the program went on receiving is
 * none.
 *
 * @param operations of both directions
 */
export function brokenOperation(operations: readonly IoOperation[]): IoOperation | null {
  const inOrder = [...operations].sort((a, b) => a.at - b.at);
  const made = (broken: IoOperation) =>
    broken.error !== null &&
    isTimeout(broken.error) &&
    inOrder.some(
      (later) =>
        later.at > broken.at &&
        later.direction === broken.direction &&
        !later.error &&
        !later.lastWords &&
        later.result,
    );
  return inOrder.find((one) => failed(one) && !one.lastWords && !made(one)) ?? null;
}

/** What failed, within a span of time, on the socket that carries TLS done in memory. */
export function brokenCarrier(socket: Socket, from: number, to: number): IoOperation | null {
  const { tls } = socket;
  if (tls?.dataOffset == null) return null;
  const since = Math.max(from, tls.at);
  const carrying = socket.streams.filter((one) => one.layer === 'wire').flatMap((one) => [...one.operations]);
  return brokenOperation(carrying.filter((one) => one.at >= since && one.at < to));
}

export function failureOf(operation: IoOperation, frames: Frames): Failure {
  return {
    error: operation.error as ErrorChain,
    operation: operation.op,
    phase: operation.direction === 'up' ? 'send' : 'receive',
    at: operation.at,
    duration: operation.duration,
    frames: frames(operation.stackId),
  };
}

const MOST_NAMED = ['reason', 'cause', 'context'] as const;

/** The exception at the bottom of a chain of wrappers: the one that the layer next to the connection raised. */
export function rootOf(chain: ErrorChain): ErrorChain {
  let root = 0;
  for (let step = 0; step < chain.length; step += 1) {
    const inner = MOST_NAMED.map((relation) =>
      chain.findIndex((link, index) => index > root && link.of === root && link.relation === relation),
    ).find((index) => index > 0);
    if (inner === undefined) break;
    root = inner;
  }
  return [{ ...(chain[root] as ErrorInfo), relation: null, of: null }];
}

/** The stream ended too early without any operation failing: the library noticed and raised. */
export function failureByEnd(raised: ErrorChain, operations: readonly IoOperation[], frames: Frames): Failure | null {
  const end = operations.findLast(isEndOfStream);
  const last = end ?? operations.at(-1);
  if (!last) return null;
  return {
    error: rootOf(raised),
    operation: last.op,
    phase: end ? 'receive' : 'other',
    at: last.at,
    duration: last.duration,
    frames: frames(last.stackId),
  };
}

const RESET = new Set(['ECONNRESET', 'WSAECONNRESET', 'ECONNABORTED', 'WSAECONNABORTED', 'EPIPE']);
const RESET_TYPES = new Set(['ConnectionResetError', 'BrokenPipeError', 'ConnectionAbortedError']);

/**
 * From the kernel's state of the connection where it was asked, else from what the operations returned.
 *
 * @param operations of the exchange, both directions
 */
export function peerEndOf(socket: Socket, operations: readonly IoOperation[]): PeerEnd {
  const state = socket.counters.findLast((one) => one.state !== null && one.moment !== 'connected')?.state ?? null;
  const errors = operations.flatMap((one) => (one.error ? [one.error[0]] : []));
  const reset = errors.some((error) => RESET.has(error.errnoName ?? '') || RESET_TYPES.has(error.type));
  if (reset || (state === 'CLOSE' && errors.length > 0)) return 'reset';
  if (operations.some(isEndOfStream) || state === 'CLOSE_WAIT' || state === 'LAST_ACK') return 'fin';
  if (state === 'ESTABLISHED' || (errors.length === 0 && !socket.close)) return 'open';
  return 'unknown';
}
