import { RecentLog } from '../base/recentLog';
import { Slots } from '../base/slots';
import type { FileRead } from './byteStore';
import { countersSocket, parseCounters } from './counters';
import { ErrorTable } from './errorTable';
import { count, type Fields, text, texts } from './fields';
import {
  type FileHeader,
  type IoRecord,
  isJsonType,
  LEDGER_ENTRY_SIZE,
  type LedgerEntry,
  OPERATIONS,
  parseIo,
  parseJson,
  parseLedgerEntry,
  parseRun,
  parseStack,
  type RawRecord,
  RecordType,
} from './format';
import type { Entered } from './ledger';
import type {
  BodyRecord,
  Connect,
  ErrorChain,
  Frame,
  InternalError,
  ProcessInfo,
  Raised,
  Resolve,
  Scope,
} from './model';
import { OffsetShelf, offsetsIn } from './offsetList';
import { RunTable } from './runTable';
import { ScopeTable } from './scopeTable';
import { SharedTexts } from './sharedTexts';
import { SightingLog } from './sightingLog';
import { SocketModel } from './socketModel';
import {
  parseBody,
  parseConnect,
  parseLastWords,
  parseOptions,
  parseResolve,
  parseTls,
  type Resolver,
} from './socketRecords';
import { StackTable } from './stackTable';

/** The process file, for what the model did not keep of it. */
export interface FileAccess {
  /** Payload; short at the end of the file. @throws what the file system reports */
  readonly read: FileRead;
  /** The record that begins at `offset`, of an `io` record at least the fixed part; null when there is none (any more). */
  readonly recordAt: (offset: number) => RawRecord | null;
  readonly bytesAt: (offset: number, length: number) => Buffer | null;
}

/** Something was tried on a socket, or (`connect` is null) a connection that was found open has carried its first bytes. */
export interface Tried {
  readonly socket: SocketModel;
  readonly connect: Connect | null;
  /** When the thread that connects had resolved a name last, monotonic nanoseconds; -1 for never. */
  readonly resolvedAt: number;
  /** How many names the process had resolved by then. */
  readonly resolved: number;
}

interface Noted {
  readonly at: number;
  readonly error: ErrorChain | null;
  readonly scope: number;
  readonly stack: readonly Frame[];
  readonly thread?: number;
}

/** The probe knows of fewer; a capture is hostile input. */
const MOST_UNSEEN = 100;

/** A program that fails all the time must not fill the memory. */
const MOST_RAISED = 1000;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Everything one process did, as its file tells so far. Payload stays in the file. */
export class ProcessModel {
  /** One object for the life of the model, kept up to date: exchanges that are long over name it, too. */
  readonly info: ProcessInfo;
  private readonly mutableInfo: Mutable<ProcessInfo>;
  readonly resolves: Resolve[] = [];
  readonly bodies: BodyRecord[] = [];
  readonly uncaught: ErrorChain[] = [];
  readonly internalErrors: InternalError[] = [];
  /** Libraries that were loaded and bring sockets of their own, which the probe does not see: "pycurl". */
  readonly unseen: string[] = [];
  /** What libraries raised outside of calls on record, in order; the latest of them. */
  readonly raised = new RecentLog<Raised>(MOST_RAISED);
  /** Exceptions in the order in which they were seen. */
  readonly sightings = new SightingLog();
  readonly threads = new Map<number, string>();
  /** Bytes seen but not stored for want of budget; known at an orderly end only. */
  droppedPayload: number | null = null;
  /** Counts up with every change. */
  version = 0;
  /** When the latest record begins, monotonic nanoseconds. */
  lastAt = 0;
  private readonly scopeTable: ScopeTable;
  private readonly socketsById = new Slots<SocketModel>();
  /** By id, where in `shelf` the records of a socket are that was put away. */
  private readonly shelved = new Map<number, number>();
  private readonly shelf = new OffsetShelf();
  private readonly errors: ErrorTable;
  private readonly stacks = new StackTable();
  private readonly runs = new RunTable();
  private readonly texts = new SharedTexts();
  private readonly resolvedAt = new Map<number, number>();
  private tried: Tried[] = [];
  private closed: number[] = [];
  private readonly resolver: Resolver = {
    stack: (id) => this.stacks.frames(id ?? 0),
    error: (id) => (id === null ? null : this.errors.get(id)),
  };

