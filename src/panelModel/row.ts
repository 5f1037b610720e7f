/** An exchange as one line of the table. */
import type { Exchange } from '../decode/exchange';
import { nameError } from '../diagnosis/classify';
import type { Redactor } from '../export/redact';
import type { ByteCount, ExchangeRow, Outcome, Phase, SourcePlace } from '../messages/panel';
import type { Frame } from '../wire/model';
import type { Clock } from './clock';

export const placeOf = ({ file, line, function: name }: Frame): SourcePlace => ({ file, line, function: name });

/** What a table can be sorted and filtered by without making rows of everything. Nothing is redacted yet. */
export interface RowFacts {
  readonly method: string | null;
  readonly url: string | null;
  readonly host: string | null;
  readonly path: string;
  readonly status: number | null;
  readonly outcome: Outcome;
  readonly unreadReply: boolean;
  readonly initiator: Frame | null;
  readonly up: number;
  readonly down: number;
  /** Nanoseconds; null while it runs. */
  readonly duration: number | null;
}

export function factsOf(exchange: Exchange): RowFacts {
  const { request, response, intended } = exchange;
  const url = request?.url ?? intended?.url ?? null;
  return {
    method: request?.method ?? intended?.method ?? null,
    url,
    host:
      exchange.host ?? exchange.peer?.address ?? exchange.resolve?.host ?? exchange.connects.at(-1)?.address ?? null,
    path: request ? pathOf(request.target) : url === null ? '' : pathOf(url),
    status: response?.status ?? null,
    outcome: outcomeOf(exchange),
    unreadReply: response?.readByProgram === false,
    initiator: exchange.frames[exchange.initiator] ?? null,
    up: countOfSent(exchange).value ?? 0,
    down: exchange.received,
    duration: exchange.endedAt === null ? null : exchange.endedAt - exchange.beganAt,
  };
}

/** Path and query of a request target in any of its forms (RFC 9112, 3.2). */
function pathOf(target: string): string {
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || (target.includes('://') ? '/' : target);
}

function outcomeOf({ failure, raised, response, live }: Exchange): Outcome {
  const refused = response !== null && response.status >= 400;
  if (failure !== null) return 'failed';
  if (refused) return 'refused';
  if (raised !== null) return 'failed';
  return live && !response?.complete ? 'running' : 'ok';
}

/** What the kernel took of the request; where that is not known, what it was given. */
function countOfSent({ bytes, request, socket }: Exchange): ByteCount {
  const count = bytes.accepted.value === null ? bytes.handed : bytes.accepted;
  return request || socket ? count : { value: null, derived: false, atLeast: false };
}

export function rowOf(exchange: Exchange, clock: Clock, redactor: Redactor): ExchangeRow {
  const facts = factsOf(exchange);
  const { request, failure, raised } = exchange;
  const root = failure?.error[0] ?? (facts.outcome === 'failed' ? raised?.at(-1) : undefined);
  const { connects } = exchange;
  return {
    kind: 'exchange',
    id: exchange.id,
    pid: exchange.process.pid,
    scheme: exchange.scheme,
    method: facts.method,
    host: facts.host,
    port: exchange.port ?? exchange.peer?.port ?? connects.at(-1)?.port ?? null,
    path: redactor.url(facts.path),
    status: facts.status,
    reason: exchange.response?.reason ?? null,
    outcome: facts.outcome,
    unreadReply: facts.unreadReply,
    error: root ? nameError(root) : null,
    initiator: facts.initiator && placeOf(facts.initiator),
    up: countOfSent(exchange),
    upAnnounced: request && request.bodyAnnounced !== null ? request.headRange.length + request.bodyAnnounced : null,
    down: exchange.received,
    began: clock.at(exchange.process, exchange.beganAt),
    duration: facts.duration === null ? null : facts.duration / 1e6,
    phases: phasesOf(exchange, clock),
  };
}

/** The phases in order, as far as each was seen; a connection's own belong to its first exchange. */
function phasesOf(exchange: Exchange, clock: Clock): Phase[] {
  const { process, resolve, connects, tls, request, response, failure, index } = exchange;
  const phases: Phase[] = [];
  const add = (name: Phase['name'], start: number | undefined, end: number | null | undefined) => {
    if (start === undefined || end === null || end === undefined || end < start) return;
    phases.push({ name, start: clock.at(process, start), end: clock.at(process, end) });
  };
  if (index === 0) {
    if (resolve) add('name', resolve.at, resolve.at + resolve.duration);
    const last = connects.at(-1);
    if (last) add('connect', connects[0]?.at, last.at + last.duration);
    if (tls) add('tls', tls.at, tls.at + tls.duration);
  }
  const sentAt = request?.endedAt ?? (failure?.phase === 'send' ? failure.at + failure.duration : null);
  add('send', request?.beganAt, sentAt ?? exchange.endedAt);
  if (response && sentAt !== null) add('wait', sentAt, response.beganAt);
  else if (failure?.phase === 'receive') add('wait', sentAt ?? failure.at, failure.at + failure.duration);
  if (response) add('receive', response.beganAt, response.endedAt ?? exchange.endedAt);
  return phases;
}
