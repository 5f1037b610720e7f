/**
 * What one HTTP exchange looks like to everything above the decoders: the diagnosis, the exports and the views.
 *
 * Sizes are bytes, times are nanoseconds of the process's monotonic clock unless a name says otherwise. `null` means
 * *not known*; it is never a stand-in for zero.
 */
import type { ByteRange } from '../base/byteRange';
import type { Connect, ErrorChain, Frame, ProcessInfo, Resolve, Socket, TlsHandshake } from '../wire/model';

/** A 1xx response: a final one is to follow. */
export interface Interim {
  readonly status: number;
  readonly reason: string;
}

/** A count that may have been computed instead of measured; a surface that shows it says so. */
export interface Count {
  /** Bytes; `null` where the platform cannot tell. */
  readonly value: number | null;
  /** True when computed from other figures (such as plaintext from TLS record sizes) and not reported by anyone. */
  readonly derived: boolean;
  /** Only a lower bound is known. */
  readonly atLeast: boolean;
}

/** The three counts of one direction; they are different numbers and never stand for one another. */
export interface ByteCounts {
  /** Passed in by the program to send, sendall or write. */
  readonly handed: Count;
  /** Taken by the kernel. */
  readonly accepted: Count;
  /** Confirmed by the peer's TCP. */
  readonly acknowledged: Count;
}

export interface Header {
  readonly name: string;
  /** Latin-1 text as it stood on the wire, surrounding blanks removed. */
  readonly value: string;
}

export interface MultipartPart {
  readonly name: string | null;
  readonly filename: string | null;
  readonly contentType: string | null;
  /** Bytes of the part's content; `null` when its end was not seen and cannot be computed. */
  readonly size: number | null;
  /** The end was not captured; the size follows from Content-Length and the size of the file that was sent. */
  readonly sizeDerived: boolean;
  /** Where the content lies in the message body; the end is what was captured. */
  readonly range: ByteRange;
  /** The part's end was seen. */
  readonly complete: boolean;
}

export interface Message {
  readonly startLine: string;
  readonly httpVersion: string;
  readonly headers: readonly Header[];
  /** Start line and headers with the empty line, in the stream. */
  readonly headRange: ByteRange;
  /** The body as framed on the wire (chunk sizes included), in the stream; the end is what was seen so far. */
  readonly bodyRange: ByteRange;
  /** Content-Length, or `null` when chunked or unspecified. */
  readonly bodyAnnounced: number | null;
  readonly chunked: boolean;
  /** All of the message was seen. */
  readonly complete: boolean;
  readonly beganAt: number;
  readonly endedAt: number | null;
  /** Where decoding gave up and why; the bytes before are decoded, the rest is raw. */
  readonly problem: string | null;
}

/** What the probe knows of the request's body besides its bytes on the wire. */
export interface BodySource {
  /** The exact Python type handed over: "bytes", "BufferedReader", "generator". */
  readonly type: string;
  readonly size: number | null;
  readonly storage: 'memory' | 'file' | 'stream';
  /** The file that it was streamed from, or the open file of the same content found in the calling frames. */
  readonly files: readonly { readonly path: string; readonly size: number | null }[];
}

export interface RequestMessage extends Message {
  readonly method: string;
  readonly target: string;
  /** Absolute, secrets in the user info and query still in it: redact before showing. */
  readonly url: string;
  readonly parts: readonly MultipartPart[];
  readonly body: BodySource | null;
  readonly expectContinue: boolean;
}

export interface ReplyArrival {
  /** Of the first bytes. Monotonic nanoseconds; not later than this, and at most the time between two samples earlier. */
  readonly at: number;
  /** How much of the request the peer had confirmed by then. */
  readonly acknowledged: Count;
}

export interface ResponseMessage extends Message {
  readonly status: number;
  readonly reason: string;
  /** Interim responses (1xx) that came before this one. */
  readonly interim: readonly Interim[];
  /**
   * Whether the program itself received the head of this reply: true, false (it was recovered by the probe from what
   * was left in the receive buffer), or null when that cannot be told.
   */
  readonly readByProgram: boolean | null;
  /** The reply's first byte was read, or lay in the receive buffer, before the request's body was handed over whole. */
  readonly early: boolean;
  /** Nanoseconds between the arrival of the reply's last byte (its first, given `arrival`) and the failure; null if not known. */
  readonly arrivedBeforeFailure: number | null;
  /** When it arrived although nobody looked, from counters sampled during a long send; null if not known. */
  readonly arrival: ReplyArrival | null;
  /** The body after transfer and content codings, at most 64 KiB; null when there is none or it cannot be decoded. */
  readonly bodyPreview: Uint8Array | null;
  readonly bodyPreviewTruncated: boolean;
}

