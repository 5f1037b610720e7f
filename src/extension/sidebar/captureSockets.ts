/** The processes and connections of one capture as its session tells of them. Free of the editor's API. */
import type { SocketsBody } from '../../messages/dap';
import type { ProcessSummary, SocketSummary } from '../../messages/dapSockets';

/** Connections kept of one process; the wire panel reads all of them from the capture itself. */
const MAX_SOCKETS = 10_000;
/** Rows of one process at first, and with each step further back. */
export const PAGE = 200;

/** A connection; the same object as long as it is known, so that a view can name it. */
export interface SocketNode {
  readonly kind: 'socket';
  readonly process: ProcessNode;
  summary: SocketSummary;
}

export interface ProcessNode {
  readonly kind: 'process';
  summary: ProcessSummary;
  /** In the order in which they were first told. */
  readonly sockets: Map<string, SocketNode>;
  /** Rows wanted: the latest ones. */
  shown: number;
}

export interface ChangedNodes {
  /** There are processes that were not there before. */
  readonly added: boolean;
  /** Processes with connections that were not there before, or whose own state has changed. */
  readonly processes: ReadonlySet<ProcessNode>;
  readonly sockets: ReadonlySet<SocketNode>;
}

export class CaptureSockets {
  readonly processes = new Map<string, ProcessNode>();

  constructor(readonly folder: string) {}

  update({ processes, sockets }: Pick<SocketsBody, 'processes' | 'sockets'>): ChangedNodes {
    const changed = { added: false, processes: new Set<ProcessNode>(), sockets: new Set<SocketNode>() };
    for (const summary of processes) {
      const known = this.processes.get(summary.id);
      if (known) {
        known.summary = summary;
        changed.processes.add(known);
      } else {
        this.processes.set(summary.id, { kind: 'process', summary, sockets: new Map(), shown: PAGE });
        changed.added = true;
      }
    }
    for (const summary of sockets) {
      const process = this.processes.get(summary.process);
      if (!process) continue;
      const known = process.sockets.get(summary.id);
      if (known) {
        known.summary = summary;
        changed.sockets.add(known);
        continue;
      }
      process.sockets.set(summary.id, { kind: 'socket', process, summary });
      if (process.sockets.size > MAX_SOCKETS) process.sockets.delete(process.sockets.keys().next().value as string);
      changed.processes.add(process);
    }
    return changed;
  }

  find(id: string): SocketNode | null {
    for (const { sockets } of this.processes.values()) {
      const found = sockets.get(id);
      if (found) return found;
    }
    return null;
  }

  /** The session is over without a last word, as when the adapter was killed: nothing is running any more. */
  end(): void {
    for (const process of this.processes.values()) {
      process.summary = { ...process.summary, running: false };
      for (const socket of process.sockets.values()) {
        const { summary } = socket;
        if (summary.state === 'connecting' || summary.state === 'connected') {
          socket.summary = { ...summary, state: 'closed' };
        }
      }
    }
  }
}

/** The rows of a process, and how many older connections there are before them. */
export function rowsOf({ sockets, shown }: ProcessNode): {
  readonly rows: readonly SocketNode[];
  readonly earlier: number;
} {
  const all = [...sockets.values()];
  const earlier = Math.max(0, all.length - shown);
  return { rows: earlier === 0 ? all : all.slice(earlier), earlier };
}
