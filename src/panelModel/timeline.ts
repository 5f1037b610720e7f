/** Bytes over time for one exchange. */
import { largest, smallest } from '../base/extremes';
import { t } from '../base/l10n';
import type { Exchange } from '../decode/exchange';
import { endOf, operationsWithin } from '../decode/operations';
import { plaintextWithin, recordOverhead } from '../decode/tlsRecords';
import { nameError } from '../diagnosis/classify';
import { bytes as bytesText, statusLine } from '../diagnosis/wording';
import { type ExchangeStream, streamOf } from '../export/exchangeStreams';
import type { Timeline, TimelineMark, TimelinePoint, TimelineSeries } from '../messages/panel';
import type { Clock } from './clock';

/** Points kept of a series; the first and last of each step stay. */
const MAX_POINTS = 600;

export function timelineOf(exchange: Exchange, clock: Clock): Timeline | null {
  const at = (nanoseconds: number) => clock.at(exchange.process, nanoseconds);
  const samples = samplesOf(exchange);
  const series = [
    ...sentSeries(exchange, samples, at),
    ...kernelSeries(exchange, at),
    ...receivedSeries(exchange, samples, at),
  ];
  if (series.length === 0) return null;
  const marks = marksOf(exchange, samples, at);
  const times = [...series.flatMap(({ points }) => points.map((point) => point.at)), ...marks.map((mark) => mark.at)];
  return {
    from: smallest(times),
    to: largest(times),
    series: series.map(({ name, points }) => ({ name, points: thinned(points) })),
    marks,
    wire: exchange.tls?.version != null,
  };
}

/** Nothing was sent on the connection after this. */
const isLast = ({ stream, range }: ExchangeStream): boolean => stream.bytes.length <= range.end;

type ToMs = (nanoseconds: number) => number;

/** What the kernel told in the middle of a long send. */
interface Sample {
  /** Nanoseconds. */
  readonly at: number;
  /** Of the request's bytes, as the program wrote them; null if not known. */
  readonly accepted: number | null;
  /** Bytes of a reply that nobody has read; null where they may be TLS's own. */
  readonly unread: number | null;
}

/** The samples taken of the exchange's own sends; none where what the kernel counts cannot be told apart. */
function samplesOf(exchange: Exchange): Sample[] {
  const { socket, tls } = exchange;
  const up = streamOf(exchange, 'up');
  const sampled = socket?.counters.filter(({ moment }) => moment === 'sampled') ?? [];
  if (!socket || !up || sampled.length === 0) return [];
  const inTls = tls?.version != null;
  const sends = operationsWithin(up.stream, up.range);
  const base = inTls ? socket.counters.find(({ moment }) => moment === 'handshake')?.accepted : 0;
  const overhead = recordOverhead(tls);
  const known = socket.connects.length > 0 && base != null && (!inTls || (overhead !== null && exchange.index === 0));
  const plain = (wire: number) => (inTls ? plaintextWithin(sends, wire, overhead ?? 0).bytes : wire - up.range.start);
  return sends.flatMap((send) => {
    const until = send.pending ? Number.POSITIVE_INFINITY : endOf(send);
    const within = sampled.filter((one) => one.at >= send.at && one.at <= until);
    return within.map((one) => {
      const accepted = known && one.accepted !== null ? plain(one.accepted - base) : null;
      const end = Math.min(send.range.end, up.range.end) - up.range.start;
      const limited = accepted === null ? null : Math.max(0, Math.min(accepted, end));
      return { at: one.at, accepted: limited, unread: inTls ? null : one.unread };
    });
  });
}

function sentSeries(exchange: Exchange, samples: readonly Sample[], at: ToMs): TimelineSeries[] {
  const up = streamOf(exchange, 'up');
  if (!up) return [];
  const operations = operationsWithin(up.stream, up.range);
  const from = operations[0]?.at;
  if (from === undefined) return [];
  const handed: TimelinePoint[] = [{ at: at(from), bytes: 0 }];
  const accepted: TimelinePoint[] = [{ at: at(from), bytes: 0 }];
  for (const operation of operations) {
    handed.push({ at: at(operation.at), bytes: Math.min(operation.range.end, up.range.end) - up.range.start });
    const until = operation.pending ? Number.POSITIVE_INFINITY : endOf(operation);
    for (const sample of samples) {
      if (sample.accepted === null || sample.at < operation.at || sample.at > until) continue;
      accepted.push({ at: at(sample.at), bytes: Math.max(sample.accepted, accepted.at(-1)?.bytes ?? 0) });
    }
    const taken = operation.error === null ? operation.result : null;
    if (taken !== null) {
      const end = Math.min(operation.range.start + taken, up.range.end);
      accepted.push({ at: at(endOf(operation)), bytes: end - up.range.start });
    } else if (exchange.bytes.accepted.value !== null && operation === operations.at(-1) && !operation.pending) {
      accepted.push({ at: at(endOf(operation)), bytes: exchange.bytes.accepted.value });
    }
  }
  return [
    { name: 'handed', points: handed },
    { name: 'accepted', points: accepted },
  ];
}

