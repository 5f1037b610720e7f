/** The observations that findings rest on, each built the same way everywhere. */
import type { Exchange, ResponseMessage } from '../decode/exchange';
import { describeError, nameError } from './classify';
import type { Evidence, EvidenceRange } from './finding';
import { bytes, duration, endpoint, grouped, inSentence, listed, roughly, statusLine } from './wording';

const layerOf = (exchange: Exchange) => (exchange.tls?.version ? 'tls' : 'wire');

export function replyEvidence(exchange: Exchange, response: ResponseMessage): Evidence {
  const range: EvidenceRange = {
    direction: 'down',
    layer: layerOf(exchange),
    start: response.headRange.start,
    end: Math.max(response.headRange.end, response.bodyRange.end),
  };
  const read = { true: 'read by the program', false: 'never read by the program', null: 'maybe read by the program' };
  const timing = response.early ? ', before the request was sent whole' : '';
  const text = `reply ${statusLine(response)}, ${bytes(range.end - range.start)}, ${read[`${response.readByProgram}`]}${timing}`;
  return { kind: 'reply', exchange: exchange.id, status: response.status, range, text };
}

/** How much of the request went how far. */
export function sentEvidence(exchange: Exchange): Evidence[] {
  const { request, bytes: counts } = exchange;
  if (!request) return [];
  const known = (['handed', 'accepted', 'acknowledged'] as const).flatMap((name) => {
    const { value, derived, atLeast } = counts[name];
    return value === null ? [] : [`${derived ? '≈ ' : ''}${atLeast ? 'at least ' : ''}${bytes(value)} ${name}`];
  });
  if (known.length === 0) return [];
  const start = request.headRange.start;
  const end = start + (counts.accepted.value ?? counts.handed.value ?? 0);
  return [
    {
      kind: 'bytes',
      exchange: exchange.id,
      range: { direction: 'up', layer: layerOf(exchange), start, end: Math.max(start, end) },
      text: `request: ${known.join(', ')}`,
    },
  ];
}

/** The operation that broke the exchange, and the exception as the library passed it on. */
export function failureEvidence(exchange: Exchange): Evidence[] {
  const { failure, raised, response } = exchange;
  const evidence: Evidence[] = [];
  if (failure) {
    const [error] = failure.error;
    const since = response?.arrivedBeforeFailure;
    const by = response?.arrival?.acknowledged.value ?? null;
    const confirmed = by === null ? '' : ` with ${bytes(by)} acknowledged`;
    const after = since ? `, ${roughly(since)} after the reply had arrived${confirmed}` : '';
    evidence.push({
      kind: 'operation',
      exchange: exchange.id,
      operation: failure.operation,
      at: failure.at,
      duration: failure.duration,
      range: null,
      text: `${nameError(error)} in ${failure.operation}${after}`,
    });
  }
  const outer = raised?.[0];
  if (outer && (!failure || outer.type !== failure.error[0].type)) {
    evidence.push({
      kind: 'error',
      exchange: exchange.id,
      type: outer.type,
      errno: outer.errno,
      text: `raised to the program as ${describeError(outer)}`,
    });
  }
  return evidence;
}

/** The line of the program that started it. */
export function initiatorEvidence(exchange: Exchange): Evidence[] {
  const frame = exchange.frames[exchange.initiator];
  if (!frame) return [];
  return [
    {
      kind: 'frame',
      exchange: exchange.id,
      file: frame.file,
      line: frame.line,
      function: frame.function,
      text: `started in ${frame.function}, ${frame.file}:${frame.line}`,
    },
  ];
}

/** The kernel's last word on the connection. */
export function countersEvidence(exchange: Exchange): Evidence[] {
  const last = exchange.socket?.counters.at(-1);
  if (!last) return [];
  const known = [
    last.state && `state ${last.state}`,
    last.accepted !== null && `${bytes(last.accepted)} accepted`,
    last.acknowledged !== null && `${bytes(last.acknowledged)} acknowledged`,
    last.received !== null && `${bytes(last.received)} received`,
    last.unread !== null && `${bytes(last.unread)} unread`,
    last.retransmits ? `${grouped(last.retransmits)} retransmits` : null,
  ].filter((part): part is string => typeof part === 'string');
  const { at, accepted, acknowledged, received, unread } = last;
  const text = `kernel, whole connection: ${known.join(', ')}`;
  return [{ kind: 'counters', exchange: exchange.id, at, accepted, acknowledged, received, unread, text }];
}

export function connectEvidence(exchange: Exchange): Evidence[] {
  return exchange.connects.map((connect) => {
    const where = endpoint(connect.address ?? '?', connect.port);
    const outcome = connect.error ? nameError(connect.error[0]) : connect.result;
    return {
      kind: 'connect',
      exchange: exchange.id,
      at: connect.at,
      address: connect.address,
      text: `connect to ${where}: ${outcome} after ${duration(connect.duration)}`,
    };
  });
}

export function resolveEvidence(exchange: Exchange): Evidence[] {
  const { resolve } = exchange;
  if (!resolve) return [];
  const addresses = [...new Set(resolve.addresses.map(({ address }) => address))];
  const outcome = resolve.error ? nameError(resolve.error[0]) : listed(addresses) || 'no address';
  const text = `${resolve.function} asked for ${resolve.host ?? '(no name)'}: ${outcome} after ${duration(resolve.duration)}`;
  return [{ kind: 'resolve', exchange: exchange.id, at: resolve.at, text }];
}

export function certificateEvidence(exchange: Exchange): Evidence[] {
  const certificate = exchange.tls?.certificate;
  if (!certificate) return [];
  const names = certificate.names.length > 0 ? `, for ${listed(certificate.names)}` : '';
  const text = `certificate ${certificate.subject}${names}, issued by ${certificate.issuer}, valid ${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)}`;
  return [{ kind: 'certificate', exchange: exchange.id, text }];
}

export function lastWordsEvidence(exchange: Exchange): Evidence[] {
  const { lastWords } = exchange;
  if (!lastWords || lastWords.outcome === 'not-attempted') return [];
  const reason = lastWords.reason ? ` (${inSentence(lastWords.reason)})` : '';
  const said = {
    recovered: `${bytes(lastWords.bytes)} that the program had not read were recovered before the socket closed`,
    'nothing-unread':
      lastWords.alert === null
        ? 'the receive buffer was empty when the connection broke'
        : `a TLS alert lay unread: ${lastWords.alert}`,
    'not-recoverable': `what was left to read could not be recovered${reason}`,
  }[lastWords.outcome];
  return [{ kind: 'last-words', exchange: exchange.id, outcome: lastWords.outcome, text: said }];
}