  constructor(
    file: string,
    header: FileHeader,
    private readonly access: FileAccess,
  ) {
    const fieldsAt = (offset: number) => {
      const record = access.recordAt(offset);
      return record && parseJson(record);
    };
    this.scopeTable = new ScopeTable(this.resolver, fieldsAt);
    this.errors = new ErrorTable(this.stacks, fieldsAt);
    this.mutableInfo = {
      file,
      pid: header.pid,
      ppid: null,
      python: null,
      implementation: null,
      executable: null,
      argv: [],
      cwd: null,
      platform: null,
      wallBase: header.wall,
      monotonicBase: header.monotonic,
      stopped: header.stopped,
      ended: header.ended,
    };
    this.info = this.mutableInfo;
  }

  get ended(): boolean {
    return this.info.ended;
  }

  /** By id: every library call recorded. */
  get scopes(): { get(id: number): Scope | undefined } {
    return this.scopeTable;
  }

  /** Those that were not put away. */
  get sockets(): readonly SocketModel[] {
    return [...this.socketsById.values()];
  }

  /** What was tried since the last time, in the order of the file. */
  takeTried(): readonly Tried[] {
    const { tried } = this;
    this.tried = [];
    return tried;
  }

  /** Ids of the sockets that were closed since the last time. */
  takeClosed(): readonly number[] {
    const { closed } = this;
    this.closed = [];
    return closed;
  }

  /**
   * Lets go of a socket on which nothing more happens, but for where its records are.
   * @returns the socket; null when it was put away before or never there
   */
  putAway(id: number): SocketModel | null {
    const socket = this.socketsById.get(id);
    if (!socket) return null;
    this.socketsById.delete(id);
    this.shelved.set(id, this.shelf.add(socket.records.packed));
    return socket;
  }

  /**
   * A socket read from the file once more, as it is now: one that was put away or a copy of one that is still here. It does
   * not follow what comes. `null` for an id that no record introduced.
   *
   * @param breathe is waited for now and then
   */
  async recall(id: number, breathe: () => Promise<void> | null): Promise<SocketModel | null> {
    const shelved = this.shelved.get(id);
    const packed = shelved === undefined ? this.socketsById.get(id)?.records.packed.slice() : this.shelf.get(shelved);
    let socket: SocketModel | null = null;
    if (!packed) return null;
    const runs = new RunTable();
    for (const { offset, marked } of offsetsIn(packed)) {
      const pause = breathe();
      if (pause) await pause;
      if (marked) {
        const bytes = this.access.bytesAt(offset, LEDGER_ENTRY_SIZE);
        const entry = bytes && parseLedgerEntry(bytes);
        const io = entry && entry !== 'empty' ? runs.next(entry) : null;
        if (entry && entry !== 'empty' && io) socket?.addIo(io, entry.began, null);
        continue;
      }
      const record = this.access.recordAt(offset);
      if (!record) break;
      const run = record.type === RecordType.run ? parseRun(record) : null;
      if (run) runs.add(run);
      else if (record.type === RecordType.socket) socket ??= this.socketFrom(parseJson(record) ?? {}, record.at);
      else if (socket) this.applyToSocket(socket, record);
    }
    return socket;
  }

  /** The whole stack of an id, innermost frame first. */
  frames(stackId: number): readonly Frame[] {
    return this.stacks.frames(stackId);
  }

  /** The words of the file's header that are rewritten in place. */
  updateHeader({ stopped, ended }: FileHeader): boolean {
    if (stopped === this.info.stopped && ended === this.info.ended) return false;
    Object.assign(this.mutableInfo, { stopped, ended });
    this.version += 1;
    return true;
  }

  /** Takes one record in; false when it does not follow the format. Types that are not known are passed over. */
  apply(record: RawRecord): boolean {
    this.version += 1;
    if (record.at > this.lastAt) this.lastAt = record.at;
    switch (record.type) {
      case RecordType.stack: {
        const stack = parseStack(record);
        if (stack) this.stacks.addStack(stack.id, stack.base, stack.frames);
        return stack !== null;
      }
      case RecordType.io: {
        const io = parseIo(record);
        if (io) this.addIo(io, record.at, this.socketOf(io.socket, record.offset));
        return io !== null;
      }
      case RecordType.run: {
        const run = parseRun(record);
        if (run) this.runs.add(run);
        if (run) this.socketOf(run.socket, record.offset);
        return run !== null;
      }
      case RecordType.counters: {
        const socket = this.socketOf(countersSocket(record), record.offset);
        return socket ? this.applyToSocket(socket, record) : parseCounters(record) !== null;
      }
      case RecordType.scope:
        return this.scopeTable.begin(record, parseJson);
      case RecordType.scopeEnd:
        return this.endScope(record);
      default: {
        if (!isJsonType(record.type)) return true;
        const fields = parseJson(record);
        return fields !== null && this.applyFields(record, fields);
      }
    }
  }