/** What the peer confirmed, from the kernel's counters, counted from where the exchange began; with TLS they count records, handshake excluded. */
function kernelSeries(exchange: Exchange, at: ToMs): TimelineSeries[] {
  const { socket, request, tls } = exchange;
  const up = streamOf(exchange, 'up');
  if (!socket || !request || !up) return [];
  const until = isLast(up) ? Number.POSITIVE_INFINITY : (exchange.endedAt ?? Number.POSITIVE_INFINITY);
  const counters = socket.counters.filter((one) => one.at >= exchange.beganAt && one.at <= until);
  const base = tls?.version ? counters.find(({ moment }) => moment === 'handshake') : null;
  const zero = tls?.version ? (base?.acknowledged ?? null) : up.range.start;
  if (zero === null || (tls?.version && exchange.index > 0)) return [];
  const points = counters.flatMap(({ at: when, acknowledged }) =>
    acknowledged === null || when < request.beganAt ? [] : [{ at: at(when), bytes: Math.max(0, acknowledged - zero) }],
  );
  return points.length === 0
    ? []
    : [{ name: 'acknowledged', points: [{ at: at(request.beganAt), bytes: 0 }, ...points] }];
}

/** What waited unread while the program was sending, and then what it read, or the probe for it. */
function receivedSeries(exchange: Exchange, samples: readonly Sample[], at: ToMs): TimelineSeries[] {
  const down = streamOf(exchange, 'down');
  const operations = down ? operationsWithin(down.stream, down.range) : [];
  const read = operations.filter(({ peek, lastWords }) => !peek || (lastWords && samples.length > 0));
  const readAt = smallest(operations.map(endOf));
  const most = down?.range.length ?? Number.POSITIVE_INFINITY;
  const points: TimelinePoint[] = samples.flatMap((sample) =>
    sample.at < readAt && sample.unread ? [{ at: at(sample.at), bytes: Math.min(sample.unread, most) }] : [],
  );
  for (const operation of down ? read : []) {
    const bytes = Math.max(0, Math.min(operation.range.end, down?.range.end ?? 0) - (down?.range.start ?? 0));
    points.push({ at: at(endOf(operation)), bytes: Math.max(bytes, points.at(-1)?.bytes ?? 0) });
  }
  const arrived = exchange.response?.arrival;
  if (arrived && points[0] && at(arrived.at) < points[0].at)
    points.unshift({ at: at(arrived.at), bytes: points[0].bytes });
  const first = points[0];
  return first ? [{ name: 'received', points: [{ at: first.at, bytes: 0 }, ...points] }] : [];
}

function marksOf(exchange: Exchange, samples: readonly Sample[], at: ToMs): TimelineMark[] {
  const { response, failure, socket, raised } = exchange;
  const marks: TimelineMark[] = [];
  if (response) {
    const known = failure !== null && response.arrivedBeforeFailure !== null;
    const arrived = known
      ? failure.at + failure.duration - (response.arrivedBeforeFailure as number)
      : (response.arrival?.at ?? response.beganAt);
    const derived = known || response.arrival !== null;
    marks.push({ kind: 'reply', at: at(arrived), text: t('reply {0}', statusLine(response)), derived });
  } else {
    const waits = samples.find(({ unread }) => unread);
    if (waits) {
      const text = t('{0} unread', bytesText(waits.unread ?? 0));
      marks.push({ kind: 'reply', at: at(waits.at), text, derived: true });
    }
  }
  if (failure) {
    const error = nameError((failure.error ?? raised)[0]);
    marks.push({
      kind: 'error',
      at: at(failure.at + failure.duration),
      text: t('{0} in {1}', error, failure.operation),
      derived: false,
    });
  }
  const up = streamOf(exchange, 'up');
  if (socket?.close && (!up || isLast(up)))
    marks.push({ kind: 'close', at: at(socket.close.at), text: closeWord(socket.close.how), derived: false });
  return marks;
}

function closeWord(how: string): string {
  switch (how) {
    case 'close':
      return t('close');
    case 'detach':
      return t('detached');
    case 'collected':
      return t('closed by the garbage collector');
    case 'exit':
      return t('open until the end');
    default:
      return how;
  }
}

/** Every n-th point, and always the last one: cumulative curves lose detail that way, never height. */
function thinned(points: readonly TimelinePoint[]): readonly TimelinePoint[] {
  const each = Math.ceil(points.length / MAX_POINTS);
  return each <= 1 ? points : points.filter((_, index) => index % each === 0 || index === points.length - 1);
}
