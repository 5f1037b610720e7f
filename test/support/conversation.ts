/** Writes the capture of a program that talks to a server, one step after the other, with offsets and times kept. */
import type { Exchange } from '../../src/decode/exchange';
import { CaptureReader } from '../../src/wire/reader';
import {
  CaptureFolder,
  countersRecord,
  fileHeader,
  type IoFields,
  ioRecord,
  type JsonType,
  jsonRecord,
  type MOMENTS,
  stackRecord,
  type TcpInfo,
} from './captureWriter';
import { ExchangeBuilder } from './exchangeBuilder';

export const OP = { send: 1, sendall: 2, write: 6, recv: 17, recvInto: 18, read: 23 } as const;
export const FLAG = { begin: 1, lastWords: 2, replayed: 4, partial: 8, peek: 16 } as const;

export interface ErrorFields {
  type: string;
  module?: string;
  bases?: string[];
  args?: string[];
  errno?: number;
  errnoName?: string;
  relation?: string;
  of?: number;
}

export const ERRORS = {
  reset: {
    type: 'ConnectionResetError',
    bases: ['ConnectionError', 'OSError', 'Exception'],
    errno: 104,
    errnoName: 'ECONNRESET',
  },
  pipe: { type: 'BrokenPipeError', bases: ['ConnectionError', 'OSError', 'Exception'], errno: 32, errnoName: 'EPIPE' },
  refused: {
    type: 'ConnectionRefusedError',
    bases: ['ConnectionError', 'OSError', 'Exception'],
    errno: 111,
    errnoName: 'ECONNREFUSED',
  },
  sslEof: { type: 'SSLEOFError', module: 'ssl', bases: ['SSLError', 'OSError', 'Exception'], errno: 8 },
  timeout: { type: 'TimeoutError', bases: ['OSError', 'Exception'], args: ["'timed out'"] },
  wouldBlock: { type: 'BlockingIOError', bases: ['OSError', 'Exception'], errno: 11, errnoName: 'EAGAIN' },
  certificate: {
    type: 'SSLCertVerificationError',
    module: 'ssl',
    bases: ['SSLError', 'ValueError', 'OSError', 'Exception'],
    errno: 1,
  },
  unknownName: {
    type: 'gaierror',
    module: 'socket',
    bases: ['OSError', 'Exception'],
    errno: -2,
    errnoName: 'EAI_NONAME',
  },
} satisfies Record<string, ErrorFields>;

interface SendOptions extends Partial<IoFields> {
  /** Bytes handed over when they are more than those stored. */
  size?: number;
}

export class Conversation {
  readonly folder = new CaptureFolder();
  socketId = 0;
  layer: 0 | 1 = 0;
  scopeId = 0;
  stackId = 0;
  private clock = 1_000_000;
  private ids = 0;
  private offsets = new Map<string, number>();

  constructor() {
    this.folder.begin();
    this.json('process', { pid: 100, ppid: 1, python: '3.11.2', argv: ['python', 'upload.py'], platform: 'linux' });
    this.json('thread', { id: 1, ident: 1, name: 'MainThread' });
  }

  /** Monotonic nanoseconds; every step takes a millisecond. */
  tick(): number {
    this.clock += 1_000_000;
    return this.clock;
  }

  get now(): number {
    return this.clock;
  }

  id(): number {
    this.ids += 1;
    return this.ids;
  }

  json(type: JsonType, fields: object, at = this.tick()): void {
    this.folder.add(jsonRecord(type, at, fields));
  }

  /** @param frames innermost first */
  stack(...frames: { file: string; line: number; name: string }[]): number {
    const codes = frames.map(({ file, line, name }) => {
      const code = this.id();
      this.json('code', { id: code, file, name, line: 1 });
      return [code, line] as const;
    });
    const id = this.id();
    this.folder.add(stackRecord(id, 0, codes));
    this.stackId = id;
    return id;
  }

  error(...chain: ErrorFields[]): number {
    const id = this.id();
    this.json('error', {
      id,
      chain: chain.map((link) => ({ module: 'builtins', bases: [], args: [], frames: [], ...link })),
    });
    return id;
  }

  scope(name: string, fields: { method?: string; url?: string } = {}): number {
    const id = this.id();
    this.json('scope', { id, parent: this.scopeId || null, thread: 1, stack: this.stackId, function: name, ...fields });
    this.scopeId = id;
    return id;
  }

  endScope(id: number, error: number | null = null, parent = 0): void {
    this.json('scope-end', { id, duration: 1000, error });
    this.scopeId = parent;
  }

