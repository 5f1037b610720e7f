/** The byte counts of a whole connection, while it lives and afterwards. */
import { ByteRange } from '../base/byteRange';
import type { Socket, Stream } from '../wire/model';
import { countBytes } from './counts';
import type { ByteCounts, Count } from './exchange';

/** What the program itself wrote: with TLS its plaintext, and what came before TLS in the clear. */
export function countSocket(socket: Socket): ByteCounts {
  const counts = programStreams(socket, 'up').map((up) => {
    return countBytes(socket, up, new ByteRange(0, up.bytes.length), true).bytes;
  });
  return {
    handed: sum(counts.map(({ handed }) => handed)),
    accepted: sum(counts.map(({ accepted }) => accepted)),
    acknowledged: sum(counts.map(({ acknowledged }) => acknowledged)),
  };
}

/** Bytes that came, last words included, on the program's own layer. */
export function receivedBytes(socket: Socket): number {
  return programStreams(socket, 'down').reduce((total, { bytes }) => total + bytes.length, 0);
}

/** Ciphertext that goes through the socket's own layer is not what the program wrote. */
function programStreams(socket: Socket, direction: Stream['direction']): Stream[] {
  const ciphertext = socket.tls?.dataOffset != null;
  return socket.streams.filter((one) => one.direction === direction && (one.layer === 'tls' || !ciphertext));
}

function sum(counts: readonly Count[]): Count {
  const unknown = counts.some(({ value }) => value === null);
  return {
    value: unknown ? null : counts.reduce((total, { value }) => total + (value ?? 0), 0),
    derived: counts.some(({ derived }) => derived),
    atLeast: counts.some(({ atLeast }) => atLeast),
  };
}
