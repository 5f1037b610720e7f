/** Handed, accepted, acknowledged: what each of the three counts of an exchange is taken from. */
import type { ByteRange } from '../base/byteRange';
import type { Counters, IoOperation, Socket, Stream } from '../wire/model';
import type { ByteCounts, Count, Exchange } from './exchange';
import { endOf, operationsWithin } from './operations';
import { plaintextWithin, recordOverhead, wireLength, wireLengthBefore } from './tlsRecords';

export interface ExchangeCounts {
  readonly bytes: ByteCounts;
  readonly wireBytes: Exchange['wireBytes'];
}

const UNKNOWN: Count = { value: null, derived: false, atLeast: false };
const measured = (value: number): Count => ({ value, derived: false, atLeast: false });
const NOTHING_HANDED: ExchangeCounts = {
  bytes: { handed: measured(0), accepted: measured(0), acknowledged: measured(0) },
  wireBytes: { accepted: measured(0), acknowledged: measured(0) },
};
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));

/** A call that is one system call takes nothing when it fails; the others may have taken any part before. */
const ALL_OR_NOTHING = new Set(['send', 'sendto', 'sendmsg']);

/**
 * @param up the stream that the program writes
 * @param range the request in it, head and body, to the end of what was handed over
 * @param soFar take the kernel's last word on what was acknowledged although more was sent since: a lower bound
 */
export function countBytes(socket: Socket, up: Stream | null, range: ByteRange, soFar = false): ExchangeCounts {
  if (range.isEmpty) return NOTHING_HANDED;
  const operations = operationsWithin(up, range).filter((one) => one.range.overlaps(range));
  return up?.layer === 'tls'
    ? countTls(socket, up, operations, range, soFar)
    : countPlain(socket, operations, range, soFar);
}

function countPlain(
  socket: Socket,
  operations: readonly IoOperation[],
  range: ByteRange,
  soFar: boolean,
): ExchangeCounts {
  const handed = measured(range.length);
  const broken = operations.find(isUncertain);
  const taken = sumTaken(operations, range);
  const known = sinceConnect(socket);
  let accepted: Count;
  if (!broken || (ALL_OR_NOTHING.has(broken.op) && !broken.pending && !broken.partial)) {
    accepted = measured(taken);
  } else {
    const after = known ? countersAfterFailure(socket, broken, 'accepted') : null;
    accepted = after?.accepted != null ? measured(clamp(after.accepted - range.start, taken, range.length)) : UNKNOWN;
  }
  const acknowledged = known ? acknowledgedPlain(socket, operations, range, accepted, soFar) : UNKNOWN;
  return { bytes: { handed, accepted, acknowledged }, wireBytes: { accepted, acknowledged } };
}

function acknowledgedPlain(
  socket: Socket,
  operations: readonly IoOperation[],
  range: ByteRange,
  accepted: Count,
  soFar: boolean,
): Count {
  const last = lastCounters(socket, operations, 'acknowledged', soFar);
  if (last?.acknowledged == null) return UNKNOWN;
  const value = clamp(last.acknowledged - range.start, 0, accepted.value ?? range.length);
  return { value, derived: false, atLeast: mayHaveGrown(last, value, accepted) };
}