  resolve(host: string, port: number, addresses: string[], error: number | null = null): void {
    this.json('resolve', {
      thread: 1,
      stack: this.stackId,
      scope: this.scopeId,
      duration: 500,
      function: 'getaddrinfo',
      host,
      port,
      addresses: addresses.map((address) => ({ family: 'AF_INET', address, port })),
      error,
    });
  }

  socket(fields: object = {}): number {
    this.socketId = this.id();
    this.offsets.clear();
    this.layer = 0;
    this.json('socket', {
      id: this.socketId,
      family: 'AF_INET',
      type: 'SOCK_STREAM',
      fd: 3,
      how: 'created',
      ...fields,
    });
    return this.socketId;
  }

  connect(address = '127.0.0.1', port = 8080, fields: object = {}): number {
    this.socket();
    this.json('connect', {
      socket: this.socketId,
      thread: 1,
      stack: this.stackId,
      scope: this.scopeId,
      duration: 300,
      family: 'AF_INET',
      address,
      port,
      result: 'connected',
      error: null,
      ...fields,
    });
    return this.socketId;
  }

  /** From here on sends and receives are inside TLS. */
  tls(fields: object = {}): void {
    this.json('tls', {
      socket: this.socketId,
      thread: 1,
      stack: this.stackId,
      scope: this.scopeId,
      duration: 2000,
      side: 'client',
      serverName: 'localhost',
      version: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      error: null,
      ...fields,
    });
    this.layer = 1;
  }

  counters(moment: keyof typeof MOMENTS, info: TcpInfo, unread = -1, at = this.tick()): void {
    this.folder.add(countersRecord(this.socketId, moment, at, info, unread));
  }

  /** A sendall; by default all of it is taken and stored. */
  send(data: string | Uint8Array, { size, ...options }: SendOptions = {}): void {
    const payload = Buffer.from(data);
    const handed = size ?? payload.length;
    const result = options.result ?? (options.error ? -1 : handed);
    const offset = this.offset('up', options.layer);
    this.io({ op: OP.sendall, handed, result, offset, payload, ...options });
    this.advance('up', (options.flags ?? 0) & FLAG.begin ? 0 : Math.max(0, result), options.layer);
  }

  receive(data: string | Uint8Array, options: Partial<IoFields> = {}): void {
    const payload = Buffer.from(data);
    const offset = this.offset('down', options.layer);
    const stored = (options.flags ?? 0) & FLAG.replayed ? Buffer.alloc(0) : payload;
    this.io({
      op: OP.recvInto,
      handed: 8192,
      result: options.error ? -1 : payload.length,
      offset,
      payload: stored,
      ...options,
    });
    const stays = ((options.flags ?? 0) & (FLAG.peek | FLAG.lastWords)) !== 0;
    this.advance('down', stays ? 0 : Math.max(payload.length, options.result ?? 0), options.layer);
  }

  lastWords(moment: 'failed' | 'closing', outcome: string, bytes = 0, reason: string | null = null): void {
    this.json('last-words', { socket: this.socketId, moment, outcome, reason, bytes });
  }

  close(how = 'close'): void {
    this.json('close', { socket: this.socketId, thread: 1, stack: 0, scope: this.scopeId, how });
  }

  /** The process ends in order. */
  end(): void {
    this.json('end', { droppedPayload: 0 });
    this.rewriteHeader({ flags: 1 });
  }

  /** What the decoders make of it; the capture is removed. */
  async exchanges(): Promise<readonly Exchange[]> {
    try {
      const reader = await CaptureReader.open(this.folder.path);
      return await new ExchangeBuilder(reader).update();
    } finally {
      this.folder.remove();
    }
  }

  /** The only exchange of it. */
  async exchange(): Promise<Exchange> {
    const exchanges = await this.exchanges();
    const [first] = exchanges;
    if (!first || exchanges.length > 1) {
      throw new Error(`not one exchange but ${exchanges.length}: ${exchanges.map(({ id }) => id).join(', ')}`);
    }
    return first;
  }

  rewriteHeader(fields: Parameters<typeof fileHeader>[0]): void {
    this.folder.rewrite(fileHeader(fields));
  }

  io(fields: Omit<IoFields, 'socket'>): void {
    this.folder.add(
      ioRecord({
        socket: this.socketId,
        layer: this.layer,
        at: this.tick(),
        stack: this.stackId,
        scope: this.scopeId,
        ...fields,
      }),
    );
  }

  private offset(direction: string, layer: number | undefined): number {
    return this.offsets.get(`${direction}${layer ?? this.layer}`) ?? 0;
  }

  private advance(direction: string, by: number, layer: number | undefined): void {
    this.offsets.set(`${direction}${layer ?? this.layer}`, this.offset(direction, layer) + by);
  }
}
