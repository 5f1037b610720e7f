import type { IoRecord, LedgerEntry, RunRecord } from './format';

interface Run {
  readonly record: RunRecord;
  offset: number;
}

/** The runs in progress: at most one per socket, as a new one ends the one before. Turns entries into operations. */
export class RunTable {
  private readonly runs = new Map<number, Run>();
  private readonly bySocket = new Map<number, number>();

  add(record: RunRecord): void {
    const before = this.bySocket.get(record.socket);
    if (before !== undefined) this.runs.delete(before);
    this.bySocket.set(record.socket, record.id);
    this.runs.set(record.id, { record, offset: record.offset });
  }

  has(id: number): boolean {
    return this.runs.has(id);
  }

  /** The operation that an entry stands for; `null` when its run is unknown or its offset beyond what can be counted. */
  next({ run: id, began, ended, size }: LedgerEntry): IoRecord | null {
    const run = this.runs.get(id);
    if (!run || !Number.isSafeInteger(run.offset + size)) return null;
    const { socket, thread, stack, scope, op, layer } = run.record;
    const { offset } = run;
    run.offset += size;
    return {
      socket,
      thread,
      stack,
      scope,
      error: 0,
      op,
      layer,
      flags: 0,
      duration: ended - began,
      handed: size,
      result: size,
      offset,
      payload: 0,
      payloadAt: 0,
    };
  }
}
