/** Which HTTP client a stack goes through: the words and the advice of a finding are for that one. */
import type { Exchange } from '../decode/exchange';
import type { Frame } from '../wire/model';

/** Where a frame's code comes from. */
export interface Origin {
  readonly kind: 'user' | 'library' | 'stdlib';
  /** Distribution name ("asciinema"), "python" for the standard library, null for loose files. */
  readonly package: string | null;
  readonly version: string | null;
}

/** How a frame's origin is found; the file system's knowledge of versions comes in through this. */
export type OriginOf = (frame: Frame) => Origin;

export interface Client {
  /** The outermost HTTP library on the stack: "requests", "urllib", "http.client"… */
  readonly name: string;
  readonly version: string | null;
  /** Every HTTP library on the stack, outermost first. */
  readonly layers: readonly { readonly name: string; readonly version: string | null }[];
}

const SITE = /[\\/](?:site|dist)-packages[\\/]/;
const STDLIB = /[\\/](?:lib|lib64)[\\/]python\d(?:\.\d+)?t?[\\/]|[\\/]Lib[\\/](?!site-packages)|^<frozen /;
const STDLIB_CLIENTS: readonly [RegExp, string][] = [
  [/[\\/]urllib[\\/]request\.py$/, 'urllib'],
  [/[\\/]xmlrpc[\\/]client\.py$/, 'xmlrpc.client'],
  [/[\\/]http[\\/]client\.py$/, 'http.client'],
];
const PACKAGES = [
  'requests',
  'urllib3',
  'httpx',
  'httpcore',
  'aiohttp',
  'botocore',
  'httplib2',
  'tornado',
  'geventhttpclient',
];

/** The folder of installed packages that the file lies in and the import name below it; null for other files. */
export function installedAs(file: string): { readonly site: string; readonly name: string } | null {
  const parts = file.split(SITE);
  const inside = parts.at(-1);
  if (parts.length < 2 || !inside) return null;
  const site = file.slice(0, file.length - inside.length - 1);
  return { site, name: (inside.split(/[\\/]/)[0] ?? '').replace(/\.py[co]?$/, '') };
}

/** What the path alone tells: no versions. */
export const originFromPath: OriginOf = ({ file }) => {
  const installed = installedAs(file);
  if (installed) return { kind: 'library', package: installed.name, version: null };
  return STDLIB.test(file)
    ? { kind: 'stdlib', package: 'python', version: null }
    : { kind: 'user', package: null, version: null };
};

/** The client of an exchange, or null for a program that works on sockets itself. */
export function clientOf(exchange: Exchange, originOf: OriginOf): Client | null {
  const layers = new Map<string, string | null>();
  for (const frame of exchange.frames.toReversed()) {
    const origin = originOf(frame);
    const name = clientName(frame, origin);
    if (name && !layers.has(name)) {
      layers.set(name, origin.version ?? (origin.kind === 'stdlib' ? exchange.process.python : null));
    }
  }
  if (layers.size === 0) {
    const name = clientOfCall(exchange.intended?.function);
    if (name) layers.set(name, null);
  }
  const list = [...layers].map(([name, version]) => ({ name, version }));
  const [outermost] = list;
  return outermost ? { ...outermost, layers: list } : null;
}

function clientName(frame: Frame, origin: Origin): string | null {
  if (origin.kind === 'stdlib') return STDLIB_CLIENTS.find(([pattern]) => pattern.test(frame.file))?.[1] ?? null;
  const name = installedAs(frame.file)?.name;
  return name && PACKAGES.includes(name) ? name : null;
}

/** Stacks of event loops do not always reach the library; the call it was made by does. */
function clientOfCall(call: string | undefined): string | null {
  if (!call) return null;
  if (call.startsWith('urllib.')) return 'urllib';
  if (call.startsWith('http.client.')) return 'http.client';
  return PACKAGES.find((name) => call.startsWith(`${name}.`)) ?? null;
}
