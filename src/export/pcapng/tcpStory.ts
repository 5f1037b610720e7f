/** What happened on a connection, as the TCP events that it stands for: as the capture knows it, and nothing more. */
import { ByteRange } from '../../base/byteRange';
import { RangeSet } from '../../base/rangeSet';
import { countBytes } from '../../decode/counts';
import { peerEndOf } from '../../decode/failure';
import { initiatorOf } from '../../decode/initiator';
import { endOf, failed } from '../../decode/operations';
import { nameError } from '../../diagnosis/classify';
import { bytes } from '../../diagnosis/wording';
import type { Direction, Frame, IoOperation, Socket, Stream } from '../../wire/model';
import { isEndOfStream } from '../../wire/operation';

type Frames = (stackId: number) => readonly Frame[];

export interface TcpEvent {
  /** Monotonic nanoseconds. */
  readonly at: number;
  readonly kind: 'syn' | 'syn-ack' | 'ack' | 'data' | 'fin' | 'rst' | 'note';
  readonly direction: Direction;
  readonly comments: readonly string[];
  /** Of data: where it lies in its stream, and how much of the direction was sent before that stream. */
  readonly data?: { readonly stream: Stream; readonly range: ByteRange; readonly base: number };
  /** Of an `ack`: bytes of the other direction that are confirmed. */
  readonly confirmed?: number;
}

/** In the order of time; bytes of a direction in theirs. */
export function tcpStory(socket: Socket, frames: Frames): TcpEvent[] {
  const up = layersOf(socket, 'up').flatMap(({ stream, base }) => sentOn(socket, stream, base, frames));
  const down = layersOf(socket, 'down').flatMap(({ stream, base }) => receivedOn(stream, base, frames));
  const opening = handshake(socket, [...up, ...down]);
  const confirmed = confirmations(socket);
  const before = [...up, ...down, ...confirmed];
  return [...opening, ...before, ...endings(socket, before)].sort((a, b) => a.at - b.at);
}

/** What was said before TLS, and then what is inside it: ciphertext is left out. */
function layersOf(socket: Socket, direction: Direction): { readonly stream: Stream; readonly base: number }[] {
  const of = (layer: 'wire' | 'tls') =>
    socket.streams.find((one) => one.layer === layer && one.direction === direction);
  const [wire, tls] = [of('wire'), of('tls')];
  const since = socket.tls?.at ?? Number.POSITIVE_INFINITY;
  const plain: Stream | undefined = wire && {
    layer: wire.layer,
    direction,
    bytes: wire.bytes,
    receivedByProgram: wire.receivedByProgram,
    operations: wire.operations.filter(({ at }) => at < since),
  };
  const before = plain?.operations.reduce((end, { range }) => Math.max(end, range.end), 0) ?? 0;
  return [
    ...(plain && plain.operations.length > 0 ? [{ stream: plain, base: 0 }] : []),
    ...(tls ? [{ stream: tls, base: before }] : []),
  ];
}

function sentOn(socket: Socket, stream: Stream, base: number, frames: Frames): TcpEvent[] {
  const handed = stream.operations.reduce((end, { range }) => Math.max(end, range.end), 0);
  const accepted = countBytes(socket, stream, new ByteRange(0, handed)).bytes.accepted.value;
  const broken = stream.operations.find((one) => one.pending || one.error !== null || one.result === null);
  // what the kernel took is a fact or unknown; what a call that failed was handed is none
  const end = accepted ?? broken?.range.start ?? handed;
  let sent = 0;
  return stream.operations.map((operation): TcpEvent => {
    const range = new ByteRange(Math.min(operation.range.start, end), Math.min(operation.range.end, end));
    const fresh = new ByteRange(Math.min(Math.max(range.start, sent), range.end), range.end);
    sent = Math.max(sent, range.end);
    const comments = described(operation, frames);
    const left = operation.range.end - Math.max(range.end, operation.range.start);
    if (left > 0) {
      const why =
        accepted === null ? 'it is not known how many of them the kernel accepted' : 'never accepted by the kernel';
      comments.push(`${bytes(left)} of what was handed over are not in this file: ${why}.`);
    }
    const data = fresh.isEmpty ? {} : { data: { stream, range: fresh, base } };
    return { at: operation.at, kind: fresh.isEmpty ? 'note' : 'data', direction: 'up', comments, ...data };
  });
}

function receivedOn(stream: Stream, base: number, frames: Frames): TcpEvent[] {
  const seen = new RangeSet();
  return stream.operations.flatMap((operation): TcpEvent[] => {
    const fresh = seen.missing(operation.range);
    seen.add(operation.range);
    const at = operation.lastWords ? operation.at : endOf(operation);
    const comments = operation.lastWords ? lastWords(stream, operation) : described(operation, frames);
    if (fresh.length === 0) return failed(operation) ? [{ at, kind: 'note', direction: 'up', comments }] : [];
    return fresh.map((range) => ({ at, kind: 'data', direction: 'down', comments, data: { stream, range, base } }));
  });
}

function lastWords({ receivedByProgram }: Stream, { range }: IoOperation): string[] {
  const later = receivedByProgram.some((one) => one.start <= range.start && one.end >= range.end);
  return [
    later
      ? 'Looked at by the recorder; the program read it later.'
      : 'Never read by the program: found in the receive buffer.',
  ];
}

