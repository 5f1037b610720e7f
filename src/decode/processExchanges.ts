import type { Breather } from '../base/breather';
import { Slots } from '../base/slots';
import type { ProcessModel } from '../wire/processModel';
import type { SocketModel } from '../wire/socketModel';
import { type Attempt, Attempts, firstSocket } from './attempts';
import { BodyIndex } from './bodyIndex';
import { Connection } from './connection';
import { type Draft, finish, isFinal, LastInScope } from './draft';
import type { Exchange } from './exchange';
import { PreviewStore } from './previewStore';
import { RaisedElsewhere } from './raisedElsewhere';
import { failedResolveDraft } from './resolveFailure';
import { type FailedResolve, Resolves } from './resolves';

/** What is kept of an exchange in its place. */
export interface Keeping<Kept> {
  readonly keep: (exchange: Exchange) => Kept;
  /** Sockets on which nothing more happens are let go of, with their exchanges; `load` reads them again. */
  readonly letGo: boolean;
  /** Is told of each exchange once, when nothing will change about it any more. */
  readonly settled?: (exchange: Exchange) => void;
  /** Is told of each socket that is let go of, after its exchanges. */
  readonly lettingGo?: (process: ProcessModel, socket: SocketModel) => void;
}

interface Tracked<Kept> {
  readonly connection: Connection;
  /** What gave the address, in the process's list of resolutions; -1 for none. */
  readonly resolve: number;
  /** Of exchanges about which nothing will change any more. */
  readonly final: Kept[];
  /** Of the others, as of `version` of the connection. */
  drafts: readonly Draft[];
  version: number;
  /** Operations of these. */
  size: number;
  /** The drafts with what they have in common with the rest of the process; null before somebody asks. */
  open: readonly Exchange[] | null;
  done: boolean;
}

/** Of a connection that has not been looked at. */
const UNKNOWN = { drafts: [], version: -1, size: 0, open: null };

/** An exchange of more operations than this is drafted again when it has grown by a part of them. */
const LARGE = 256;
const GROWTH = 1 / 4;

/** An exchange that was asked for. */
export interface Loaded {
  readonly exchange: Exchange;
  /** Nothing will change about it any more. */
  readonly final: boolean;
}

/** How to get a connection back that was let go of. */
interface Shelved {
  readonly sockets: readonly number[];
  /** In the process's list of resolutions, -1 for none. */
  readonly resolve: number;
}

/** The exchanges of one process. */
export class ProcessExchanges<Kept> {
  private readonly attempts = new Attempts();
  private readonly tracked = new Slots<Tracked<Kept>>();
  /** What became of connections that were let go of, by their first socket. */
  private readonly shelved = new Map<number, Shelved>();
  private readonly settled: { readonly socket: number; readonly kept: Kept }[] = [];
  private readonly bodies: BodyIndex;
  private readonly resolves: Resolves;
  private readonly lastInScope = new LastInScope();
  private readonly elsewhere: RaisedElsewhere;
  private unresolved: Exchange[] = [];
  private seen = '';
  private running = true;
  /** Something was left for an update of the whole. */
  private late = false;

  constructor(
    private readonly process: ProcessModel,
    private readonly previews: PreviewStore,
    private readonly keeping: Keeping<Kept>,
  ) {
    this.bodies = new BodyIndex(process);
    this.elsewhere = new RaisedElsewhere(process);
    this.resolves = new Resolves(process);
  }

  /**
   * Takes in what the model has learned; true when there was anything.
   * @param running false when the recorded program has ended: then no connection is live
   * @param whole without it, what goes on and on may be told as it was a while ago
   */
  async update(running: boolean, whole: boolean, { breathe }: Breather): Promise<boolean> {
    const now = `${this.process.version}/${running}`;
    if (now === this.seen && !(whole && this.late)) return false;
    this.running = running;
    this.late = false;
    this.resolves.update();
    for (const tried of this.process.takeTried()) {
      const found = this.attempts.add(tried);
      if (found?.instead) this.drop(found.instead);
      if (found) this.track(found.attempt, tried.resolved);
    }
    for (const one of this.tracked.values()) {
      if (one.done || one.version === one.connection.version) continue;
      if (!whole && this.canWait(one)) {
        this.late = true;
        continue;
      }
      const pause = breathe();
      if (pause) await pause;
      await this.draft(one);
    }
    this.unresolved = [...this.settleResolves()];
    for (const one of this.tracked.values()) if (!one.done) this.settle(one);
    for (const id of this.process.takeClosed()) if (!this.tracked.get(id)) this.letGo(id);
    this.seen = now;
    return true;
  }

  /** An exchange in full, as it is now; null when there is none of this id. */
  async load(id: string, running: boolean, { breathe }: Breather): Promise<Loaded | null> {
    const [, group = '', ordinal = ''] = /\/(r?\d+)\/(\d+)$/.exec(id) ?? [];
    if (group.startsWith('r')) return this.loadResolve(Number(group.slice(1)));
    const known = [...this.tracked.values()].find(
      ({ connection }) => firstSocket(connection.attempt) === Number(group),
    );
    const open = known && this.openOf(known).find((one) => one.id === id);
    if (open) return { exchange: open, final: false };
    const shelved = this.shelved.get(Number(group)) ?? (known && shelvedFrom(known));
    const attempt = shelved ? await this.recall(shelved.sockets, breathe) : null;
    if (!shelved || !attempt) return null;
    const resolve = this.process.resolves[shelved.resolve] ?? null;
    const connection = new Connection(this.process, attempt, resolve, this.bodies, new PreviewStore());
    const [draft] = await connection.drafts(Number(ordinal), Number(ordinal) + 1);
    const found = draft ? this.finish(draft) : null;
    return found?.id === id ? { exchange: running ? found : { ...found, live: false }, final: true } : null;
  }

