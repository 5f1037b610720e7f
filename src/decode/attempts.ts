import type { Connect } from '../wire/model';
import type { Tried } from '../wire/processModel';
import type { SocketModel } from '../wire/socketModel';

/** One way to a server: the attempts that a library made for it, address by address, until one succeeded. */
export interface Attempt {
  /** Of every address tried, in order; all but the last one failed. */
  readonly connects: readonly Connect[];
  /** The socket of the last one: the connection, or the final failure. */
  readonly socket: SocketModel;
  /** Every socket of it, in order and without repetition; never empty. */
  readonly sockets: readonly number[];
}

/** The first socket's id: it stays the same while further addresses are tried. */
export const firstSocket = ({ sockets }: Attempt): number => sockets[0] as number;

/** Attempts that may still go on; a program does not leave more of them open at once. */
const MAX_OPEN = 1024;
/** Connects kept of one attempt: a program may try again and again until a server is up. */
const MAX_CONNECTS = 64;

const isClientStream = (socket: SocketModel) => !socket.accepted && socket.type.includes('SOCK_STREAM');

/**
 * Groups the attempts to connect of one process, as they come. `socket.create_connection` and its kin resolve a name once
 * and try the addresses in turn, each with a socket of its own, in the same thread and library call. Connections that were
 * found open have no attempt and make a group each.
 */
export class Attempts {
  /** The last attempt of each thread and call. */
  private readonly open = new Map<string, Attempt>();

  /**
   * The attempt that this is, or belongs to; null for what is no client's stream.
   * @returns `instead`: the attempt so far, which went on
   */
  add({ socket, connect, resolvedAt }: Tried): { readonly attempt: Attempt; readonly instead: Attempt | null } | null {
    if (!isClientStream(socket)) return null;
    if (!connect) return { attempt: { connects: [], socket, sockets: [socket.id] }, instead: null };
    const key = `${connect.thread}/${connect.scope}`;
    const before = this.open.get(key);
    const instead = before && goesOn(before, socket, connect, resolvedAt) ? before : null;
    const sockets = instead ? [...instead.sockets.filter((id) => id !== socket.id), socket.id] : [socket.id];
    const attempt = { connects: [...(instead?.connects ?? []).slice(0, MAX_CONNECTS - 1), connect], socket, sockets };
    this.open.delete(key);
    if (connect.result !== 'connected') this.open.set(key, attempt);
    if (this.open.size > MAX_OPEN) this.open.delete(this.open.keys().next().value as string);
    return { attempt, instead };
  }
}

function goesOn(before: Attempt, socket: SocketModel, next: Connect, resolvedAt: number): boolean {
  const last = before.connects.at(-1);
  if (!last) return false;
  if (before.socket === socket) return true; // a non-blocking connect that is asked about again
  if (before.connects.length >= MAX_CONNECTS) return false; // another attempt begins
  if (last.result !== 'failed' || last.port !== next.port || last.host !== next.host) return false;
  if (last.host === null && last.address !== next.address) return false;
  return resolvedAt <= last.at || resolvedAt >= next.at;
}
