/** TCP segments in IP packets, with the checksums that they would have had. */

export interface Endpoint {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly port: number;
}

export interface Segment {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly sequence: number;
  /** null without the flag ACK. */
  readonly acknowledgment: number | null;
  readonly flags: { readonly syn?: boolean; readonly fin?: boolean; readonly rst?: boolean };
  readonly payload: Uint8Array;
  /** Bytes that there were of the payload: more than are there when they were not recorded. */
  readonly length: number;
}

/** Payload of one packet at most: with either header it fits the 16 bits of a length. */
export const MAX_PAYLOAD = 65_000;
/** The largest segment is that of a loopback; with NOP and window scale 14 no window is ever full. */
const SYN_OPTIONS = Buffer.from([2, 4, 0xff, 0xd7, 1, 3, 3, 14]);

/** @returns the packet as far as it is there, and the length that its header tells */
export function ipPacket(segment: Segment): { readonly bytes: Uint8Array; readonly length: number } {
  const { from, to, payload, length } = segment;
  const tcp = tcpHeader(segment);
  const total = tcp.length + length;
  // of what is not there no sum can be made
  if (payload.length === length) {
    tcp.writeUInt16BE(checksum(Buffer.concat([pseudoHeader(from, to, total), tcp, payload])), 16);
  }
  const ip = from.address.length === 4 ? ipv4Header(from, to, total) : ipv6Header(from, to, total);
  return { bytes: Buffer.concat([ip, tcp, payload]), length: ip.length + total };
}

function tcpHeader({ from, to, sequence, acknowledgment, flags, length }: Segment): Buffer {
  const options = flags.syn ? SYN_OPTIONS : Buffer.alloc(0);
  const header = Buffer.alloc(20);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt32BE(sequence >>> 0, 4);
  header.writeUInt32BE((acknowledgment ?? 0) >>> 0, 8);
  header[12] = ((20 + options.length) / 4) << 4;
  header[13] =
    (flags.fin ? 1 : 0) |
    (flags.syn ? 2 : 0) |
    (flags.rst ? 4 : 0) |
    (length > 0 ? 8 : 0) |
    (acknowledgment === null ? 0 : 16);
  header.writeUInt16BE(0xffff, 14);
  return Buffer.concat([header, options]);
}

function ipv4Header(from: Endpoint, to: Endpoint, length: number): Buffer {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(20 + length, 2);
  header[6] = 0x40; // do not fragment
  header[8] = 64;
  header[9] = 6;
  header.set(from.address, 12);
  header.set(to.address, 16);
  header.writeUInt16BE(checksum(header), 10);
  return header;
}

function ipv6Header(from: Endpoint, to: Endpoint, length: number): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(length, 4);
  header[6] = 6;
  header[7] = 64;
  header.set(from.address, 8);
  header.set(to.address, 24);
  return header;
}

function pseudoHeader(from: Endpoint, to: Endpoint, length: number): Buffer {
  const tail = Buffer.alloc(8);
  tail.writeUInt32BE(length, 0);
  tail[7] = 6;
  return Buffer.concat([from.address, to.address, tail]);
}

/** RFC 1071. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** "127.0.0.1", "::1", "fe80::1%eth0": 4 or 16 bytes; null for what is no address. */
export function addressBytes(text: string): Uint8Array | null {
  const plain = text.replace(/%.*$/, '');
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(plain);
  if (four) {
    const bytes = four.slice(1).map(Number);
    return bytes.every((byte) => byte < 256) ? Uint8Array.from(bytes) : null;
  }
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  const tail = mapped && addressBytes(mapped[2] as string);
  if (mapped && !tail) return null;
  const hex = (at: number) => (((tail?.[at] ?? 0) << 8) | (tail?.[at + 1] ?? 0)).toString(16);
  return sixteenBytes(mapped ? `${mapped[1]}${hex(0)}:${hex(2)}` : plain);
}

function sixteenBytes(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return null;
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const zeros = 8 - before.length - after.length;
  if (halves.length === 2 ? zeros < 0 : zeros !== 0) return null;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
  const bytes = new Uint8Array(16);
  for (const [index, group] of groups.entries()) {
    const value = Number.parseInt(group, 16);
    bytes[2 * index] = value >> 8;
    bytes[2 * index + 1] = value & 0xff;
  }
  return bytes;
}
