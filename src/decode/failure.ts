/** What broke an exchange, and how the peer ended the connection. */
import { largest } from '../base/extremes';
import { isTimeout } from '../wire/errorChain';
import type { ErrorChain, ErrorInfo, Frame, IoOperation, Socket } from '../wire/model';
import { isEndOfStream } from '../wire/operation';
import type { Draft } from './draft';
import type { Failure, PeerEnd } from './exchange';
import { endOf, failed, sinceOf } from './operations';

type Frames = (stackId: number) => readonly Frame[];

/**
 * The first send or receive that failed and was not made good: a timeout after which the program went on receiving is
 * none.
 *
 * @param operations of both directions
 */
export function brokenOperation(operations: readonly IoOperation[]): IoOperation | null {
  const suspects = operations.filter((one) => failed(one) && !one.lastWords);
  if (suspects.length === 0) return null;
  const lastGood = { up: -1, down: -1 };
  for (const { at, direction, error, lastWords, result } of operations) {
    if (!error && !lastWords && result) lastGood[direction] = Math.max(lastGood[direction], at);
  }
  let first: IoOperation | null = null;
  for (const one of suspects) {
    const made = one.error !== null && isTimeout(one.error) && lastGood[one.direction] > one.at;
    if (!made && (!first || one.at < first.at)) first = one;
  }
  return first;
}

/** What failed, within a span of time, on the socket that carries TLS done in memory. */
export function brokenCarrier(socket: Socket, from: number, to: number): IoOperation | null {
  const { tls } = socket;
  if (tls?.dataOffset == null) return null;
  const since = Math.max(from, tls.at);
  const carrying = socket.streams.filter((one) => one.layer === 'wire');
  return brokenOperation(carrying.flatMap(({ operations }) => sinceOf(operations, since).filter(({ at }) => at < to)));
}

export function failureOf(operation: IoOperation, frames: Frames, phase: Failure['phase'] | null = null): Failure {
  return {
    error: operation.error as ErrorChain,
    operation: operation.op,
    phase: phase ?? (operation.direction === 'up' ? 'send' : 'receive'),
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

/** The exception of a chain that says that time was up, the innermost one of its kind; null when none does. */
export function timeoutIn(chain: ErrorChain): ErrorChain | null {
  const link = chain.findLast((one) => isTimeout([one]));
  return link ? [{ ...link, relation: null, of: null }] : null;
}

/**
 * The program's own patience ended, and no operation of a socket tells: a coroutine that waits is just not gone on with.
 *
 * @param at when the exception was seen
 */
export function failureByPatience(
  { exchange, operations, greeting }: Draft,
  raised: ErrorChain,
  at: number,
  frames: Frames,
): Failure | null {
  const error = timeoutIn(raised);
  if (!error) return null;
  const moved = operations.filter((one) => !one.lastWords && !one.range.isEmpty);
  const last = moved.at(-1);
  const since = largest(moved.map(endOf), exchange.connects.at(-1)?.at ?? exchange.beganAt);
  const { handed, accepted } = exchange.bytes;
  const held = accepted.value !== null && handed.value !== null && !accepted.derived && accepted.value < handed.value;
  const phase = greeting || !last ? 'tls' : held || exchange.request?.complete === false ? 'send' : 'receive';
  const operation = { tls: 'do_handshake', send: 'send', receive: 'recv' }[phase];
  return { error, operation, phase, at: since, duration: at - since, frames: frames(last?.stackId ?? 0) };
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
