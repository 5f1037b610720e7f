/** The typed model of a capture: what the records of docs/capture-format.md say, with their ids resolved. */
import type { ByteRange } from '../base/byteRange';

export interface ProcessInfo {
  /** Name of the process file, unique in the capture. */
  readonly file: string;
  readonly pid: number;
  readonly ppid: number | null;
  readonly python: string | null;
  readonly implementation: string | null;
  readonly executable: string | null;
  readonly argv: readonly string[];
  readonly cwd: string | null;
  readonly platform: string | null;
  /** Wall clock (nanoseconds since the Unix epoch, as bigint) at monotonic time `monotonicBase`. */
  readonly wallBase: bigint;
  readonly monotonicBase: number;
  /** errno that ended the recording early, 0 while all is well, 0xffffffff for an error of the probe itself. */
  readonly stopped: number;
  readonly ended: boolean;
}

export interface Frame {
  /** Absolute path, or a name like "<frozen runpy>". */
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

export interface NamedText {
  readonly name: string;
  readonly value: string;
}

/** One exception of a chain; see docs/capture-format.md, Errors. */
export interface ErrorInfo {
  readonly type: string;
  readonly module: string;
  readonly bases: readonly string[];
  readonly args: readonly string[];
  readonly message: string | null;
  readonly errno: number | null;
  readonly errnoName: string | null;
  /** What the number means on the system it was raised on. */
  readonly errnoMeaning: string | null;
  readonly notes: readonly string[];
  /** Texts as in `args`, by name. */
  readonly attributes: readonly NamedText[];
  /** Of the reply that the exception holds. */
  readonly headers: readonly NamedText[];
  readonly library: string | null;
  readonly reason: string | null;
  readonly verifyCode: number | null;
  readonly verifyMessage: string | null;
  /** How it hangs on the exception at index `of`; null for the first. */
  readonly relation: 'cause' | 'context' | 'reason' | null;
  readonly of: number | null;
  readonly frames: readonly Frame[];
}

/** The exception itself and then the ones that it names; never empty. */
export type ErrorChain = readonly [ErrorInfo, ...ErrorInfo[]];

/** An exception was seen: where an operation or a library call failed, or as it left the program. */
export interface Sighting {
  /** The same object for the same exception, as long as it is told to be the same. */
  readonly chain: ErrorChain;
  readonly at: number;
  /** 0 when not known. */
  readonly thread: number;
  /** The library call that it left, or in which the operation failed; 0 for none. */
  readonly scope: number;
  /** "sendall", "getaddrinfo", "urllib.request.OpenerDirector.open"; null for one that left the program. */
  readonly where: string | null;
  /** call: it left this library call; raise: a library raised it in, or outside of, this call. */
  readonly kind: 'operation' | 'call' | 'raise' | 'uncaught';
  /** The socket of the operation, 0 for none. */
  readonly socket: number;
  /** The stack on which it stood, innermost first, without the frames of its own traceback. */
  readonly stack: readonly Frame[];
}

/** A library raised an exception where no call of it is on record. */
export interface Raised {
  readonly at: number;
  readonly chain: ErrorChain;
  /** 0 when not known. */
  readonly thread: number;
  /** The library call in which it was raised all the same; 0 for none. */
  readonly scope: number;
  /** Of the request that it came from, as far as known. */
  readonly method: string | null;
  readonly url: string | null;
  /** 0 when not known. */
  readonly socket: number;
}

export interface Resolve {
  readonly at: number;
  readonly duration: number;
  readonly function: string;
  readonly host: string | null;
  readonly port: string | null;
  readonly addresses: readonly { readonly family: string; readonly address: string; readonly port: number | null }[];
  readonly error: ErrorChain | null;
  readonly stack: readonly Frame[];
  readonly thread: number;
  readonly scope: number;
}

export interface Connect {
  readonly at: number;
  readonly duration: number;
  readonly family: string;
  readonly address: string | null;
  readonly port: number | null;
  readonly host: string | null;
  readonly localAddress: string | null;
  readonly localPort: number | null;
  /** Seconds; null for none, 0 for non-blocking. */
  readonly timeout: number | null;
  readonly result: 'connected' | 'in-progress' | 'failed';
  readonly error: ErrorChain | null;
  readonly stack: readonly Frame[];
  readonly thread: number;
  readonly scope: number;
}

export interface TlsHandshake {
  readonly at: number;
  readonly duration: number;
  readonly side: 'client' | 'server';
  readonly serverName: string | null;
  readonly version: string | null;
  readonly cipher: string | null;
  readonly alpn: string | null;
  readonly reused: boolean | null;
  readonly verifyMode: 'none' | 'optional' | 'required' | null;
  readonly checkHostname: boolean | null;
  /** The peer's leaf certificate; null when it was not to be had. */
  readonly certificate: CertificateInfo | null;
  /**
   * TLS was done in memory (`ssl.SSLObject`) and the socket's own layer goes on with the ciphertext: the offset in what
   * was sent there at which the application's records begin. null for TLS on the socket itself.
   */
  readonly dataOffset: number | null;
  readonly error: ErrorChain | null;
  readonly stack: readonly Frame[];
  readonly scope: number;
}

export interface CertificateInfo {
  /** One line, "CN=localhost, O=…". */
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Subject alternative names: "localhost", "127.0.0.1". */
  readonly names: readonly string[];
  readonly selfSigned: boolean;
}

/** The kernel's counters of one moment, in bytes; null where this kernel does not tell. */
export interface Counters {
  readonly at: number;
  readonly moment: 'connected' | 'handshake' | 'reply' | 'failed' | 'closing' | 'sampled';
  /** "ESTABLISHED", "CLOSE_WAIT", "CLOSE"… (RFC 9293 names) */
  readonly state: string | null;
  readonly accepted: number | null;
  readonly acknowledged: number | null;
  readonly received: number | null;
  readonly unread: number | null;
  readonly retransmits: number | null;
  readonly rttMicroseconds: number | null;
  /** Milliseconds since the last data segment arrived. */
  readonly lastDataReceivedMs: number | null;
}

export type Direction = 'up' | 'down';
export type Layer = 'wire' | 'tls';

/**
 * One send or receive, begin and end records joined. In a long run of successful calls by the same stack, neighbours
 * are joined into one of these (`calls` tells how many), so that memory does not grow with the bytes captured.
 */
export interface IoOperation {
  readonly at: number;
  /** From the beginning of the first call to the end of the last. */
  readonly duration: number;
  readonly calls: number;
  /** TLS records that sends of these sizes make: one for every 16,384 bytes of a call, and one for the rest. */
  readonly tlsRecords: number;
  readonly op: string;
  readonly direction: Direction;
  readonly layer: Layer;
  readonly thread: number;
  readonly scope: number;
  readonly stackId: number;
  readonly handed: number;
  /** Bytes taken or returned; null when not known. */
  readonly result: number | null;
  /** The result is a lower bound. */
  readonly partial: boolean;
  /** Where it lies in its stream; the end is the offset plus what was taken (or, on failure, handed). */
  readonly range: ByteRange;
  /** Bytes of it stored in the capture. */
  readonly stored: number;
  readonly lastWords: boolean;
  readonly replayed: boolean;
  /** The bytes stay in the stream (`MSG_PEEK`). */
  readonly peek: boolean;
  readonly error: ErrorChain | null;
  /** The call has not come back (it is still running, or the process died in it). */
  readonly pending: boolean;
}

export interface Close {
  readonly at: number;
  readonly how: string;
  readonly scope: number;
}

export interface Scope {
  readonly id: number;
  readonly parent: number;
  readonly thread: number;
  readonly at: number;
  readonly duration: number | null;
  readonly function: string;
  readonly method: string | null;
  readonly url: string | null;
  readonly error: ErrorChain | null;
  readonly stack: readonly Frame[];
}

export interface BodyRecord {
  readonly at: number;
  readonly scope: number;
  readonly socket: number;
  readonly type: string;
  readonly size: number | null;
  readonly storage: 'memory' | 'file' | 'stream';
  readonly file: { readonly path: string; readonly size: number | null } | null;
  readonly sources: readonly {
    readonly path: string;
    readonly size: number | null;
    readonly position: number | null;
  }[];
}

/** Bytes of a stream, read from the capture by range; gaps are where the budget was spent. */
export interface ByteSource {
  /** End of what is known of this stream (stored or not). */
  readonly length: number;
  /** What of it is stored, sorted and disjoint. */
  readonly stored: readonly ByteRange[];
  /** Reads stored bytes from `range`; shorter at the first byte that is not stored, and never more than 16 MiB. */
  read(range: ByteRange): Promise<Uint8Array>;
}

export interface Stream {
  readonly direction: Direction;
  readonly layer: Layer;
  /** In the order in which they began; calls that only said "would block" are left out. */
  readonly operations: readonly IoOperation[];
  /** Each of them begins in the stream where the one before ends, or later: not so where bytes are met twice. */
  readonly inOrder?: boolean;
  /** A receive has returned nothing though it asked for something: the peer has ended its side. Absent: to be looked for. */
  readonly ended?: boolean;
  readonly bytes: ByteSource;
  /** Of a receiving stream: the bytes that the program itself was given, in order and disjoint. */
  readonly receivedByProgram: readonly ByteRange[];
}

/** The socket options that matter, as they were at one moment. */
export interface SocketOptions {
  readonly at: number;
  readonly moment: string | null;
  readonly noDelay: boolean | null;
  readonly keepAlive: boolean | null;
  /** Bytes. */
  readonly sendBuffer: number | null;
  /** Bytes. */
  readonly receiveBuffer: number | null;
  /** Seconds; null when off or not known. */
  readonly linger: number | null;
  /** Seconds; null for none, 0 for non-blocking. */
  readonly timeout: number | null;
}

export interface Shutdown {
  readonly at: number;
  readonly how: string;
  readonly error: ErrorChain | null;
}

/** An error that the probe had itself; it was kept from the program. */
export interface InternalError {
  readonly at: number;
  readonly where: string;
  readonly message: string;
}

/** Why a Python process was not recorded. */
export interface Notice {
  readonly pid: number;
  readonly reason: string;
  /** Version of the Python, "3.7.16". */
  readonly python: string | null;
  readonly message: string;
}

/** capture.json: who recorded what. */
export interface CaptureManifest {
  readonly version: string;
  /** ISO 8601. */
  readonly created: string | null;
  readonly tool: string | null;
  readonly command: readonly string[];
  readonly cwd: string | null;
  /** ISO 8601; null while the program runs. */
  readonly ended: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** Who made a request whose bytes another task sends. */
export interface RequestOrigin {
  readonly layer: Layer;
  /** Of its first byte, in the bytes sent on that layer. */
  readonly offset: number;
  /** Innermost frame first. */
  readonly stack: readonly Frame[];
}

export interface Socket {
  readonly id: number;
  readonly family: string;
  readonly type: string;
  readonly fd: number | null;
  readonly how: string;
  /** True for the accepting side of a connection. */
  readonly accepted: boolean;
  readonly at: number;
  readonly connects: readonly Connect[];
  readonly tls: TlsHandshake | null;
  readonly streams: readonly Stream[];
  readonly counters: readonly Counters[];
  readonly lastWords: readonly {
    readonly at: number;
    readonly moment: 'failed' | 'closing';
    readonly outcome: 'recovered' | 'nothing-unread' | 'not-recoverable' | 'not-attempted';
    readonly reason: string | null;
    readonly bytes: number;
    /** OpenSSL's reason for the TLS alert that was there: "TLSV13_ALERT_CERTIFICATE_REQUIRED". */
    readonly alert: string | null;
  }[];
  readonly options: readonly SocketOptions[];
  readonly requests: readonly RequestOrigin[];
  readonly shutdowns: readonly Shutdown[];
  readonly close: Close | null;
}
