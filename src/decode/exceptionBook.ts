/** The exceptions of a process as the program met them: what was seen of one exception in several places, put together. */
import { same, wraps } from '../wire/errorChain';
import type { ErrorChain, Frame, Sighting } from '../wire/model';
import type { ProcessModel } from '../wire/processModel';
import { scopeChain } from './scopes';

/**
 * What became of an exception. raised: it reached the program, which still runs. handled: a library dealt with it inside
 * its call. caught: it reached the program, which went on. uncaught: it left the program.
 */
export type Fate = 'raised' | 'handled' | 'caught' | 'uncaught';

export interface SeenException {
  /** Unique in the capture and stable. */
  readonly id: string;
  readonly process: ProcessModel;
  /** The outermost exception of those that wrap each other on the way, with all that they name. */
  readonly chain: ErrorChain;
  /** The same exception before it was wrapped, as records name it. */
  readonly earlier: readonly ErrorChain[];
  /** When it was first seen, monotonic nanoseconds. */
  readonly at: number;
  readonly thread: number;
  /** The operation that failed or the library call that it left last; null when it was seen at the program's end only. */
  readonly where: string | null;
  /** The socket of the operation that failed, 0 for none. */
  readonly socket: number;
  /** From where it was raised outwards. */
  readonly frames: readonly Frame[];
  readonly fate: Fate;
  /** Counts up with every change. */
  readonly version: number;
}

type Entry = { -readonly [Key in keyof SeenException]: SeenException[Key] } & {
  /** The outermost library call that it was in; 0 for none. */
  outermost: number;
  /** It has left that call. */
  out: boolean;
};

/** Exceptions kept, the latest. */
const MOST = 500;
/** So far back an exception is looked for that another one wraps, in one thread. */
const LOOK_BACK = 16;

export class ExceptionBook {
  private readonly entries: Entry[] = [];
  private next = 0;
  private count = 0;

  constructor(private readonly process: ProcessModel) {}

  get list(): readonly SeenException[] {
    return this.entries;
  }

  /** @param running false when the recorded program has ended, whether or not this process has a word of its own on it */
  update(running: boolean): void {
    for (const sighting of this.process.sightings.since(this.next)) this.take(sighting);
    this.next = this.process.sightings.end;
    const over = this.process.ended || !running;
    for (const entry of this.entries) this.judge(entry, over);
  }

  private take(sighting: Sighting): void {
    const known = this.entries.findLast((one) => one.chain === sighting.chain || one.earlier.includes(sighting.chain));
    if (known) this.goOn(known, sighting);
    else if (sighting.kind === 'uncaught') this.leave(sighting);
    else {
      const inner = this.recent(sighting.thread).find((one) => wraps(sighting.chain, one.chain));
      if (inner) this.wrap(inner, sighting);
      else this.add(sighting);
    }
  }

  private add(sighting: Sighting): Entry {
    const { chain, at, thread, where, socket, stack } = sighting;
    this.count += 1;
    const entry: Entry = {
      id: `${this.process.info.file}/e${this.count}`,
      process: this.process,
      chain,
      earlier: [],
      at,
      thread,
      where,
      socket,
      frames: [...chain[0].frames, ...stack],
      fate: 'raised',
      version: 0,
      outermost: 0,
      out: false,
    };
    this.goOn(entry, sighting);
    this.entries.push(entry);
    if (this.entries.length > MOST) this.entries.shift();
    return entry;
  }

  /** It has come further out. */
  private goOn(entry: Entry, { scope, kind, where }: Sighting): void {
    entry.outermost = this.outermost(scope) || entry.outermost;
    entry.out ||= kind === 'uncaught' || entry.outermost === 0 || (kind === 'call' && entry.outermost === scope);
    entry.where = where ?? entry.where;
    entry.version += 1;
  }

  private wrap(entry: Entry, sighting: Sighting): void {
    entry.earlier = [...entry.earlier, entry.chain];
    entry.chain = sighting.chain;
    entry.frames = [...sighting.chain[0].frames, ...sighting.stack];
    this.goOn(entry, sighting);
  }

  /** Described anew at the program's end, with the frames of its whole way. */
  private leave(sighting: Sighting): void {
    const { chain } = sighting;
    const entry = this.recent(sighting.thread).find((one) => same(one.chain[0], chain[0]) || wraps(chain, one.chain));
    if (entry) {
      entry.earlier = [...entry.earlier, entry.chain];
      entry.chain = chain;
      if (chain[0].frames.length > 0) entry.frames = longer(entry.frames, chain[0].frames);
      this.goOn(entry, sighting);
    }
    (entry ?? this.add(sighting)).fate = 'uncaught';
  }

  /** The latest ones of a thread, latest first. A handshake's record does not name its thread. */
  private recent(thread: number): Entry[] {
    const found = this.entries.slice(-LOOK_BACK * 4).filter((one) => one.thread === thread || one.thread === 0);
    return found.slice(-LOOK_BACK).reverse();
  }

  private judge(entry: Entry, over: boolean): void {
    if (entry.fate !== 'raised') return;
    const call = this.process.scopes.get(entry.outermost);
    const handled = !entry.out && (over || (call !== undefined && call.duration !== null));
    const fate = handled ? 'handled' : over ? 'caught' : 'raised';
    if (fate === 'raised') return;
    entry.fate = fate;
    entry.version += 1;
  }

  private outermost(scope: number): number {
    return scopeChain(this.process, scope).at(-1)?.id ?? 0;
  }
}

const longer = (a: readonly Frame[], b: readonly Frame[]): readonly Frame[] => (b.length >= a.length ? b : a);
