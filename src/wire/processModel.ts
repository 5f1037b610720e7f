import type { FileRead } from './byteStore';
import { parseCounters } from './counters';
import { parseErrorChain } from './errorChain';
import { count, type Fields, text, texts } from './fields';
import {
  type FileHeader,
  type IoRecord,
  isJsonType,
  type LedgerEntry,
  OPERATIONS,
  parseIo,
  parseJson,
  parseRun,
  parseStack,
  type RawRecord,
  RecordType,
} from './format';
import type { Entered } from './ledger';
import type { BodyRecord, ErrorChain, Frame, InternalError, ProcessInfo, Resolve, Scope } from './model';
import { RunTable } from './runTable';
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

/** Errors are named by records soon after they are introduced; older ones live on only in what named them. */
const MAX_ERRORS = 4096;

interface Noted {
  readonly at: number;
  readonly error: ErrorChain | null;
  readonly scope: number;
  readonly stack: readonly Frame[];
  readonly thread?: number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Everything one process did, as its file tells so far. Payload stays in the file. */
export class ProcessModel {
  /** One object for the life of the model, kept up to date: exchanges that are long over name it, too. */
  readonly info: ProcessInfo;
  private readonly mutableInfo: Mutable<ProcessInfo>;
  readonly sockets: SocketModel[] = [];
  readonly resolves: Resolve[] = [];
  readonly bodies: BodyRecord[] = [];
  readonly uncaught: ErrorChain[] = [];
  readonly internalErrors: InternalError[] = [];
  /** Exceptions in the order in which they were seen. */
  readonly sightings = new SightingLog();
  readonly threads = new Map<number, string>();
  /** Bytes seen but not stored for want of budget; known at an orderly end only. */
  droppedPayload: number | null = null;
  /** Counts up with every change. */
  version = 0;
  /** Counts up with every new attempt to reach something: a resolution, a connect, a socket's first byte. */
  attemptsVersion = 0;
  private readonly scopesById = new Map<number, Mutable<Scope>>();
  private readonly socketsById = new Map<number, SocketModel>();
  private readonly errors = new Map<number, ErrorChain>();
  private readonly stacks = new StackTable();
  private readonly runs = new RunTable();
  private readonly resolver: Resolver = {
    stack: (id) => this.stacks.frames(id ?? 0),
    error: (id) => (id === null ? null : (this.errors.get(id) ?? null)),
  };

  constructor(
    file: string,
    header: FileHeader,
    private readonly readFile: FileRead,
  ) {
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
  get scopes(): ReadonlyMap<number, Scope> {
    return this.scopesById;
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
    if (isJsonType(record.type)) {
      const fields = parseJson(record);
      return fields !== null && this.applyFields(record.type, fields, record.at);
    }
    if (record.type === RecordType.stack) {
      const stack = parseStack(record);
      if (stack) this.stacks.addStack(stack.id, stack.base, stack.frames);
      return stack !== null;
    }
    if (record.type === RecordType.io) {
      const io = parseIo(record);
      if (io) this.addIo(io, record.at);
      return io !== null;
    }
    if (record.type === RecordType.counters) {
      const parsed = parseCounters(record);
      if (parsed) this.socketOf(parsed.socket)?.addCounters(parsed.counters);
      return parsed !== null;
    }
    if (record.type === RecordType.run) {
      const run = parseRun(record);
      if (run) this.runs.add(run);
      return run !== null;
    }
    return true;
  }

  /** Takes an entry of the ledger in: one send of a run. */
  enter(entry: LedgerEntry): Entered {
    if (!this.runs.has(entry.run)) return 'unknown-run';
    const io = this.runs.next(entry);
    if (!io) return 'malformed';
    this.version += 1;
    this.addIo(io, entry.began);
    return 'taken';
  }

  private addIo(io: IoRecord, at: number): void {
    const socket = this.socketOf(io.socket);
    if (!socket) return;
    if (socket.streams.length === 0) this.attemptsVersion += 1;
    const chain = this.resolver.error(io.error);
    socket.addIo(io, at, chain);
    if (chain) {
      const stack = () => this.stacks.frames(io.stack);
      const { thread, scope } = io;
      this.sightings.operation(
        { chain, at, thread, scope, where: OPERATIONS[io.op] ?? 'io', socket: io.socket },
        stack,
      );
    }
  }

  private applyFields(type: number, fields: Fields, at: number): boolean {
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
        return this.addError(id, parseErrorChain(fields, this.stacks));
      case RecordType.socket:
        return this.addSocket(id, fields, at);
      case RecordType.resolve:
        this.attemptsVersion += 1;
        this.resolves.push(this.noting(parseResolve(fields, at, this.resolver), 'getaddrinfo', 0));
        return true;
      case RecordType.scope:
        return this.addScope(id, fields, at);
      case RecordType.scopeEnd:
        return this.endScope(id, fields);
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
        this.sightings.library('raise', {
          chain,
          at,
          thread: count(fields, 'thread', 0),
          scope: count(fields, 'scope', 0),
          where,
          stack,
        });
        return true;
      }
      case RecordType.internal:
        this.internalErrors.push({ at, where: text(fields, 'where') ?? '', message: text(fields, 'message') ?? '' });
        return true;
      case RecordType.end:
        this.droppedPayload = count(fields, 'droppedPayload');
        return true;
      default:
        return this.applyToSocket(type, fields, at);
    }
  }

