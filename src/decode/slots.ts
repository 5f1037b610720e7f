/** The exchanges of one connection before they are told in full: which request goes with which reply, on which layer. */
import { ByteRange } from '../base/byteRange';
import type { IoOperation, Socket } from '../wire/model';
import type { HttpConnection } from './httpConnection';
import type { DecodedMessage } from './messageStream';
import { operationsWithin } from './operations';

export interface Slot {
  /** `null` when nothing was sent or received: a connection that failed or was not used. */
  readonly layer: HttpConnection | null;
  readonly request: DecodedMessage | null;
  readonly response: DecodedMessage | null;
  /** The first request that has no response. */
  readonly unanswered: boolean;
  /** Nothing follows on this connection (so far). */
  readonly last: boolean;
  /** In the stream that the program writes, what was handed over for this exchange. */
  readonly up: ByteRange;
  /** In the stream that the program reads, what belongs to this exchange. */
  readonly down: ByteRange;
}

/**
 * The exchanges on a connection as far as it has been decoded, in order; one that was never used has one, too. Each is
 * made when it is asked for: a connection may carry a hundred thousand.
 */
export class ConnectionSlots {
  readonly count: number;
  private readonly onWire: number;
  private readonly onTls: number;

  constructor(
    socket: Socket,
    private readonly wire: HttpConnection,
    private readonly tls: HttpConnection,
  ) {
    this.onWire = countOn(wire, !tls.used && socket.tls?.dataOffset == null);
    this.onTls = countOn(tls, true);
    const unused = !tls.used && (this.onWire === 0 || socket.tls?.error);
    this.count = this.onWire + this.onTls + (unused ? 1 : 0);
  }

  at(index: number): Slot | null {
    if (index < 0 || index >= this.count) return null;
    const last = index === this.count - 1;
    if (index < this.onWire) return slotOn(this.wire, index, last);
    const inside = index - this.onWire;
    return inside < this.onTls ? slotOn(this.tls, inside, last) : EMPTY;
  }
}

const EMPTY: Slot = {
  layer: null,
  request: null,
  response: null,
  unanswered: false,
  last: true,
  up: ByteRange.empty,
  down: ByteRange.empty,
};

/** @param raw whether a layer without HTTP makes an exchange; what came before a STARTTLS does not, nor does ciphertext */
function countOn(layer: HttpConnection, raw: boolean): number {
  if (!layer.used) return 0;
  return Math.max(layer.requests.length, layer.responses.length) || (raw ? 1 : 0);
}

function slotOn(layer: HttpConnection, index: number, last: boolean): Slot {
  const { requests, responses } = layer;
  const [upLength, downLength] = [layer.up?.bytes.length ?? 0, layer.down?.bytes.length ?? 0];
  const request = requests[index] ?? null;
  const response = responses[index] ?? null;
  if (!request && !response) {
    return { ...EMPTY, layer, last, up: new ByteRange(0, upLength), down: new ByteRange(0, downLength) };
  }
  const nextRequest = requests[index + 1]?.head.range.start ?? upLength;
  const downStart = index === 0 ? 0 : (responses[index - 1]?.body.end ?? downLength);
  const downEnd = responses[index + 1] ? (response?.body.end ?? downLength) : downLength;
  return {
    layer,
    request,
    response,
    unanswered: index === responses.length,
    last,
    up: request ? new ByteRange(request.head.range.start, requestEnd(request, nextRequest)) : emptyAt(upLength),
    down: new ByteRange(Math.min(downStart, downEnd), downEnd),
  };
}

/** What follows a tunnel's or an upgrade's request belongs to it; so does a body that could not be decoded. */
const requestEnd = (request: DecodedMessage, next: number) =>
  Math.max(request.complete ? request.body.end : next, request.head.range.start);

const emptyAt = (offset: number) => new ByteRange(offset, offset);

export interface SlotOperations {
  readonly up: readonly IoOperation[];
  readonly down: readonly IoOperation[];
}

/**
 * The operations of a slot. Those that moved no byte stand at a bound between two exchanges: they belong to the one
 * during which they happened.
 *
 * @param nextBeganAt when the next exchange of the connection began; `Infinity` when there is none
 */
export function slotOperations(slot: Slot, nextBeganAt: number): SlotOperations {
  const up = operationsWithin(slot.layer?.up ?? null, slot.up).filter((one) => !one.range.isEmpty || slot.up.isEmpty);
  const began = up[0]?.at ?? 0;
  const down = operationsWithin(slot.layer?.down ?? null, slot.down).filter(
    (one) => !one.range.isEmpty || (one.at >= began && one.at < nextBeganAt),
  );
  return { up, down };
}
