import type { Connect, Resolve } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';
import type { SocketModel } from '../wire/socketModel';

/** One way to a server: the attempts that a library made for it, address by address, until one succeeded. */
export interface Attempt {
  /** Of every address tried, in order; all but the last one failed. */
  readonly connects: readonly Connect[];
  /** The socket of the last one: the connection, or the final failure. */
  readonly socket: SocketModel;
  /** The first socket's id: it stays the same while further addresses are tried. */
  readonly firstSocket: number;
}

/** Resolutions looked at for the one that a connection's address came from. */
const MAX_LOOKED_AT = 500;

const isClientStream = (socket: SocketModel) => !socket.accepted && socket.type.includes('SOCK_STREAM');

/**
 * Groups the attempts to connect of one process. `socket.create_connection` and its kin resolve a name once and try
 * the addresses in turn, each with a socket of its own, in the same thread and library call. Connections that were
 * found open have no attempt and make a group each.
 */
export function groupAttempts(process: ProcessModel): Attempt[] {
  const tried = process.sockets
    .filter(isClientStream)
    .flatMap((socket) => socket.connects.map((connect) => ({ socket, connect })))
    .sort((a, b) => a.connect.at - b.connect.at);
  const groups: { socket: SocketModel; connect: Connect }[][] = [];
  const open = new Map<string, { socket: SocketModel; connect: Connect }[]>();
  const resolved = resolveTimes(process);
  for (const one of tried) {
    const key = `${one.connect.thread}/${one.connect.scope}`;
    const group = open.get(key);
    const last = group?.at(-1);
    if (group && last && goesOn(resolved, last, one)) group.push(one);
    else {
      const fresh = [one];
      open.set(key, fresh);
      groups.push(fresh);
    }
  }
  const attempts = groups.map((group): Attempt => {
    const [first, last] = [group[0], group.at(-1)] as [(typeof group)[0], (typeof group)[0]];
    return {
      connects: group.map(({ connect }) => connect),
      socket: last.socket,
      firstSocket: first.socket.id,
    };
  });
  const found = process.sockets
    .filter((socket) => isClientStream(socket) && socket.connects.length === 0 && socket.streams.length > 0)
    .map((socket): Attempt => ({ connects: [], socket, firstSocket: socket.id }));
  return [...attempts, ...found];
}

/** By thread, when names were resolved, sorted. */
function resolveTimes(process: ProcessModel): Map<number, number[]> {
  const times = new Map<number, number[]>();
  for (const { thread, at } of process.resolves) {
    const list = times.get(thread);
    if (list) list.push(at);
    else times.set(thread, [at]);
  }
  for (const list of times.values()) list.sort((a, b) => a - b);
  return times;
}

/** The first of a sorted list that is greater. */
function firstAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return sorted[low] ?? Number.POSITIVE_INFINITY;
}

function goesOn(
  resolved: ReadonlyMap<number, readonly number[]>,
  last: { readonly socket: SocketModel; readonly connect: Connect },
  next: { readonly socket: SocketModel; readonly connect: Connect },
): boolean {
  if (last.socket === next.socket) return true; // a non-blocking connect that is asked about again
  if (last.connect.result !== 'failed' || last.connect.port !== next.connect.port) return false;
  if (last.connect.host !== next.connect.host) return false;
  if (last.connect.host === null && last.connect.address !== next.connect.address) return false;
  return firstAfter(resolved.get(next.connect.thread) ?? [], last.connect.at) >= next.connect.at;
}

/** The name resolution that gave the address, if it was seen. */
export function resolveOf(process: ProcessModel, connect: Connect): Resolve | null {
  const { resolves } = process;
  for (let index = resolves.length - 1; index >= Math.max(0, resolves.length - MAX_LOOKED_AT); index -= 1) {
    const resolve = resolves[index] as Resolve;
    const gave = resolve.at <= connect.at && resolve.addresses.some(({ address }) => address === connect.address);
    if (gave && (connect.host === null || resolve.host === connect.host)) return resolve;
  }
  return null;
}

/** Functions whose failure keeps a program from reaching a server (and not merely from learning a name). */
const FORWARD = new Set(['getaddrinfo', 'gethostbyname', 'gethostbyname_ex']);

/** Resolutions that failed for good: nothing in the same library call found the name later. */
export function failedResolves(process: ProcessModel): { readonly resolve: Resolve; readonly index: number }[] {
  const key = ({ scope, host }: Resolve) => `${scope}/${host}`;
  const lastFound = new Map<string, number>();
  for (const [index, resolve] of process.resolves.entries()) if (!resolve.error) lastFound.set(key(resolve), index);
  return process.resolves.flatMap((resolve, index) => {
    if (!resolve.error || !FORWARD.has(resolve.function)) return [];
    const mended = resolve.scope !== 0 && (lastFound.get(key(resolve)) ?? -1) > index;
    return mended ? [] : [{ resolve, index }];
  });
}