  private endScope(record: RawRecord): boolean {
    const id = this.scopeTable.end(record, parseJson);
    const scope = id === null ? undefined : this.scopeTable.get(id);
    const chain = scope?.error;
    if (scope && chain) {
      const { thread, stack, function: where } = scope;
      const at = scope.at + (scope.duration ?? 0);
      this.sightings.library('call', { chain, at, thread, scope: scope.id, where, stack });
    }
    return id !== null;
  }

  /** Takes an entry of the ledger in: one send of a run. */
  enter(entry: LedgerEntry, offset: number): Entered {
    if (!this.runs.has(entry.run)) return 'unknown-run';
    const io = this.runs.next(entry);
    if (!io) return 'malformed';
    this.version += 1;
    this.addIo(io, entry.began, this.socketOf(io.socket, offset, true));
    return 'taken';
  }

  private addIo(io: IoRecord, at: number, socket: SocketModel | undefined): void {
    if (!socket) return;
    const first = socket.streams.length === 0 && socket.connects.length === 0;
    const chain = this.resolver.error(io.error);
    socket.addIo(io, at, chain);
    if (chain) {
      const { thread, scope } = io;
      const where = OPERATIONS[io.op] ?? 'io';
      const seen = { chain, at, thread, scope, where, socket: io.socket };
      this.sightings.operation(seen, () => this.stacks.frames(io.stack));
    }
    if (first) this.tried.push({ socket, connect: null, resolvedAt: -1, resolved: this.resolves.length });
  }

  private applyFields(record: RawRecord, fields: Fields): boolean {
    const { type, at } = record;
    const id = count(fields, 'id', 0);
    switch (type) {
      case RecordType.process:
        Object.assign(this.mutableInfo, {
          ppid: count(fields, 'ppid'),
          python: text(fields, 'python'),
          implementation: text(fields, 'implementation'),
          executable: text(fields, 'executable'),
          argv: texts(fields, 'argv'),
          cwd: text(fields, 'cwd'),
          platform: text(fields, 'platform'),
        } satisfies Partial<ProcessInfo>);
        return true;
      case RecordType.thread:
        this.threads.set(id, text(fields, 'name') ?? '');
        return true;
      case RecordType.code:
        this.stacks.addCode(id, text(fields, 'file') ?? '<unknown>', text(fields, 'name') ?? '<unknown>');
        return id !== 0;
      case RecordType.error:
        return this.errors.add(id, fields, record.offset);
      case RecordType.socket:
        return this.addSocket(id, fields, record);
      case RecordType.resolve: {
        const resolve = this.texts.ofResolve(parseResolve(fields, at, this.resolver));
        this.note(resolve, 'getaddrinfo', 0);
        this.resolves.push(resolve);
        this.resolvedAt.set(resolve.thread, at);
        return true;
      }
      case RecordType.body:
        this.bodies.push(parseBody(fields, at));
        return true;
      case RecordType.exception: {
        const error = this.resolver.error(count(fields, 'error'));
        if (!error) return false;
        this.uncaught.push(error);
        this.sightings.uncaught(error, at, count(fields, 'thread', 0));
        return true;
      }
      case RecordType.raised: {
        const chain = this.resolver.error(count(fields, 'error'));
        if (!chain) return false;
        const stack = this.resolver.stack(count(fields, 'stack'));
        const where = text(fields, 'function') ?? '';
        const thread = count(fields, 'thread', 0);
        const scope = count(fields, 'scope', 0);
        this.sightings.library('raise', { chain, at, thread, scope, where, stack });
        const [method, url] = [text(fields, 'method'), text(fields, 'url')];
        this.raised.add({ at, chain, thread, scope, method, url, socket: count(fields, 'socket', 0) });
        return true;
      }
      case RecordType.internal:
        this.internalErrors.push({ at, where: text(fields, 'where') ?? '', message: text(fields, 'message') ?? '' });
        return true;
      case RecordType.unseen: {
        const library = text(fields, 'library');
        if (library && this.unseen.length < MOST_UNSEEN) this.unseen.push(library);
        return library !== null;
      }
      case RecordType.end:
        this.droppedPayload = count(fields, 'droppedPayload');
        return true;
      default:
        return this.addToSocket(record, fields);
    }
  }

