/** Which processes and connections of a capture are new or have changed since they were asked for last. */
import { createHash } from 'node:crypto';
import type { Exchange } from '../../decode/exchange';
import type { ProcessSummary, SocketSummary } from '../../messages/dapSockets';
import type { Socket } from '../../wire/model';
import type { ProcessModel } from '../../wire/processModel';
import type { SocketModel } from '../../wire/socketModel';
import { isConnection, summarizeProcess, summarizeSocket } from './socketSummary';

export interface ChangedSockets {
  readonly processes: readonly ProcessSummary[];
  readonly sockets: readonly SocketSummary[];
}

export class SocketChanges {
  /** What was told last of each process and connection, by id, as a digest. */
  private readonly told = new Map<string, string>();
  /** Of which state of it: a summary costs more than a look at this. */
  private readonly seen = new Map<string, string>();

  /** @param running the recorded program has not ended */
  take(processes: readonly ProcessModel[], exchanges: readonly Exchange[], running: boolean): ChangedSockets {
    const looked = exchangeOfSocket(exchanges);
    const changed: { processes: ProcessSummary[]; sockets: SocketSummary[] } = { processes: [], sockets: [] };
    for (const process of processes) {
      const { file } = process.info;
      const lives = running && !process.ended;
      if (!this.isNews(this.seen, file, `${process.version}/${lives}`)) continue;
      const connections = process.sockets.filter(isConnection);
      const summary = summarizeProcess(process, running, connections.length);
      if (this.isNews(this.told, file, digest(summary))) changed.processes.push(summary);
      for (const socket of connections) {
        const exchange = looked.get(socket) ?? null;
        const one = this.socket(process, socket, exchange, lives);
        if (one) changed.sockets.push(one);
      }
    }
    return changed;
  }

  private socket(process: ProcessModel, socket: SocketModel, exchange: Exchange | null, lives: boolean) {
    const key = `${process.info.file}/${socket.id}`;
    const now = `${socket.version}/${lives}/${exchange?.id}/${exchange?.failure?.at}`;
    if (!this.isNews(this.seen, key, now)) return null;
    const summary = summarizeSocket(process, socket, exchange, lives);
    return this.isNews(this.told, key, digest(summary)) ? summary : null;
  }

  private isNews(known: Map<string, string>, key: string, now: string): boolean {
    if (known.get(key) === now) return false;
    known.set(key, now);
    return true;
  }
}

const digest = (summary: object): string => createHash('sha1').update(JSON.stringify(summary)).digest('base64');

/** The exchange of each connection to look at: the first that broke, else the last. */
function exchangeOfSocket(exchanges: readonly Exchange[]): ReadonlyMap<Socket, Exchange> {
  const found = new Map<Socket, Exchange>();
  for (const exchange of exchanges) {
    if (!exchange.socket) continue;
    const known = found.get(exchange.socket);
    if (!known?.failure) found.set(exchange.socket, exchange);
  }
  return found;
}
