/** The packets of one connection, with sequence numbers as TCP counts them. */
import { ByteRange } from '../../base/byteRange';
import type { Direction, Layer, Socket } from '../../wire/model';
import { addressBytes, type Endpoint, ipPacket, MAX_PAYLOAD } from './segment';
import type { TcpEvent } from './tcpStory';

export interface Secret {
  readonly direction: Direction;
  readonly layer: Layer;
  readonly range: ByteRange;
}

/** What is to be said at a byte of a stream. */
export interface Remark {
  readonly direction: Direction;
  readonly layer: Layer;
  readonly offset: number;
  readonly text: string;
}

export interface Annotations {
  readonly secrets: readonly Secret[];
  readonly remarks: readonly Remark[];
  /** On the first packet. */
  readonly first: readonly string[];
}

export interface BuiltPacket {
  /** Monotonic nanoseconds. */
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly outbound: boolean;
  readonly comments: readonly string[];
}

const MASKED_BYTE = 0x2a;

/** Both ends of a TCP connection; null where the peer's address is not known or none of IP. */
export function endpointsOf({ id, connects, type }: Socket): { readonly up: Endpoint; readonly down: Endpoint } | null {
  const connect = connects.at(-1);
  const peer = connect?.address == null ? null : addressBytes(connect.address);
  if (!connect || !peer || connect.port === null || !type.includes('SOCK_STREAM')) return null;
  const own = connect.localAddress === null ? null : addressBytes(connect.localAddress);
  const address = own?.length === peer.length ? own : new Uint8Array(peer.length);
  return { up: { address, port: connect.localPort ?? standIn(id) }, down: { address: peer, port: connect.port } };
}

/** A port for a side whose own is not known: one each, or connections at the same time would look like one. */
const standIn = (socket: number): number => 49_152 + (socket % 16_384);

export async function* connectionPackets(
  socket: Socket,
  ends: { readonly up: Endpoint; readonly down: Endpoint },
  story: readonly TcpEvent[],
  { secrets, remarks, first }: Annotations,
): AsyncGenerator<BuiltPacket> {
  // two connections of the same ports are told apart by where their numbers begin
  const initial = { up: Math.imul(socket.id, 0x9e3779b1) >>> 0, down: Math.imul(socket.id, 0x85ebca6b) >>> 0 };
  /** Numbers used up in each direction, the SYN's included; and bytes confirmed by the peer. */
  const used = { up: 0, down: 0 };
  let confirmed = 0;
  let clock = 0;
  let waiting: string[] = [...first];
  let last = 0;

  const packet = (
    { at, direction }: Pick<TcpEvent, 'at' | 'direction'>,
    flags: { syn?: boolean; fin?: boolean; rst?: boolean },
    comments: readonly string[],
    content: { at: number; payload: Uint8Array; length: number } = {
      at: used[direction],
      payload: new Uint8Array(),
      length: 0,
    },
  ): BuiltPacket => {
    const other = direction === 'up' ? 'down' : 'up';
    clock = Math.max(clock, at);
    const known = direction === 'up' ? used.down : Math.min(used.up, used.up === 0 ? 0 : confirmed + 1);
    const acknowledgment = used[other] === 0 ? null : initial[other] + known;
    const built = ipPacket({
      from: ends[direction],
      to: ends[other],
      sequence: initial[direction] + content.at,
      acknowledgment,
      flags,
      payload: content.payload,
      length: content.length,
    });
    const told = [...comments, ...waiting];
    waiting = [];
    return { at: clock, ...built, outbound: direction === 'up', comments: told };
  };

  for (const event of story) {
    const { kind, direction, comments, data } = event;
    last = event.at;
    if (kind === 'note') waiting.push(...comments);
    else if (kind === 'syn' || kind === 'syn-ack') {
      if (used[direction] > 0) continue; // a connect that is asked about again
      yield packet(event, { syn: true }, comments);
      used[direction] = 1;
    } else if (kind === 'fin' || kind === 'rst') {
      yield packet(event, { [kind]: true }, comments);
      used[direction] += kind === 'fin' ? 1 : 0;
    } else if (kind === 'ack') {
      const more = event.confirmed === undefined || Math.min(event.confirmed, used.up - 1) > confirmed;
      if (event.confirmed !== undefined) confirmed = Math.max(confirmed, Math.min(event.confirmed, used.up - 1));
      if (more) yield packet(event, {}, comments);
    } else if (data) {
      const { stream, range, base } = data;
      for (let start = range.start; start < range.end; start += MAX_PAYLOAD) {
        const part = new ByteRange(start, Math.min(range.end, start + MAX_PAYLOAD));
        const payload = new Uint8Array(await stream.bytes.read(part));
        mask(
          payload,
          part,
          secrets.filter((one) => one.direction === direction && one.layer === stream.layer),
        );
        const said = remarks.filter(
          (one) => one.direction === direction && one.layer === stream.layer && part.contains(one.offset),
        );
        const missing = part.length - payload.length;
        const content = { at: 1 + base + start, payload, length: part.length };
        const told = [
          ...said.map(({ text }) => text),
          ...(start === range.start ? comments : []),
          ...(missing > 0 ? [`${missing} bytes of this packet were not recorded: beyond the budget.`] : []),
        ];
        yield packet(event, {}, told, content);
        used[direction] = Math.max(used[direction], 1 + base + part.end);
      }
    }
  }
  if (waiting.length > 0) yield packet({ at: last, direction: 'up' }, {}, []);
}

function mask(payload: Uint8Array, part: ByteRange, secrets: readonly Secret[]): void {
  for (const { range } of secrets) {
    const here = range.intersect(part);
    if (!here.isEmpty) payload.fill(MASKED_BYTE, here.start - part.start, here.end - part.start);
  }
}