  private addToSocket(record: RawRecord, fields: Fields): boolean {
    if (!SOCKET_TYPES.has(record.type)) return true; // a type of a later minor version
    const socket = this.socketOf(count(fields, 'socket', 0), record.offset);
    if (!socket) return this.shelved.has(count(fields, 'socket', 0));
    const connects = socket.connects.length;
    this.applyFieldsToSocket(socket, record, fields);
    const connect = socket.connects[connects];
    if (record.type === RecordType.close && socket.close?.how !== 'detach') this.closed.push(socket.id);
    if (record.type === RecordType.tls && socket.tls) this.note(socket.tls, 'do_handshake', socket.id);
    if (connect) {
      this.note(connect, 'connect', socket.id);
      const resolvedAt = this.resolvedAt.get(connect.thread) ?? -1;
      this.tried.push({ socket, connect, resolvedAt, resolved: this.resolves.length });
    }
    return true;
  }

  private applyToSocket(socket: SocketModel, record: RawRecord): boolean {
    if (record.type === RecordType.io) {
      const io = parseIo(record);
      if (io) socket.addIo(io, record.at, this.resolver.error(io.error));
      return io !== null;
    }
    if (record.type === RecordType.counters) {
      const counters = parseCounters(record);
      if (counters) socket.addCounters(counters);
      return counters !== null;
    }
    const fields = parseJson(record);
    if (fields) this.applyFieldsToSocket(socket, record, fields);
    return fields !== null;
  }

  private applyFieldsToSocket(socket: SocketModel, { type, at }: RawRecord, fields: Fields): void {
    if (type === RecordType.connect) socket.connects.push(parseConnect(fields, at, this.resolver));
    else if (type === RecordType.tls) socket.tls = parseTls(fields, at, this.resolver);
    else if (type === RecordType.options) socket.options.push(parseOptions(fields, at));
    else if (type === RecordType.lastWords) socket.addLastWords(parseLastWords(fields, at));
    else if (type === RecordType.request) {
      const layer = count(fields, 'layer', 0) === 1 ? 'tls' : 'wire';
      const stack = this.resolver.stack(count(fields, 'stack'));
      socket.requests.push({ layer, offset: count(fields, 'offset', 0), stack });
    } else if (type === RecordType.close) {
      socket.close = { at, how: text(fields, 'how') ?? 'close', scope: count(fields, 'scope', 0) };
    } else {
      const error = this.resolver.error(count(fields, 'error'));
      socket.shutdowns.push({ at, how: text(fields, 'how') ?? 'both', error });
    }
  }

  /** Takes note of the error of an operation that has a record of its own. */
  private note(one: Noted, where: string, socket: number): void {
    const { error: chain, at, scope, stack } = one;
    if (chain) this.sightings.operation({ chain, at, thread: one.thread ?? 0, scope, where, socket }, () => stack);
  }

  private addSocket(id: number, fields: Fields, record: RawRecord): boolean {
    if (id === 0 || this.socketsById.get(id) || this.shelved.has(id)) return false;
    const socket = this.socketFrom(fields, record.at);
    socket.records.add(record.offset);
    this.socketsById.set(id, socket);
    return true;
  }

  private socketFrom(fields: Fields, at: number): SocketModel {
    const how = text(fields, 'how') ?? 'created';
    return new SocketModel(
      count(fields, 'id', 0),
      at,
      this.texts.of(text(fields, 'family') ?? ''),
      this.texts.of(text(fields, 'type') ?? ''),
      count(fields, 'fd'),
      this.texts.of(how),
      how === 'accepted',
      this.access.read,
    );
  }

  /** The socket that a record concerns, or an entry of the ledger. */
  private socketOf(id: number, offset: number, entry = false): SocketModel | undefined {
    const socket = this.socketsById.get(id);
    if (socket) {
      socket.version += 1;
      socket.records.add(offset, entry);
    }
    return socket;
  }
}

const SOCKET_TYPES: ReadonlySet<number> = new Set([
  RecordType.connect,
  RecordType.tls,
  RecordType.options,
  RecordType.lastWords,
  RecordType.close,
  RecordType.shutdown,
  RecordType.request,
]);

/** The whole stack of an id, innermost frame first. */
export const frames = (process: ProcessModel, stackId: number): readonly Frame[] => process.frames(stackId);