/** The call, its lines and its error. */
function described(operation: IoOperation, frames: Frames): string[] {
  const { op, handed, calls, direction, error, stackId } = operation;
  const times = calls === 1 ? '' : ` in ${calls} calls`;
  const size = direction === 'up' ? `, ${bytes(handed)} handed over${times}` : times;
  return [
    `${op}${size}${placesOf(frames(stackId))}`,
    ...(error === null ? [] : [`${nameError(error[0])} in ${op}`]),
    ...(operation.pending ? [`${op} had not come back when the recording ended.`] : []),
  ];
}

/** " by upload.py:14 main (http/client.py:998 send)": the user's line, and the innermost one. */
export function placesOf(stack: readonly Frame[]): string {
  const [inner] = stack;
  if (!inner) return '';
  const own = stack[initiatorOf(stack)];
  return own && own !== inner ? ` by ${place(own)}, through ${place(inner)}` : ` by ${place(inner)}`;
}

const place = (frame: Frame): string => `${frame.file}:${frame.line} ${frame.function}`;

function handshake({ connects, tls, counters }: Socket, data: readonly TcpEvent[]): TcpEvent[] {
  return connects.flatMap((connect): TcpEvent[] => {
    const { at, duration, result, host, error, stack } = connect;
    const comments = [
      `connect${host === null ? '' : ` to ${host}`}${placesOf(stack)}`,
      ...(connect.localPort === null
        ? ['The port on this side is not known: the one here only tells connections apart.']
        : []),
      ...(error === null ? [] : [`${nameError(error[0])} in connect`]),
    ];
    const syn: TcpEvent = { at, kind: 'syn', direction: 'up', comments };
    if (result === 'failed') {
      const refused = /REFUSED/.test(error?.[0].errnoName ?? '');
      return refused ? [syn, { at: at + duration, kind: 'rst', direction: 'down', comments: [] }] : [syn];
    }
    const later = [tls?.at, counters[0]?.at, ...data.map((one) => one.at)].filter((one) => one !== undefined);
    if (result === 'in-progress' && later.length === 0) return [syn];
    const opened = result === 'connected' ? at + duration : Math.min(...later.filter((one) => one >= at));
    const about = tls?.version
      ? [
          `${tls.version}, ${tls.cipher ?? 'cipher not known'}: this file has the plaintext in place of the TLS records.`,
        ]
      : [];
    const answer: TcpEvent = { at: opened, kind: 'syn-ack', direction: 'down', comments: about };
    return [syn, answer, { at: opened, kind: 'ack', direction: 'up', comments: [] }];
  });
}

/** What the peer is known to have confirmed. Inside TLS the kernel counts ciphertext, and only the last word is computed. */
function confirmations(socket: Socket): TcpEvent[] {
  const [last] = layersOf(socket, 'up').slice(-1);
  if (!last) return [];
  const ack = (at: number, confirmed: number, how: string): TcpEvent => ({
    at,
    kind: 'ack',
    direction: 'down',
    comments: [`${bytes(confirmed)} acknowledged by the peer, ${how}.`],
    confirmed,
  });
  if (last.stream.layer === 'tls') {
    const whole = new ByteRange(0, last.stream.bytes.length);
    const { value } = countBytes(socket, last.stream, whole).bytes.acknowledged;
    const at = socket.counters.findLast(({ acknowledged }) => acknowledged !== null)?.at;
    return value && at !== undefined ? [ack(at, last.base + value, 'computed from the sizes of TLS records')] : [];
  }
  let known = 0;
  return socket.counters.flatMap(({ at, acknowledged }) => {
    if (acknowledged === null || acknowledged <= known) return [];
    known = acknowledged;
    return [ack(at, acknowledged, "by the kernel's counters")];
  });
}

/** What came before the end is told before it, whenever it was looked at. */
function endings(socket: Socket, before: readonly TcpEvent[]): TcpEvent[] {
  const operations = socket.streams.flatMap((one) => [...one.operations]);
  const lastData = Math.max(0, ...before.filter(({ direction }) => direction === 'down').map(({ at }) => at));
  const end = peerEndOf(socket, operations);
  const events: TcpEvent[] = [];
  const peer = (kind: 'fin' | 'rst', at: number, comments: string[]) =>
    events.push({ at: Math.max(at, lastData), kind, direction: 'down', comments });
  const close = socket.close?.how === 'detach' ? null : socket.close;
  const seen = operations.find(isEndOfStream);
  if (end === 'reset') {
    const broken = operations.find(failed);
    peer('rst', broken ? endOf(broken) : (close?.at ?? lastData), ['The peer had reset the connection.']);
    return events;
  }
  if (seen) peer('fin', endOf(seen), []);
  else if (end === 'fin')
    peer('fin', socket.counters.at(-1)?.at ?? lastData, ["The kernel's state says that the peer has closed."]);
  const shut = socket.shutdowns.find(({ how, error }) => how !== 'read' && how !== 'tls' && error === null);
  if (shut) events.push({ at: shut.at, kind: 'fin', direction: 'up', comments: ['shutdown'] });
  if (!close || socket.connects.every(({ result }) => result === 'failed')) return events;
  const unread = socket.counters.findLast(({ moment }) => moment === 'closing')?.unread ?? 0;
  const closing = { at: Math.max(close.at, lastData), direction: 'up' as const };
  if (unread > 0)
    events.push({
      ...closing,
      kind: 'rst',
      comments: [`close with ${bytes(unread)} unread: the kernel resets the connection.`],
    });
  else if (!shut)
    events.push({ ...closing, kind: 'fin', comments: [close.how === 'close' ? 'close' : `closed: ${close.how}`] });
  return events;
}