  private applyToSocket(type: number, fields: Fields, at: number): boolean {
    const isSocketType =
      type === RecordType.connect ||
      type === RecordType.tls ||
      type === RecordType.options ||
      type === RecordType.lastWords ||
      type === RecordType.close ||
      type === RecordType.shutdown;
    if (!isSocketType) return true; // a type of a later minor version
    const socket = this.socketOf(count(fields, 'socket', 0));
    if (!socket) return false;
    if (type === RecordType.connect) {
      this.attemptsVersion += 1;
      socket.connects.push(this.noting(parseConnect(fields, at, this.resolver), 'connect', socket.id));
    } else if (type === RecordType.tls)
      socket.tls = this.noting(parseTls(fields, at, this.resolver), 'do_handshake', socket.id);
    else if (type === RecordType.options) socket.options.push(parseOptions(fields, at));
    else if (type === RecordType.lastWords) socket.lastWords.push(parseLastWords(fields, at));
    else if (type === RecordType.close) {
      socket.close = { at, how: text(fields, 'how') ?? 'close', scope: count(fields, 'scope', 0) };
    } else {
      const error = this.resolver.error(count(fields, 'error'));
      socket.shutdowns.push({ at, how: text(fields, 'how') ?? 'both', error });
    }
    return true;
  }

  private addError(id: number, chain: ErrorChain | null): boolean {
    if (id === 0 || !chain) return false;
    this.errors.set(id, chain);
    if (this.errors.size > MAX_ERRORS) this.errors.delete(this.errors.keys().next().value as number);
    return true;
  }

  private addSocket(id: number, fields: Fields, at: number): boolean {
    if (id === 0 || this.socketsById.has(id)) return false;
    const how = text(fields, 'how') ?? 'created';
    const socket = new SocketModel(
      id,
      at,
      text(fields, 'family') ?? '',
      text(fields, 'type') ?? '',
      count(fields, 'fd'),
      how,
      how === 'accepted',
      this.readFile,
    );
    this.socketsById.set(id, socket);
    this.sockets.push(socket);
    return true;
  }

  private addScope(id: number, fields: Fields, at: number): boolean {
    if (id === 0) return false;
    this.scopesById.set(id, {
      id,
      parent: count(fields, 'parent', 0),
      thread: count(fields, 'thread', 0),
      at,
      duration: null,
      function: text(fields, 'function') ?? '',
      method: text(fields, 'method'),
      url: text(fields, 'url'),
      error: null,
      stack: this.resolver.stack(count(fields, 'stack')),
    });
    return true;
  }

  private endScope(id: number, fields: Fields): boolean {
    const scope = this.scopesById.get(id);
    if (!scope) return false;
    scope.duration = count(fields, 'duration', 0);
    scope.error = this.resolver.error(count(fields, 'error'));
    if (scope.error) {
      const { thread, stack, function: where } = scope;
      this.sightings.library('call', {
        chain: scope.error,
        at: scope.at + scope.duration,
        thread,
        scope: id,
        where,
        stack,
      });
    }
    return true;
  }

  /** Takes note of the error of an operation that has a record of its own. */
  private noting<T extends Noted>(one: T, where: string, socket: number): T {
    const { error: chain, at, scope, stack } = one;
    const thread = one.thread ?? 0;
    if (chain) this.sightings.operation({ chain, at, thread, scope, where, socket }, () => stack);
    return one;
  }

  private socketOf(id: number): SocketModel | undefined {
    const socket = this.socketsById.get(id);
    if (socket) socket.version += 1;
    return socket;
  }
}

/** The whole stack of an id, innermost frame first. */
export const frames = (process: ProcessModel, stackId: number): readonly Frame[] => process.frames(stackId);
