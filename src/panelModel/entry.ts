/**
 * What the table keeps of an exchange: enough to list, sort and filter it without the exchange itself. There are a hundred
 * thousand of these. Nothing is redacted yet; times are nanoseconds of the process's monotonic clock.
 */
import type { Exchange } from '../decode/exchange';
import { nameError } from '../diagnosis/classify';
import { diagnose } from '../diagnosis/diagnose';
import type { Finding } from '../diagnosis/finding';
import { isPlain } from '../diagnosis/plain';
import type { ByteCount, Outcome, PhaseName } from '../messages/panel';
import type { Frame, ProcessInfo } from '../wire/model';

export interface Entry {
  readonly id: string;
  readonly process: ProcessInfo;
  /** Names the connection within its process: the socket's id, or the exchange's own when there was no socket. */
  readonly connection: number | string;
  readonly socket: number | null;
  readonly scheme: Exchange['scheme'];
  readonly method: string | null;
  readonly url: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly address: string | null;
  readonly addressPort: number | null;
  readonly path: string;
  readonly status: number | null;
  readonly reason: string | null;
  readonly outcome: Outcome;
  readonly unreadReply: boolean;
  readonly earlyReply: boolean;
  readonly finding: boolean;
  readonly tlsVersion: string | null;
  readonly tls: boolean;
  /** Something moved, and none of it was HTTP. */
  readonly raw: boolean;
  /** In short, for the row; and all that a filter may look for, one a line. */
  readonly error: string | null;
  readonly errorNames: string | null;
  readonly initiator: Frame | null;
  readonly up: ByteCount;
  readonly upIs: 'accepted' | 'handed';
  readonly upAnnounced: number | null;
  readonly down: number;
  readonly beganAt: number;
  readonly endedAt: number | null;
  /** Name (an index in PHASES), begin and end of each, in order. */
  readonly phases: readonly number[];
}

export const PHASES: readonly PhaseName[] = ['name', 'connect', 'tls', 'send', 'wait', 'receive'];

export function entryOf(exchange: Exchange): Entry {
  const { request, response, intended, failure, raised, socket, connects, peer, tls } = exchange;
  const url = request?.url ?? intended?.url ?? null;
  const last = connects.at(-1);
  const [finding = null] = isPlain(exchange) ? [] : diagnose(exchange);
  const outcome = outcomeOf(exchange, finding);
  const root = failure?.error[0] ?? (outcome === 'failed' ? raised?.at(-1) : undefined);
  const errors = [...(failure?.error ?? []), ...(raised ?? [])];
  return {
    id: exchange.id,
    process: exchange.process,
    connection: socket?.id ?? exchange.id,
    socket: socket?.id ?? null,
    scheme: exchange.scheme,
    method: request?.method ?? intended?.method ?? null,
    url,
    host: exchange.host ?? peer?.address ?? exchange.resolve?.host ?? last?.address ?? null,
    port: exchange.port ?? peer?.port ?? last?.port ?? null,
    address: peer?.address ?? last?.address ?? null,
    addressPort: peer?.port ?? last?.port ?? null,
    path: request ? pathOf(request.target) : url === null ? '' : pathOf(url),
    status: response?.status ?? null,
    reason: response?.reason ?? null,
    outcome,
    unreadReply: response?.readByProgram === false,
    earlyReply: response?.early === true,
    finding: finding !== null,
    tlsVersion: tls?.version ?? null,
    tls: tls !== null,
    raw: request === null && response === null && (socket?.streams.length ?? 0) > 0,
    error: root ? nameError(root) : null,
    errorNames:
      errors.length === 0 ? null : errors.map((one) => `${nameError(one)}\n${one.errnoName ?? ''}`).join('\n'),
    initiator: exchange.frames[exchange.initiator] ?? null,
    up: countOfSent(exchange),
    upIs: exchange.bytes.accepted.value === null ? 'handed' : 'accepted',
    upAnnounced: request && request.bodyAnnounced !== null ? request.headRange.length + request.bodyAnnounced : null,
    down: exchange.received,
    beganAt: exchange.beganAt,
    endedAt: exchange.endedAt,
    phases: phasesOf(exchange),
  };
}

/** Path and query of a request target in any of its forms (RFC 9112, 3.2). */
function pathOf(target: string): string {
  if (target.startsWith('/')) return target;
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || (target.includes('://') ? '/' : target);
}

function outcomeOf({ failure, raised, response, live }: Exchange, finding: Finding | null): Outcome {
  const refused = response !== null && response.status >= 400;
  if (failure !== null) return 'failed';
  if (refused) return 'refused';
  // no operation fails where a reply just ends too early
  if (raised !== null || finding?.severity === 'error') return 'failed';
  return live && !response?.complete ? 'running' : 'ok';
}

/** What the kernel took of the request; where that is not known, what it was given. */
function countOfSent({ bytes, request, socket }: Exchange): ByteCount {
  const count = bytes.accepted.value === null ? bytes.handed : bytes.accepted;
  return request || socket ? count : { value: null, derived: false, atLeast: false };
}

/** The phases in order, as far as each was seen; a connection's own belong to its first exchange. */
function phasesOf({ resolve, connects, tls, request, response, failure, index, endedAt }: Exchange): number[] {
  const phases: number[] = [];
  const add = (name: PhaseName, start: number | undefined, end: number | null | undefined) => {
    if (start === undefined || end === null || end === undefined || end < start) return;
    phases.push(PHASES.indexOf(name), start, end);
  };
  if (index === 0) {
    if (resolve) add('name', resolve.at, resolve.at + resolve.duration);
    const last = connects.at(-1);
    if (last) add('connect', connects[0]?.at, last.at + last.duration);
    if (tls) add('tls', tls.at, tls.at + tls.duration);
  }
  const sentAt = request?.endedAt ?? (failure?.phase === 'send' ? failure.at + failure.duration : null);
  add('send', request?.beganAt, sentAt ?? endedAt);
  if (response && sentAt !== null) add('wait', sentAt, response.beganAt);
  else if (failure?.phase === 'receive') add('wait', sentAt ?? failure.at, failure.at + failure.duration);
  if (response) add('receive', response.beganAt, response.endedAt ?? endedAt);
  return phases.slice(); // without the room for more
}
