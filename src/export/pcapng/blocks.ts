/** Blocks of a pcapng file (draft-ietf-opsawg-pcapng), little-endian. */

const BLOCK = { section: 0x0a0d0d0a, interface: 1, names: 4, packet: 6 } as const;
const OPTION = { end: 0, comment: 1, application: 4, interfaceName: 2, resolution: 9, packetFlags: 2 } as const;
/** Packets begin with an IP header of version 4 or 6. */
const LINK_RAW = 101;
/** A comment's length is 16 bits; nobody reads that much. */
const MAX_COMMENT = 4000;

type Option = readonly [code: number, value: Uint8Array];

export interface Packet {
  readonly interfaceId: number;
  /** Nanoseconds since the Unix epoch. */
  readonly at: bigint;
  /** What is there of it. */
  readonly bytes: Uint8Array;
  /** What there was of it. */
  readonly length: number;
  readonly outbound: boolean;
  readonly comments: readonly string[];
}

/** @param comments about the whole file */
export function sectionHeader(application: string, comments: readonly string[]): Buffer {
  const fixed = Buffer.alloc(16);
  fixed.writeUInt32LE(0x1a2b3c4d, 0);
  fixed.writeUInt16LE(1, 4);
  fixed.writeBigInt64LE(-1n, 8); // the section's length is not told
  return block(BLOCK.section, fixed, [
    ...comments.map(comment),
    [OPTION.application, Buffer.from(application)] as const,
  ]);
}

/** Times of its packets are nanoseconds. */
export function interfaceDescription(name: string): Buffer {
  const fixed = Buffer.alloc(8);
  fixed.writeUInt16LE(LINK_RAW, 0);
  return block(BLOCK.interface, fixed, [
    [OPTION.interfaceName, Buffer.from(name)],
    [OPTION.resolution, Buffer.from([9])],
  ]);
}

/** @param names by address, each of 4 or 16 bytes */
export function nameResolution(names: readonly (readonly [address: Uint8Array, name: string])[]): Buffer {
  const records = names.map(([address, name]) =>
    option([address.length === 4 ? 1 : 2, Buffer.concat([address, Buffer.from(`${name}\0`)])]),
  );
  return block(BLOCK.names, Buffer.concat([...records, option([0, Buffer.alloc(0)])]), []);
}

export function enhancedPacket({ interfaceId, at, bytes, length, outbound, comments }: Packet): Buffer {
  const fixed = Buffer.alloc(20);
  fixed.writeUInt32LE(interfaceId, 0);
  fixed.writeUInt32LE(Number(at >> 32n), 4);
  fixed.writeUInt32LE(Number(at & 0xffffffffn), 8);
  fixed.writeUInt32LE(bytes.length, 12);
  fixed.writeUInt32LE(length, 16);
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(outbound ? 2 : 1);
  return block(BLOCK.packet, Buffer.concat([fixed, padded(bytes)]), [
    ...comments.map(comment),
    [OPTION.packetFlags, flags] as const,
  ]);
}

const comment = (text: string): Option => [OPTION.comment, Buffer.from(text.slice(0, MAX_COMMENT))];

function block(type: number, body: Uint8Array, options: readonly Option[]): Buffer {
  const all = options.length === 0 ? [] : [...options.map(option), option([OPTION.end, Buffer.alloc(0)])];
  const content = Buffer.concat([body, ...all]);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(content.length + 12, 4);
  return Buffer.concat([head, content, head.subarray(4)]);
}

function option([code, value]: Option): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, padded(value)]);
}

/** To a multiple of four. */
const padded = (bytes: Uint8Array): Uint8Array =>
  bytes.length % 4 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - (bytes.length % 4))]);