function countTls(
  socket: Socket,
  up: Stream,
  operations: readonly IoOperation[],
  range: ByteRange,
  soFar: boolean,
): ExchangeCounts {
  const handed = measured(range.length);
  const broken = operations.find(isUncertain);
  const taken = sumTaken(operations, range);
  const overhead = recordOverhead(socket.tls);
  const handshake = socket.counters.find((one) => one.moment === 'handshake');
  const inMemory = socket.tls?.dataOffset ?? null;
  const base = overhead === null ? undefined : inMemory !== null ? startOf(inMemory) : handshake;
  const wireBefore = overhead === null ? 0 : wireLengthBefore(up, range.start, overhead);
  const own = (total: number | null | undefined, start: number | null | undefined) =>
    total == null || start == null || overhead === null ? null : Math.max(0, total - start - wireBefore);
  const toPlaintext = (wire: number) => {
    const found = plaintextWithin(operations, wire, overhead ?? 0);
    const straddle = range.start - (operations[0]?.range.start ?? range.start); // of a write that began in the request before
    return { ...found, bytes: Math.max(0, found.bytes - Math.max(0, straddle)) };
  };

  let accepted: Count = measured(taken);
  let wireAccepted: Count =
    overhead === null ? UNKNOWN : { value: wireLength(operations, overhead), derived: true, atLeast: false };
  if (inMemory !== null) {
    // what TLS took went no further than memory: the kernel's part is told by the sends beneath
    const wire = own(acceptedBeneath(socket), inMemory);
    const plain = wire === null ? null : toPlaintext(wire);
    accepted = plain ? { value: clamp(plain.bytes, 0, range.length), derived: true, atLeast: !plain.exact } : UNKNOWN;
    wireAccepted = wire === null ? UNKNOWN : { ...wireAccepted, value: Math.min(wire, wireAccepted.value ?? wire) };
  } else if (broken) {
    const after = countersAfterFailure(socket, broken, 'accepted');
    const wire = own(after?.accepted, base?.accepted);
    accepted = UNKNOWN;
    wireAccepted = UNKNOWN;
    if (wire !== null) {
      const plain = toPlaintext(wire);
      accepted = { value: clamp(plain.bytes, taken, range.length), derived: true, atLeast: !plain.exact };
      wireAccepted = { value: wire, derived: wireBefore > 0, atLeast: false };
    }
  }

  const last =
    inMemory !== null && !sinceConnect(socket) ? null : lastCounters(socket, operations, 'acknowledged', soFar);
  const wire = own(last?.acknowledged, base?.acknowledged === null ? null : base?.accepted);
  if (!last || wire === null) {
    return {
      bytes: { handed, accepted, acknowledged: UNKNOWN },
      wireBytes: { accepted: wireAccepted, acknowledged: UNKNOWN },
    };
  }
  const ackedWire = Math.min(wire, wireAccepted.value ?? wire);
  const plain = toPlaintext(ackedWire);
  const value = clamp(plain.bytes, 0, accepted.value ?? range.length);
  const exact = plain.exact || value === accepted.value;
  return {
    bytes: {
      handed,
      accepted,
      acknowledged: { value, derived: true, atLeast: !exact || mayHaveGrown(last, value, accepted) },
    },
    wireBytes: {
      accepted: wireAccepted,
      acknowledged: {
        value: ackedWire,
        derived: wireBefore > 0,
        atLeast: mayHaveGrown(last, ackedWire, wireAccepted),
      },
    },
  };
}

/** Of a connection found open, the kernel counts bytes that were sent before. */
const sinceConnect = (socket: Socket): boolean => socket.connects.length > 0;

/** Where the application's bytes begin, in place of counters: both figures start there. */
const startOf = (offset: number) => ({ accepted: offset, acknowledged: offset });

/** Bytes of the socket's own layer that the kernel has taken, of a connection whose TLS is done in memory. */
function acceptedBeneath(socket: Socket): number | null {
  const operations = socket.streams.find((one) => one.layer === 'wire' && one.direction === 'up')?.operations ?? [];
  const taken = operations.reduce((end, one) => (isUncertain(one) ? end : Math.max(end, one.range.end)), 0);
  const broken = operations.find((one) => isUncertain(one) && (one.pending || !ALL_OR_NOTHING.has(one.op)));
  if (!broken) return taken;
  const after = sinceConnect(socket) ? countersAfterFailure(socket, broken, 'accepted') : null;
  return after?.accepted == null ? null : Math.max(taken, after.accepted);
}

/** Nobody has said how much of it was taken. */
function isUncertain(operation: IoOperation): boolean {
  return operation.pending || operation.error !== null || operation.result === null;
}

function sumTaken(operations: readonly IoOperation[], range: ByteRange): number {
  return operations.reduce((sum, one) => (isUncertain(one) ? sum : sum + one.range.intersect(range).length), 0);
}

/** The kernel's word on a send that failed: at the failure if it was asked then, else the next that it gave. */
function countersAfterFailure(socket: Socket, broken: IoOperation, figure: 'accepted'): Counters | null {
  const later = socket.counters.filter((one) => one.at >= broken.at && one[figure] !== null);
  return later.find((one) => one.moment === 'failed') ?? later.at(-1) ?? null;
}

/** The last word on all of these sends: one given before the last of them began does not speak of it. */
function lastCounters(
  socket: Socket,
  operations: readonly IoOperation[],
  figure: 'acknowledged',
  soFar: boolean,
): Counters | null {
  const last = operations.at(-1);
  if (!last) return null;
  const from = soFar ? 0 : isUncertain(last) ? last.at : endOf(last);
  return socket.counters.findLast((one) => one.at >= from && one[figure] !== null) ?? null;
}

/** A figure taken while the connection stood and bytes were under way is a lower bound of what was confirmed later. */
function mayHaveGrown(counters: Counters, value: number, accepted: Count): boolean {
  return value !== accepted.value && counters.moment !== 'failed' && counters.moment !== 'closing';
}
