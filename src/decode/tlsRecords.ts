/** How much plaintext a number of bytes on the wire stands for, from the sizes of TLS records. */
import { ByteRange } from '../base/byteRange';
import type { IoOperation, Stream, TlsHandshake } from '../wire/model';
import { MAX_TLS_PLAINTEXT } from '../wire/operation';

/**
 * Bytes that a record adds to its plaintext: header, content type or explicit nonce, and tag. `null` where it depends
 * on the content (CBC padding) or is not known.
 *
 * RFC 8446, 5.2; RFC 5288 (AES-GCM); RFC 6655 (AES-CCM); RFC 7905 (ChaCha20-Poly1305).
 */
export function recordOverhead(handshake: TlsHandshake | null): number | null {
  const { version = null, cipher = null } = handshake ?? {};
  if (version === null || cipher === null) return null;
  const tag = /CCM_?8/.test(cipher) ? 8 : /GCM|CCM|CHACHA20/.test(cipher) ? 16 : null;
  if (tag === null) return null;
  if (version === 'TLSv1.3') return 5 + 1 + tag;
  if (version === 'TLSv1.2') return /CHACHA20/.test(cipher) ? 5 + tag : 5 + 8 + tag;
  return null;
}

/** Bytes on the wire of everything that these sends put there. */
export function wireLength(operations: readonly IoOperation[], overhead: number): number {
  return operations.reduce((sum, one) => (one.error ? sum : sum + (one.result ?? 0) + one.tlsRecords * overhead), 0);
}

interface Sum {
  readonly operation: IoOperation;
  readonly calls: number;
  readonly index: number;
  readonly wire: number;
}
/** Where the last sum over a stream ended: exchanges are counted in order, each goes on from the one before. */
const sums = new WeakMap<Stream, Sum>();

/**
 * Bytes on the wire of the sends that end at or before `start`, an offset in the plaintext. A record never holds bytes
 * of two sends.
 */
export function wireLengthBefore(up: Stream, start: number, overhead: number): number {
  const known = sums.get(up);
  const goesOn =
    known &&
    known.operation.range.end <= start &&
    up.operations[known.index] === known.operation &&
    known.operation.calls === known.calls;
  let index = goesOn ? known.index + 1 : 0;
  let wire = goesOn ? known.wire : 0;
  for (; index < up.operations.length; index += 1) {
    const operation = up.operations[index] as IoOperation;
    if (operation.range.end > start) break;
    wire += wireLength([operation], overhead);
    sums.set(up, { operation, calls: operation.calls, index, wire });
  }
  return wire;
}

/** Whether the stream starts as TLS does: a handshake record (RFC 8446, 5.1). */
export async function beginsWithTls(up: Stream | null): Promise<boolean> {
  if (!up || up.bytes.length < 3) return false;
  const [type, major] = await up.bytes.read(new ByteRange(0, 3));
  return type === 0x16 && major === 3;
}

export interface Plaintext {
  readonly bytes: number;
  /** Whole records came out even: this is not only a lower bound. */
  readonly exact: boolean;
}

/** The plaintext in the first `wire` bytes that these sends, in this order, put on the wire. */
export function plaintextWithin(operations: readonly IoOperation[], wire: number, overhead: number): Plaintext {
  let left = wire;
  let bytes = 0;
  for (const operation of operations) {
    const size = operation.range.length;
    const records = operation.calls === 1 ? Math.ceil(size / MAX_TLS_PLAINTEXT) : operation.tlsRecords;
    const whole = size + records * overhead;
    if (left >= whole) {
      left -= whole;
      bytes += size;
      continue;
    }
    if (operation.calls > 1) return { bytes: bytes + Math.max(0, left - records * overhead), exact: left <= 0 };
    const full = Math.floor(left / (MAX_TLS_PLAINTEXT + overhead));
    return {
      bytes: bytes + full * MAX_TLS_PLAINTEXT,
      exact: left === full * (MAX_TLS_PLAINTEXT + overhead),
    };
  }
  return { bytes, exact: true };
}

/** Handshake and ChangeCipherSpec: what a client sends before it has an answer (RFC 8446, 5.1 and appendix D.4). */
const GREETING = new Set([0x16, 0x14]);
const MAX_GREETING = 64 << 10;

/** Whether all that was sent is the beginning of a handshake, to which no key belongs yet. */
export async function isOnlyGreeting(up: Stream | null): Promise<boolean> {
  const length = up?.bytes.length ?? 0;
  if (!up || length === 0 || length > MAX_GREETING) return false;
  for (let at = 0; at < length; ) {
    const [type = 0, , , high = 0, low = 0] = await up.bytes.read(new ByteRange(at, Math.min(at + 5, length)));
    const hello = type === 0x16 ? (await up.bytes.read(new ByteRange(at + 5, Math.min(at + 6, length))))[0] : null;
    // a handshake record with anything but a ClientHello: the answer has come, or its content is encrypted
    if (!GREETING.has(type) || (hello !== null && hello !== 1)) return false;
    at += 5 + ((high << 8) | low);
  }
  return true;
}
