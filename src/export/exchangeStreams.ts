/** Which streams of a socket, and which part of each, belong to an exchange. */
import { ByteRange } from '../base/byteRange';
import type { Exchange } from '../decode/exchange';
import { operationsWithin } from '../decode/operations';

import type { Direction, IoOperation, Stream } from '../wire/model';

export interface ExchangeStream {
  readonly stream: Stream;
  /** The exchange's part of it, as far as it was seen. */
  readonly range: ByteRange;
}

/** null when the exchange moved no byte in that direction. */
export function streamOf(exchange: Exchange, direction: Direction): ExchangeStream | null {
  const candidates = exchange.socket?.streams.filter((one) => one.direction === direction) ?? [];
  const wanted = exchange.tls?.version ? 'tls' : 'wire';
  // a proxy's CONNECT is spoken before there is TLS, on the same socket
  const spoken = exchange.scheme === 'http' || exchange.scheme === 'tcp' ? 'wire' : wanted;
  const stream = candidates.find((one) => one.layer === spoken) ?? null;
  const range = stream && rangeOf(exchange, stream);
  return stream && range && !range.isEmpty ? { stream, range } : null;
}

function rangeOf({ request, response, index }: Exchange, { direction, bytes }: Stream): ByteRange | null {
  if (direction === 'up') {
    if (request) return new ByteRange(request.headRange.start, Math.max(request.headRange.end, request.bodyRange.end));
  } else if (response) {
    // interim replies come before the final one
    const start = response.interim.length > 0 && index === 0 ? 0 : response.headRange.start;
    return new ByteRange(start, Math.max(response.headRange.end, response.bodyRange.end));
  }
  const isHttp = request !== null || response !== null;
  return isHttp || index > 0 ? null : new ByteRange(0, bytes.length);
}

/** The calls of both directions that touched the exchange's bytes, and receives that returned nothing; in order of time. */
export function operationsOf(exchange: Exchange): IoOperation[] {
  const found = (['up', 'down'] as const).flatMap((direction) => {
    const own = streamOf(exchange, direction);
    return own ? operationsWithin(own.stream, own.range) : failedReceives(exchange, direction);
  });
  return found.sort((a, b) => a.at - b.at);
}

/** Receives that failed or found the end before any byte of a reply. */
function failedReceives(exchange: Exchange, direction: Direction): readonly IoOperation[] {
  if (direction === 'up' || exchange.response) return [];
  const stream = exchange.socket?.streams.find(
    (one) => one.direction === 'down' && one.layer === (exchange.tls?.version ? 'tls' : 'wire'),
  );
  const from = exchange.request?.beganAt ?? exchange.beganAt;
  return stream?.operations.filter((operation) => operation.at >= from && operation.range.isEmpty).slice(0, 100) ?? [];
}
