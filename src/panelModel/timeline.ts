/** Bytes over time for one exchange. */
import type { Exchange } from '../decode/exchange';
import { endOf, operationsWithin } from '../decode/operations';
import { nameError } from '../diagnosis/classify';
import { statusLine } from '../diagnosis/wording';
import type { Timeline, TimelineMark, TimelinePoint, TimelineSeries } from '../messages/panel';
import type { Clock } from './clock';
import { type ExchangeStream, streamOf } from './exchangeStreams';

/** Points kept of a series; the first and last of each step stay. */
const MAX_POINTS = 600;

export function timelineOf(exchange: Exchange, clock: Clock): Timeline | null {
  const at = (nanoseconds: number) => clock.at(exchange.process, nanoseconds);
  const series = [...sentSeries(exchange, at), ...kernelSeries(exchange, at), ...receivedSeries(exchange, at)];
  if (series.length === 0) return null;
  const marks = marksOf(exchange, at);
  const times = [...series.flatMap(({ points }) => points.map((point) => point.at)), ...marks.map((mark) => mark.at)];
  return {
    from: Math.min(...times),
    to: Math.max(...times),
    series: series.map(({ name, points }) => ({ name, points: thinned(points) })),
    marks,
    wire: exchange.tls?.version != null,
  };
}

/** Nothing was sent on the connection after this. */
const isLast = ({ stream, range }: ExchangeStream): boolean => stream.bytes.length <= range.end;

type ToMs = (nanoseconds: number) => number;

function sentSeries(exchange: Exchange, at: ToMs): TimelineSeries[] {
  const up = streamOf(exchange, 'up');
  if (!up) return [];
  const operations = operationsWithin(up.stream, up.range);
  const from = operations[0]?.at;
  if (from === undefined) return [];
  const handed: TimelinePoint[] = [{ at: at(from), bytes: 0 }];
  const accepted: TimelinePoint[] = [{ at: at(from), bytes: 0 }];
  for (const operation of operations) {
    handed.push({ at: at(operation.at), bytes: Math.min(operation.range.end, up.range.end) - up.range.start });
    const taken = operation.error === null ? operation.result : null;
    if (taken !== null) {
      const end = Math.min(operation.range.start + taken, up.range.end);
      accepted.push({ at: at(endOf(operation)), bytes: end - up.range.start });
    } else if (exchange.bytes.accepted.value !== null && operation === operations.at(-1)) {
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

function receivedSeries(exchange: Exchange, at: ToMs): TimelineSeries[] {
  const down = streamOf(exchange, 'down');
  if (!down) return [];
  const operations = operationsWithin(down.stream, down.range).filter(({ peek }) => !peek);
  const points = operations.map((operation) => ({
    at: at(endOf(operation)),
    bytes: Math.max(0, Math.min(operation.range.end, down.range.end) - down.range.start),
  }));
  const first = points[0];
  return first ? [{ name: 'received', points: [{ at: first.at, bytes: 0 }, ...points] }] : [];
}

function marksOf(exchange: Exchange, at: ToMs): TimelineMark[] {
  const { response, failure, socket, raised } = exchange;
  const marks: TimelineMark[] = [];
  if (response) {
    const known = failure !== null && response.arrivedBeforeFailure !== null;
    const arrived = known
      ? failure.at + failure.duration - (response.arrivedBeforeFailure as number)
      : response.beganAt;
    marks.push({ kind: 'reply', at: at(arrived), text: `reply ${statusLine(response)}`, derived: known });
  }
  if (failure) {
    const error = nameError((failure.error ?? raised)[0]);
    marks.push({
      kind: 'error',
      at: at(failure.at + failure.duration),
      text: `${error} in ${failure.operation}`,
      derived: false,
    });
  }
  const up = streamOf(exchange, 'up');
  if (socket?.close && (!up || isLast(up)))
    marks.push({ kind: 'close', at: at(socket.close.at), text: socket.close.how, derived: false });
  return marks;
}

/** Every n-th point, and always the last one: cumulative curves lose detail that way, never height. */
function thinned(points: readonly TimelinePoint[]): readonly TimelinePoint[] {
  const each = Math.ceil(points.length / MAX_POINTS);
  return each <= 1 ? points : points.filter((_, index) => index % each === 0 || index === points.length - 1);
}
