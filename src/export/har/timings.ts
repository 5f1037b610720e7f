/** When the parts of an exchange happened, as HAR counts them: in a row, with nothing between. */
import type { Exchange } from '../../decode/exchange';
import type { HarTimings } from './harTypes';

export interface Timing {
  /** Sum of the timings, `ssl` not counted twice. */
  readonly time: number;
  readonly timings: HarTimings;
}

/** Milliseconds with three digits: what is recorded has nanoseconds, and what is computed from them has more. */
const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e3) / 1e3;

export function timingOf(exchange: Exchange): Timing {
  const { resolve, connects, tls, request, response, failure, index, beganAt, endedAt } = exchange;
  const last = connects.at(-1);
  const first = index === 0;
  const dns = first && resolve ? resolve.duration : null;
  const ssl = tls && firstInside(exchange) ? tls.duration : null;
  const tcp = first && last ? last.at + last.duration - (connects[0]?.at ?? last.at) : null;
  const connect = tcp === null && ssl === null ? null : (tcp ?? 0) + (ssl ?? 0);

  const sentAt = request?.endedAt ?? (failure?.phase === 'send' ? failure.at + failure.duration : null);
  const end = endedAt ?? response?.endedAt ?? sentAt ?? null;
  const send = request && (sentAt ?? end) !== null ? ((sentAt ?? end) as number) - request.beganAt : null;
  const waited = response ? response.beganAt : failure?.phase === 'receive' ? failure.at + failure.duration : null;
  // an early reply was waited for no time at all, however late it was looked at
  const wait = sentAt !== null && waited !== null ? (response?.early ? 0 : Math.max(0, waited - sentAt)) : null;
  // an early reply is received from when the request was over: parts of an exchange do not overlap in HAR
  const receivedFrom = response ? Math.max(response.beganAt, sentAt ?? 0) : null;
  const receive = receivedFrom !== null && end !== null ? Math.max(0, end - receivedFrom) : null;

  const known = [dns, connect, send, wait, receive].map((part) => Math.max(0, part ?? 0));
  const told = known.reduce((sum, part) => sum + part, 0);
  // what the program did between these parts, so that they add up to the time that it took
  const blocked = end === null ? null : Math.max(0, end - beganAt - told);
  const timings = {
    blocked: orMinusOne(blocked),
    dns: orMinusOne(dns),
    connect: orMinusOne(connect),
    ssl: orMinusOne(ssl),
    send: orMinusOne(send),
    wait: orMinusOne(wait),
    receive: orMinusOne(receive),
  };
  return { time: ms(told + (blocked ?? 0)), timings };
}

const orMinusOne = (part: number | null): number => (part === null ? -1 : ms(Math.max(0, part)));

/** TLS was agreed on for this exchange: through a proxy's tunnel that is the second one of the connection. */
function firstInside({ request, index, tls, scheme }: Exchange): boolean {
  if (!tls || scheme === 'http') return false;
  return request ? request.headRange.start === 0 : index === 0;
}

/** Wall clock with microseconds, "2026-11-22T10:42:28.123456Z". */
export function wallTime({ process }: Exchange, monotonic: number): string {
  const wall = process.wallBase + BigInt(Math.round(monotonic - process.monotonicBase));
  const micros = wall / 1000n;
  const iso = new Date(Number(micros / 1000n)).toISOString();
  return `${iso.slice(0, -1)}${String(micros % 1000n).padStart(3, '0')}Z`;
}
