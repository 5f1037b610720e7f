/** Which processes and connections of a capture are new or have changed since they were asked for last. */
import { createHash } from 'node:crypto';
import type { Exchange } from '../../decode/exchange';
import type { ProcessSummary, SocketSummary } from '../../messages/dapSockets';
import type { Socket } from '../../wire/model';
import type { ProcessModel } from '../../wire/processModel';
import type { SocketModel } from '../../wire/socketModel';
import { isConnection, type SocketExchange, summarizeProcess, summarizeSocket } from './socketSummary';

export interface ChangedSockets {
  readonly processes: readonly ProcessSummary[];
  readonly sockets: readonly SocketSummary[];
}

export class SocketChanges {
  /** What was told last of each process and of each connection that is still there, by id, as a digest. */
  private readonly told = new Map<string, string>();
  /** Of which state of it: a summary costs more than a look at this. */
  private readonly seen = new Map<string, string>();
  /** The exchange of each connection to look at: the first that broke, else the last. */
  private readonly exchanges = new WeakMap<Socket, SocketExchange>();
  /** The last words on connections that nothing is kept of any more. */
  private gone: SocketSummary[] = [];
  /** By process, how many of those there were. */
  private readonly goneOf = new Map<string, number>();

  /** Takes note of an exchange, over or not. */
  note({ id, host, socket, failure }: Exchange): void {
    if (!socket) return;
    const known = this.exchanges.get(socket);
    if (known?.failure && known.id !== id) return;
    this.exchanges.set(socket, {
      id,
      host,
      failure: failure && { error: failure.error, operation: failure.operation, at: failure.at },
    });
  }

  /** Nothing more will happen on it, and it is forgotten. */
  lettingGo(process: ProcessModel, socket: SocketModel): void {
    const { file } = process.info;
    const key = `${file}/${socket.id}`;
    if (isConnection(socket)) {
      const summary = summarizeSocket(process, socket, this.exchanges.get(socket) ?? null, !process.ended);
      if (this.isNews(this.told, key, digest(summary))) this.gone.push(summary);
      this.goneOf.set(file, (this.goneOf.get(file) ?? 0) + 1);
    }
    this.told.delete(key);
    this.seen.delete(key);
  }

  /** @param running the recorded program has not ended */
  take(processes: readonly ProcessModel[], running: boolean): ChangedSockets {
    const changed: { processes: ProcessSummary[]; sockets: SocketSummary[] } = { processes: [], sockets: this.gone };
    this.gone = [];
    for (const process of processes) {
      const { file } = process.info;
      const lives = running && !process.ended;
      if (!this.isNews(this.seen, file, `${process.version}/${lives}`)) continue;
      const connections = process.sockets.filter(isConnection);
      const summary = summarizeProcess(process, running, connections.length + (this.goneOf.get(file) ?? 0));
      if (this.isNews(this.told, file, digest(summary))) changed.processes.push(summary);
      for (const socket of connections) {
        const one = this.socket(process, socket, lives);
        if (one) changed.sockets.push(one);
      }
    }
    return changed;
  }

  private socket(process: ProcessModel, socket: SocketModel, lives: boolean) {
    const exchange = this.exchanges.get(socket) ?? null;
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
