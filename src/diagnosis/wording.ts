/** Numbers, sizes and names as findings and reports word them. */
import type { Exchange, Header } from '../decode/exchange';
import type { Side } from './finding';

const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** "12,444,474" */
export function grouped(value: number): string {
  return thousands.format(value);
}

/** "12,444,474 B" */
export function bytes(value: number): string {
  return `${grouped(value)} B`;
}

/** Nanoseconds in the unit that reads best: "11 ms", "3.0 s", "850 µs". */
export function duration(nanoseconds: number): string {
  const ms = nanoseconds / 1e6;
  if (ms < 1) return `${Math.max(1, Math.round(nanoseconds / 1e3))} µs`;
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  const seconds = ms / 1000;
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** For a time that is known to a clock tick of the kernel (some milliseconds) only: "about 11 ms". */
export function roughly(nanoseconds: number): string {
  return `about ${duration(Math.max(1, Math.round(nanoseconds / 1e6)) * 1e6).replace('.0 ms', ' ms')}`;
}

/** "413 Request Entity Too Large"; the reason phrase is the server's own and may be missing. */
export function statusLine(response: { readonly status: number; readonly reason: string }): string {
  return response.reason ? `${response.status} ${response.reason}` : String(response.status);
}

/** "localhost:8444", "[::1]:443": the name the program used, else the peer's address. */
export function hostAndPort(exchange: Exchange): string {
  const host = exchange.host ?? exchange.peer?.address ?? exchange.resolve?.host ?? null;
  const port = exchange.port ?? exchange.peer?.port ?? exchange.connects.at(-1)?.port ?? null;
  if (host === null) return 'the server';
  return endpoint(host, port);
}

export function endpoint(host: string, port: number | string | null): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return port === null ? name : `${name}:${port}`;
}

/** "a", "a and b", "a, b and c" */
export function listed(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** Header value by name, null when the message has none. */
export function header(message: { readonly headers: readonly Header[] }, name: string): string | null {
  return message.headers.find((each) => each.name.toLowerCase() === name)?.value ?? null;
}

/** A sentence of its own as a part of another: "The peer closed." becomes "the peer closed". */
export function inSentence(sentence: string): string {
  const [first = '', second = ''] = sentence;
  const rest = sentence.slice(1).replace(/\.$/, '');
  // a word in capitals (TCP, RST) stays as it is
  return (second === second.toLowerCase() ? first.toLowerCase() : first) + rest;
}

/** Whose side it is, for people: the contract has the words in small letters. */
export const sideName = (side: Side): string => (side === 'tls' || side === 'dns' ? side.toUpperCase() : side);
