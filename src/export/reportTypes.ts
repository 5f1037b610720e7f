/**
 * The report of a capture, version 1: a documented contract (docs/report-format.md, docs/report.schema.json).
 * Members may be added within a version; none is renamed, removed or given another meaning. Sizes are bytes, names
 * that end in `Ns` are nanoseconds, `null` is *not known*.
 */
import type { Finding } from '../diagnosis/finding';

export interface Report {
  readonly format: 'framewire-report';
  readonly version: 1;
  /** What made the recording: "framewire 0.1.0". */
  readonly tool: string | null;
  /** Of the program; null while it runs, when a signal ended it, or when nobody noted it. */
  readonly exitCode: number | null;
  /** "SIGKILL" */
  readonly signal: string | null;
  readonly command: readonly string[];
  readonly cwd: string | null;
  readonly capture: { readonly folder: string; readonly created: string | null; readonly ended: string | null };
  /** False when secrets were left in. */
  readonly redacted: boolean;
  readonly processes: readonly ReportProcess[];
  readonly exchanges: readonly ReportExchange[];
  readonly findings: readonly Finding[];
  /** What is wrong with the capture itself. */
  readonly problems: readonly { readonly file: string; readonly code: string; readonly message: string }[];
  /** Python processes that were not recorded. */
  readonly notices: readonly {
    readonly pid: number;
    readonly reason: string;
    readonly python: string | null;
    readonly message: string;
  }[];
}

export interface ReportProcess {
  readonly file: string;
  readonly pid: number;
  readonly ppid: number | null;
  readonly python: string | null;
  readonly implementation: string | null;
  readonly executable: string | null;
  readonly argv: readonly string[];
  readonly cwd: string | null;
  readonly platform: string | null;
  /** False when the process was killed, crashed, or still runs. */
  readonly ended: boolean;
  /** Exceptions that nobody caught. */
  readonly uncaught: readonly ReportErrorLink[];
  /** Libraries that were loaded and bring sockets of their own, whose traffic is not in the capture: "pycurl". */
  readonly unseen: readonly string[];
}

export interface ReportExchange {
  readonly id: string;
  readonly pid: number;
  /** From 0; counts the exchanges of one connection. */
  readonly index: number;
  readonly scheme: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly peer: ReportPeer | null;
  readonly resolve: ReportResolve | null;
  readonly connects: readonly ReportConnect[];
  readonly tls: ReportTls | null;
  readonly request: ReportRequest | null;
  readonly response: ReportResponse | null;
  readonly bytes: ReportBytes;
  /** Bytes of the reply seen, head and body. */
  readonly received: number;
  readonly error: ReportError | null;
  readonly lastWords: {
    readonly outcome: string;
    readonly reason: string | null;
    readonly bytes: number;
    /** The TLS alert that was found unread, in OpenSSL's words. */
    readonly alert: string | null;
  } | null;
  /** How the peer ended the connection: "open", "fin", "reset", "unknown". */
  readonly peerEnd: string;
  /** The HTTP library on the stack, outermost first, with versions. */
  readonly client: readonly { readonly name: string; readonly version: string | null }[];
  /** The stack that sent the request, innermost first. */
  readonly frames: readonly ReportFrame[];
  /** Index in `frames` of the innermost frame of the user's code, -1 when there is none. */
  readonly initiator: number;
  readonly timings: ReportTimings;
  readonly live: boolean;
}

export interface ReportPeer {
  readonly address: string;
  readonly port: number;
  /** Looked up when the report was made; null when it has none or was not asked for. */
  readonly reverseName: string | null;
}

export interface ReportResolve {
  readonly function: string;
  readonly host: string | null;
  readonly port: string | null;
  readonly addresses: readonly string[];
  readonly durationNs: number;
  readonly error: ReportErrorLink | null;
}

export interface ReportConnect {
  readonly address: string | null;
  readonly port: number | null;
  readonly localAddress: string | null;
  readonly localPort: number | null;
  readonly result: string;
  /** Seconds; null for none. */
  readonly timeout: number | null;
  readonly durationNs: number;
  readonly error: ReportErrorLink | null;
}

export interface ReportTls {
  readonly version: string | null;
  readonly cipher: string | null;
  readonly alpn: string | null;
  readonly serverName: string | null;
  readonly reused: boolean | null;
  readonly verifyMode: string | null;
  readonly checkHostname: boolean | null;
  readonly certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly notBefore: string;
    readonly notAfter: string;
    readonly names: readonly string[];
    readonly selfSigned: boolean;
  } | null;
  readonly durationNs: number;
  readonly error: ReportErrorLink | null;
}

