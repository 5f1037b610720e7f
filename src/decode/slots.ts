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
  /** Nothing follows on this connection (so far). */
  readonly last: boolean;
  /** In the stream that the program writes, what was handed over for this exchange. */
  readonly up: ByteRange;
  /** In the stream that the program reads, what belongs to this exchange. */
  readonly down: ByteRange;
}

/** In order; a connection that was never used has one, too. */
export function slotsOf(socket: Socket, wire: HttpConnection, tls: HttpConnection): Slot[] {
  const slots = layerSlots(wire, !tls.used && socket.tls?.dataOffset == null);
  if (tls.used) slots.push(...layerSlots(tls, true));
  else if (slots.length === 0 || socket.tls?.error) slots.push(EMPTY);
  return slots.map((slot, index) => ({ ...slot, last: index === slots.length - 1 }));
}

const EMPTY: Slot = {
  layer: null,
  request: null,
  response: null,
  last: true,
  up: ByteRange.empty,
  down: ByteRange.empty,
};

/** @param raw whether a layer without HTTP makes an exchange; what came before a STARTTLS does not, nor does ciphertext */
function layerSlots(layer: HttpConnection, raw: boolean): Slot[] {
  if (!layer.used) return [];
  const { requests, responses } = layer;
  const [upLength, downLength] = [layer.up?.bytes.length ?? 0, layer.down?.bytes.length ?? 0];
  const count = Math.max(requests.length, responses.length);
  if (count === 0) {
    const whole = { up: new ByteRange(0, upLength), down: new ByteRange(0, downLength) };
    return raw ? [{ ...EMPTY, layer, ...whole }] : [];
  }
  return Array.from({ length: count }, (_, index): Slot => {
    const request = requests[index] ?? null;
    const response = responses[index] ?? null;
    const nextRequest = requests[index + 1]?.head.range.start ?? upLength;
    const downStart = index === 0 ? 0 : (responses[index - 1]?.body.end ?? downLength);
    const downEnd = responses[index + 1] ? (response?.body.end ?? downLength) : downLength;
    return {
      layer,
      request,
      response,
      last: false,
      up: request ? new ByteRange(request.head.range.start, requestEnd(request, nextRequest)) : emptyAt(upLength),
      down: new ByteRange(Math.min(downStart, downEnd), downEnd),
    };
  });
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
