/**
 * The kernel's figures for a TCP socket, from the structures as the systems return them.
 *
 * Linux: `struct tcp_info`, include/uapi/linux/tcp.h. macOS: `struct tcp_connection_info`, netinet/tcp.h.
 */
import { COUNTERS_HEADER_SIZE, type RawRecord, readU64 } from './format';
import type { Counters } from './model';

const MOMENTS: Readonly<Record<number, Counters['moment']>> = {
  1: 'connected',
  2: 'handshake',
  3: 'reply',
  4: 'failed',
  5: 'closing',
  6: 'sampled',
};

const LINUX_STATES = [
  null,
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECEIVED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
];
const BSD_STATES = [
  'CLOSE',
  'LISTEN',
  'SYN_SENT',
  'SYN_RECEIVED',
  'ESTABLISHED',
  'CLOSE_WAIT',
  'FIN_WAIT_1',
  'CLOSING',
  'LAST_ACK',
  'FIN_WAIT_2',
  'TIME_WAIT',
];

type Figures = Omit<Counters, 'at' | 'moment' | 'unread'>;

/** The id of the socket that a record tells of, 0 for one that is too short. */
export const countersSocket = ({ bytes }: RawRecord): number =>
  bytes.length < COUNTERS_HEADER_SIZE ? 0 : bytes.readUInt32LE(16);

/** `null` for a record that is too short or of an unknown moment. */
export function parseCounters(record: RawRecord): Counters | null {
  const { bytes } = record;
  if (bytes.length < COUNTERS_HEADER_SIZE) return null;
  const moment = MOMENTS[bytes[21] as number];
  if (!moment) return null;
  const unread = bytes.readInt32LE(24);
  const structure = bytes.subarray(COUNTERS_HEADER_SIZE);
  const figures = bytes[20] === 1 ? linux(structure) : bytes[20] === 2 ? macos(structure) : UNKNOWN;
  return { at: record.at, moment, unread: unread < 0 ? null : unread, ...figures };
}

const UNKNOWN: Figures = {
  state: null,
  accepted: null,
  acknowledged: null,
  received: null,
  retransmits: null,
  rttMicroseconds: null,
  lastDataReceivedMs: null,
};

/** An older kernel returns a shorter structure: what lies beyond its end is unknown. */
function linux(info: Buffer): Figures {
  const u32 = (at: number) => (info.length >= at + 4 ? info.readUInt32LE(at) : null);
  const u64 = (at: number) => (info.length >= at + 8 ? readU64(info, at) : null);
  const acked = u64(120);
  const unsent = u32(144);
  const sent = u64(200);
  const resent = u64(208);
  const accepted = sent !== null && resent !== null && unsent !== null ? Math.max(0, sent - resent + unsent) : null;
  // tcpi_bytes_acked counts the SYN, and the FIN once it is acknowledged: neither is a byte that was handed over
  const acknowledged = acked === null ? null : Math.min(Math.max(0, acked - 1), accepted ?? Number.MAX_SAFE_INTEGER);
  return {
    state: LINUX_STATES[info[0] ?? 0] ?? null,
    accepted,
    acknowledged,
    received: u64(128),
    retransmits: u32(100),
    rttMicroseconds: u32(68),
    lastDataReceivedMs: u32(52),
  };
}

/**
 * macOS tells bytes sent and bytes left in the send buffer, where those in flight count as left: what was acknowledged
 * is only certain while the buffer is empty and the connection stands (a reset empties the buffer, too).
 */
function macos(info: Buffer): Figures {
  if (info.length < 112) return { ...UNKNOWN, state: BSD_STATES[info[0] ?? -1] ?? null };
  const state = BSD_STATES[info[0] as number] ?? null;
  const buffered = info.readUInt32LE(32);
  const sent = Math.max(0, readU64(info, 64) - readU64(info, 72));
  const certain = buffered === 0 && state !== 'CLOSE' && state !== null;
  return {
    state,
    accepted: certain ? sent : null,
    acknowledged: certain ? sent : null,
    received: readU64(info, 88),
    retransmits: readU64(info, 104),
    rttMicroseconds: info.readUInt32LE(44) * 1000,
    lastDataReceivedMs: null,
  };
}