export interface ReportHeader {
  readonly name: string;
  readonly value: string;
}

export interface ReportRequest {
  readonly method: string | null;
  readonly url: string | null;
  /** False when it never got as far as being written. */
  readonly sent: boolean;
  readonly httpVersion: string | null;
  readonly headers: readonly ReportHeader[];
  /** Request line and headers with the empty line. */
  readonly headBytes: number | null;
  /** Content-Length. */
  readonly bodyAnnounced: number | null;
  readonly chunked: boolean;
  /** It was seen whole. */
  readonly complete: boolean;
  readonly expectContinue: boolean;
  readonly body: ReportBody | null;
}

export interface ReportBody {
  /** The Python type that was handed over, "bytes"; null when not seen. */
  readonly type: string | null;
  readonly size: number | null;
  /** "memory": held in memory whole; "file": streamed from a file; "stream": produced piece by piece. */
  readonly storage: 'memory' | 'file' | 'stream' | null;
  readonly files: readonly { readonly path: string; readonly size: number | null }[];
  readonly parts: readonly {
    readonly name: string | null;
    readonly filename: string | null;
    readonly contentType: string | null;
    readonly size: number | null;
    readonly sizeDerived: boolean;
    readonly complete: boolean;
  }[];
}

export interface ReportResponse {
  readonly status: number;
  readonly reason: string;
  readonly httpVersion: string;
  readonly headers: readonly ReportHeader[];
  readonly interim: readonly { readonly status: number; readonly reason: string }[];
  /** null when that cannot be told. */
  readonly readByProgram: boolean | null;
  /** It came before the request was sent whole. */
  readonly early: boolean;
  readonly bodyAnnounced: number | null;
  readonly chunked: boolean;
  readonly complete: boolean;
  /** Nanoseconds between its arrival and the failure. */
  readonly arrivedBeforeFailureNs: number | null;
  /** Request bytes that the peer had acknowledged by its arrival; known of a long send only. */
  readonly acknowledgedByArrival: number | null;
  /** The beginning of the decoded body, when it is text. */
  readonly bodyText: string | null;
  readonly bodyTextTruncated: boolean;
}

/** Counts of request bytes. `derived` and `atLeast` name the members that were computed or are lower bounds. */
export interface ReportBytes {
  readonly handed: number | null;
  readonly accepted: number | null;
  readonly acknowledged: number | null;
  readonly derived: readonly string[];
  readonly atLeast: readonly string[];
  /** The same on the wire, TLS records included, the handshake excluded. */
  readonly wire: {
    readonly accepted: number | null;
    readonly acknowledged: number | null;
    readonly derived: readonly string[];
    readonly atLeast: readonly string[];
  };
  /** The kernel's counters of the whole connection, handshake and earlier exchanges included. */
  readonly connection: { readonly accepted: number | null; readonly acknowledged: number | null };
}

export interface ReportErrorLink {
  readonly type: string;
  readonly module: string;
  readonly errno: number | null;
  readonly errnoName: string | null;
  readonly message: string | null;
  readonly args: readonly string[];
  /** How it hangs on the error at index `of` of the chain; null for the first. */
  readonly relation: 'cause' | 'context' | 'reason' | null;
  readonly of: number | null;
  /** OpenSSL's reason ("CERTIFICATE_VERIFY_FAILED") and verification error. */
  readonly reason: string | null;
  readonly verifyCode: number | null;
  readonly verifyMessage: string | null;
}

/** What went wrong, at the operation where it came up; `chain` is what the program got, outermost first. */
export interface ReportError {
  readonly type: string;
  readonly errno: number | null;
  readonly errnoName: string | null;
  readonly message: string | null;
  readonly args: readonly string[];
  /** "sendall", "connect"…; null when no operation failed. */
  readonly operation: string | null;
  readonly phase: string | null;
  readonly durationNs: number | null;
  readonly chain: readonly ReportErrorLink[];
}

export interface ReportFrame {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** Distribution, "python" for the standard library, null for loose files. */
  readonly package: string | null;
  readonly packageVersion: string | null;
  readonly kind: 'user' | 'library' | 'stdlib';
}

export interface ReportTimings {
  /** ISO 8601. */
  readonly began: string;
  readonly resolveNs: number | null;
  readonly connectNs: number | null;
  readonly tlsNs: number | null;
  /** From the request's first byte to its last. */
  readonly requestNs: number | null;
  /** From the request's last byte (or the failure) to the reply's first. */
  readonly waitNs: number | null;
  readonly responseNs: number | null;
  readonly totalNs: number | null;
}