/** The operation that broke the exchange. */
export interface Failure {
  /**
   * Of the operation; where no operation failed and the stream just ended, the exception at the bottom of what the
   * library raised ("RemoteDisconnected", "IncompleteRead").
   */
  readonly error: ErrorChain;
  /** "getaddrinfo", "connect", "do_handshake", "sendall", "recv_into"… */
  readonly operation: string;
  readonly phase: 'resolve' | 'connect' | 'tls' | 'send' | 'receive' | 'other';
  readonly at: number;
  /** How long the failing operation had been running. */
  readonly duration: number;
  /** Innermost first, the library's frames included. */
  readonly frames: readonly Frame[];
}

/** What became of the reply on a connection that broke or was closed with the reply unread. */
export interface LastWords {
  readonly outcome: 'recovered' | 'nothing-unread' | 'not-recoverable' | 'not-attempted';
  readonly reason: string | null;
  readonly bytes: number;
  /** The TLS alert that was found unread, in OpenSSL's words: "TLSV13_ALERT_CERTIFICATE_REQUIRED". */
  readonly alert: string | null;
}

/** How the peer ended the connection, as far as was seen. */
export type PeerEnd = 'open' | 'fin' | 'reset' | 'unknown';

/**
 * One request and its reply; or the attempt at one that never got so far (a name that was not found, a refused
 * connection): then `request` is null and `failure` tells. A connection that carries something else than HTTP yields
 * one exchange with `request` and `response` null.
 */
export interface Exchange {
  /** Unique in the capture and stable while it grows: "<process file>/<socket or resolve>/<index>". */
  readonly id: string;
  readonly process: ProcessInfo;
  /** null when the attempt failed before there was a socket. */
  readonly socket: Socket | null;
  /** From 0; counts the exchanges of one connection. */
  readonly index: number;
  readonly scheme: 'http' | 'https' | 'tcp' | 'tls' | 'unix' | null;
  /** What the program asked for, from the library call, the SNI, the Host header or the resolver. */
  readonly host: string | null;
  readonly port: number | null;
  readonly peer: { readonly address: string; readonly port: number } | null;
  readonly resolve: Resolve | null;
  /** Every connect attempt made for this exchange, in order. */
  readonly connects: readonly Connect[];
  readonly tls: TlsHandshake | null;
  readonly request: RequestMessage | null;
  readonly response: ResponseMessage | null;
  /** Interim responses (1xx) that came without a final one; empty where there is a response. */
  readonly interim: readonly Interim[];
  /** Method and URL of the library call, for exchanges that broke before a request was written. */
  readonly intended: { readonly method: string | null; readonly url: string | null; readonly function: string } | null;
  /** Request direction, in the bytes of the stream the program writes: plaintext when there is TLS. Head and body. */
  readonly bytes: ByteCounts;
  /** The same exchange on the wire, TLS records included; equal to `bytes` without TLS. Handshake bytes excluded. */
  readonly wireBytes: { readonly accepted: Count; readonly acknowledged: Count };
  /** The whole connection's counters as the kernel gave them last, handshake and earlier exchanges included. */
  readonly connectionBytes: { readonly accepted: number | null; readonly acknowledged: number | null };
  /** Bytes of the reply seen (head and body). */
  readonly received: number;
  readonly failure: Failure | null;
  readonly lastWords: LastWords | null;
  readonly peerEnd: PeerEnd;
  /** The exception as it left the HTTP library, with its chain; null when the library call returned. */
  readonly raised: ErrorChain | null;
  /** The library went on to another request before its call returned: a redirect, another try, with credentials. */
  readonly followed: boolean;
  /** The stack that sent the request (or made the attempt), innermost first. */
  readonly frames: readonly Frame[];
  /** Index in `frames` of the innermost frame of the user's code, -1 when there is none. */
  readonly initiator: number;
  readonly beganAt: number;
  readonly endedAt: number | null;
  /** The connection is still in use and more may come. */
  readonly live: boolean;
}
