/** `readMemory`: the recorded bytes of one direction of a connection, as they stand in the capture. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { ByteRange } from '../../../base/byteRange';
import type { Exchange, Message } from '../../../decode/exchange';
import type { Direction, Stream } from '../../../wire/model';
import type { ExchangeLookup } from '../recordedExchanges';

const SCHEME = 'framewire';
/** Bytes given at once, at most. */
const MOST = 1 << 20;

/** The stream that the program itself writes or reads: plaintext when there is TLS. */
export function programStream(exchange: Exchange, direction: Direction): Stream | null {
  const layer = exchange.tls ? 'tls' : 'wire';
  return exchange.socket?.streams.find((each) => each.direction === direction && each.layer === layer) ?? null;
}

/** Refers to a message from its first byte to the last that is known. */
export const memoryReference = (exchange: Exchange, direction: Direction): string =>
  `${SCHEME}:${direction}:${exchange.id}`;

/**
 * Memory is the message of the exchange; where none was decoded, the whole stream.
 * @throws Error for the user
 */
export async function readMemory(
  recorded: Pick<ExchangeLookup, 'exchange'>,
  { memoryReference: reference, offset = 0, count }: DebugProtocol.ReadMemoryArguments,
): Promise<NonNullable<DebugProtocol.ReadMemoryResponse['body']>> {
  const [, direction, id] = /^framewire:(up|down):(.+)$/s.exec(reference) ?? [];
  if (!id) throw new Error(`There is no recorded memory ${reference}.`);
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(count) || count < 0) {
    throw new Error('"offset" and "count" must be whole numbers.');
  }
  const exchange = await recorded.exchange(id);
  const stream = exchange && programStream(exchange, direction as Direction);
  if (!exchange || !stream) throw new Error(`There is no recorded memory ${reference}.`);
  const whole = extent(direction === 'up' ? exchange.request : exchange.response, stream);
  const address = `0x${Math.max(0, offset).toString(16)}`;
  if (offset < 0) return { address, unreadableBytes: count };
  const start = Math.min(whole.end, whole.start + offset);
  const range = new ByteRange(start, Math.min(whole.end, start + Math.min(count, MOST)));
  const bytes = range.isEmpty ? new Uint8Array() : await stream.bytes.read(range);
  const missing = Math.min(count, MOST) - bytes.length;
  return {
    address,
    ...(bytes.length > 0 ? { data: Buffer.from(bytes).toString('base64') } : {}),
    ...(missing > 0 ? { unreadableBytes: missing } : {}),
  };
}

function extent(message: Message | null, stream: Stream): ByteRange {
  if (!message) return new ByteRange(0, stream.bytes.length);
  const { headRange: head, bodyRange: body } = message;
  return new ByteRange(head.start, Math.max(head.end, body.end));
}
