/** The scope "Wire" of a stop: the exchange, three byte counts, the last bytes each way, the reply, the socket. */
import { ByteRange } from '../../../base/byteRange';
import type { Exchange, Header } from '../../../decode/exchange';
import { redact } from '../../../export/redact';
import type { WireStop } from '../../../messages/wireBreakpoints';
import type { Direction } from '../../../wire/model';
import { memoryReference, programStream } from './recordedMemory';
import { arrival, bodyText, breakpointLabel, printable } from './stopText';
import type { Value } from './variables';

/** Of the last bytes of a direction, so many are shown; all of them can be read as memory. */
const LAST = 96;

/** @param exchange the capture's view; null when it has none, then the probe's facts stand alone */
export async function wireValues(told: WireStop, exchange: Exchange | null): Promise<Value[]> {
  const values: Value[] = [{ name: 'stopped at', value: breakpointLabel(told) }];
  const request = requestValue(told, exchange);
  if (request) values.push(request);
  values.push(...counts(told, exchange));
  if (exchange) {
    for (const [direction, name] of [
      ['up', 'last bytes sent'],
      ['down', 'last bytes received'],
    ] as const) {
      const last = await lastBytes(exchange, direction, name);
      if (last) values.push(last);
    }
  }
  values.push(replyValue(told, exchange));
  const socket = socketValue(told, exchange);
  if (socket) values.push(socket);
  return values;
}

function requestValue({ exchange: facts }: WireStop, exchange: Exchange | null): Value | null {
  const request = exchange?.request ?? null;
  const method = request?.method ?? facts?.method ?? null;
  if (method === null) return null;
  const url = request ? redact.url(request.url) : (facts?.path ?? '');
  return {
    name: 'request',
    value: printable(`${method} ${url}`),
    children: [
      ...known('method', method),
      ...known('host', facts?.host),
      ...known('port', facts?.port),
      ...known('path', facts?.path),
      ...known('body announced', bytes(facts?.announced)),
      ...headers(request?.headers ?? []),
    ],
    ...(exchange && request ? { memoryReference: memoryReference(exchange, 'up') } : {}),
  };
}

/** Handed is what the program's calls were given; the other two are the system's, TLS records included. */
function counts({ exchange: facts }: WireStop, exchange: Exchange | null): Value[] {
  if (!facts) return [];
  const layer = exchange?.tls ? ', on the wire' : '';
  return [
    { name: 'handed to send', value: bytes(facts.handed) ?? 'not known' },
    { name: `accepted by the system${layer}`, value: bytes(facts.accepted) ?? 'not known' },
    { name: `acknowledged by the peer${layer}`, value: bytes(facts.acknowledged) ?? 'not known' },
  ];
}

async function lastBytes(exchange: Exchange, direction: Direction, name: string): Promise<Value | null> {
  const stream = programStream(exchange, direction);
  const stored = stream?.bytes.stored.at(-1);
  if (!stream || !stored || stored.isEmpty) return null;
  const data = await stream.bytes.read(new ByteRange(Math.max(stored.start, stored.end - LAST), stored.end));
  const more = stored.end > data.length ? '…' : '';
  const beyond = stream.bytes.length - stored.end;
  return {
    name,
    value: `${more}${JSON.stringify(printableBytes(data))}${beyond > 0 ? `, then ${bytes(beyond)} not kept` : ''}`,
    type: `up to byte ${stored.end.toLocaleString('en-US')} of the stream`,
    memoryReference: memoryReference(exchange, direction),
  };
}

function printableBytes(data: Uint8Array): string {
  const text = Buffer.from(data).toString('latin1');
  return redact.text(text).replace(/[^\x20-\x7e\r\n\t•]/g, '.');
}

function replyValue(told: WireStop, exchange: Exchange | null): Value {
  const { exchange: facts } = told;
  const response = exchange?.response ?? null;
  if (!response) {
    const line = facts?.statusLine;
    if (line) return { name: 'reply', value: printable(line) };
    const words = facts?.lastWords;
    const why = words?.outcome === 'not-recoverable' ? `lost: ${words.reason ?? 'it cannot be read any more'}` : 'none';
    return { name: 'reply', value: why };
  }
  const unread = facts?.readByProgram === false ? ', never read by the program' : '';
  return {
    name: 'reply',
    value: printable(`${response.status} ${response.reason}${unread}`),
    children: [
      { name: 'status', value: String(response.status), type: 'int' },
      ...known('reason', response.reason),
      ...known('arrived', arrival(told)),
      ...headers(response.headers),
      ...known('body', bodyText(response, 4096) || null),
    ],
    ...(exchange ? { memoryReference: memoryReference(exchange, 'down') } : {}),
  };
}

function socketValue({ socket, exchange: facts }: WireStop, exchange: Exchange | null): Value | null {
  if (socket === null) return null;
  const connect = exchange?.socket?.connects.findLast(({ result }) => result !== 'failed');
  const local = connect?.localAddress ? `${connect.localAddress}:${connect.localPort}` : null;
  const remote = facts?.address ? `${facts.address}:${facts.port}` : null;
  const tls = exchange?.tls;
  return {
    name: 'socket',
    value: `#${socket}${local ? ` ${local}` : ''}${remote ? ` → ${remote}` : ''}`,
    children: [
      ...known('local', local),
      ...known('remote', remote),
      ...known('TLS', tls ? [tls.version, tls.cipher].filter(Boolean).join(', ') : null),
      ...known('elapsed', facts?.elapsed == null ? null : `${facts.elapsed.toFixed(3)} s since the request began`),
      ...known('exchange', exchange?.id ?? null),
    ],
  };
}

function headers(list: readonly Header[]): Value[] {
  if (list.length === 0) return [];
  const children = list.map((header) => {
    const { name, value } = redact.header(header);
    return { name: printable(name), value: printable(value) };
  });
  return [{ name: 'headers', value: String(list.length), children }];
}

const known = (name: string, value: string | number | null | undefined): Value[] =>
  value === null || value === undefined ? [] : [{ name, value: printable(String(value)) }];

const bytes = (count: number | null | undefined): string | null =>
  count === null || count === undefined ? null : `${count.toLocaleString('en-US')} B`;