  private loadResolve(index: number): Loaded | null {
    const resolve = this.process.resolves[index];
    if (!resolve?.error) return null;
    const draft = this.failedDraft({ resolve, index });
    return { exchange: this.finish(draft), final: isFinal(draft, this.process) };
  }

  private async recall(ids: readonly number[], breathe: Breather['breathe']): Promise<Attempt | null> {
    const sockets = [];
    for (const id of ids) {
      const socket = await this.process.recall(id, breathe);
      if (socket) sockets.push(socket);
    }
    const socket = sockets.at(-1);
    return socket ? { connects: sockets.flatMap(({ connects }) => connects), socket, sockets: ids } : null;
  }

  private track(attempt: Attempt, resolved: number): void {
    const { id } = attempt.socket;
    const known = this.tracked.get(id);
    if (known && known.connection.attempt.connects.length > 0) return; // one socket has one connection
    const connect = attempt.connects.at(-1);
    const resolve = connect ? this.resolves.indexFor(connect, resolved) : -1;
    const gave = this.process.resolves[resolve] ?? null;
    const connection = new Connection(this.process, attempt, gave, this.bodies, this.previews);
    this.tracked.set(id, { connection, resolve, final: [], ...UNKNOWN, done: false });
  }

  /** The attempt went on to another address. */
  private drop(attempt: Attempt): void {
    this.tracked.delete(attempt.socket.id);
    const first = firstSocket(attempt);
    if (!this.shelved.delete(first)) return;
    const at = this.settled.findLastIndex(({ socket }) => socket === first);
    if (at >= 0) this.settled.splice(at, 1);
  }

  /** Every step would begin anew with what only grows a little. */
  private canWait({ connection, size, version }: Tracked<Kept>): boolean {
    return size > LARGE && !connection.over && connection.version - version < size * GROWTH;
  }

  private async draft(one: Tracked<Kept>): Promise<void> {
    one.version = one.connection.version;
    one.drafts = await one.connection.drafts(one.final.length);
    one.size = one.drafts.reduce((sum, { operations }) => sum + operations.length, 0);
    for (const draft of one.drafts) this.lastInScope.note(draft);
  }

  /** Finishes those drafts at the front that are final for good; calls end without a word about the socket. */
  private settle(one: Tracked<Kept>): void {
    const { letGo } = this.keeping;
    one.open = null;
    let settled = 0;
    while (settled < one.drafts.length && isFinal(one.drafts[settled] as Draft, this.process)) settled += 1;
    for (const draft of one.drafts.slice(0, settled)) {
      const exchange = this.finish(draft);
      this.previews.forget(exchange.id, letGo);
      one.final.push(this.keepFor(exchange));
    }
    if (settled > 0) one.drafts = one.drafts.slice(settled);
    one.done = one.connection.over && one.drafts.length === 0;
    if (!letGo) return;
    if (one.done) this.putAway(one);
    else if (settled > 0) one.connection.forget(one.final.length);
  }

  /** About these something may still change. */
  private openOf(one: Tracked<Kept>): readonly Exchange[] {
    one.open ??= one.drafts.map((draft) => {
      const exchange = this.finish(draft);
      return this.running ? exchange : { ...exchange, live: false };
    });
    return one.open;
  }

  private putAway(one: Tracked<Kept>): void {
    const { attempt } = one.connection;
    const first = firstSocket(attempt);
    this.tracked.delete(attempt.socket.id);
    this.shelved.set(first, shelvedFrom(one));
    for (const kept of one.final) this.settled.push({ socket: first, kept });
    for (const id of attempt.sockets) this.letGo(id);
  }

  /** Whether or not an exchange was on it: a server has sockets that were accepted. */
  private letGo(id: number): void {
    if (!this.keeping.letGo) return;
    const socket = this.process.putAway(id);
    if (socket) this.keeping.lettingGo?.(this.process, socket);
  }

  /** Of an exchange that is final. */
  private keepFor(exchange: Exchange): Kept {
    this.keeping.settled?.(exchange);
    return this.keeping.keep(exchange);
  }

  /** Names that were not found: the exchanges about which something may still change. */
  private *settleResolves(): Generator<Exchange> {
    const failed = this.resolves.failed.map((one) => ({ one, draft: this.failedDraft(one) }));
    for (const { draft } of failed) this.lastInScope.note(draft);
    const final: FailedResolve[] = [];
    for (const { one, draft } of failed) {
      const exchange = this.finish(draft);
      if (!isFinal(draft, this.process)) yield exchange;
      else {
        final.push(one);
        this.settled.push({ socket: 0, kept: this.keepFor(exchange) });
      }
    }
    this.resolves.forget(final);
  }

  private failedDraft({ resolve, index }: FailedResolve): Draft {
    return failedResolveDraft(this.process, resolve, index);
  }

  /** Of every exchange, as of the last update; in no particular order. */
  *list(): Generator<Kept> {
    for (const { kept } of this.settled) yield kept;
    for (const { final } of this.tracked.values()) yield* final;
    for (const exchange of this.open()) yield this.keeping.keep(exchange);
  }

  /** The exchanges about which something may still change, as of the last update; in no particular order. */
  *open(): Generator<Exchange> {
    yield* this.unresolved;
    for (const one of this.tracked.values()) yield* this.openOf(one);
  }

  private finish(draft: Draft): Exchange {
    return finish(draft, this.lastInScope, this.process, this.elsewhere);
  }
}

const shelvedFrom = <Kept>({ connection, resolve }: Tracked<Kept>): Shelved => ({
  sockets: connection.attempt.sockets,
  resolve,
});
