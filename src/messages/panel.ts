/**
 * What the wire panel's webview and the host of a capture say to each other, and what the webview asks of the editor.
 *
 * Everything here is JSON. Sizes and offsets are bytes; offsets count from the first byte of a *stream* (one direction of
 * one socket). Times are milliseconds since the capture's first process began. `null` means not known. Texts are
 * redacted unless secrets are revealed, and may hold any character: a view shows them as text and makes them visible.
 */

/** Bytes as base64. */
export type Base64 = string;

export type StreamDirection = 'up' | 'down';

/** `[start, end)` in a stream. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface StreamSpan extends Span {
  readonly direction: StreamDirection;
}

/** A byte count with what it is worth; see `Count` in src/decode/exchange.ts. */
export interface ByteCount {
  readonly value: number | null;
  readonly derived: boolean;
  readonly atLeast: boolean;
}

export interface SourcePlace {
  /** Absolute path, or a name like "<frozen runpy>" that cannot be opened. */
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

// ---------------------------------------------------------------------------------------------------- the capture

export interface CaptureSummary {
  readonly folder: string;
  /** Command line of the recorded program, for a title; empty when not known. */
  readonly command: readonly string[];
  /** ISO 8601. */
  readonly created: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The capture may still grow. */
  readonly live: boolean;
  readonly processes: number;
  /** Exchanges in the capture, whatever the filter. */
  readonly exchanges: number;
  /** Bytes of the capture's files that were gone over so far; null when that is done. There may be more exchanges until then. */
  readonly reading: { readonly done: number; readonly size: number } | null;
  /** What is wrong with the capture, each a sentence. */
  readonly problems: readonly string[];
  readonly revealed: boolean;
}

// ---------------------------------------------------------------------------------------------------- the table

export type SortColumn = 'time' | 'status' | 'method' | 'host' | 'path' | 'initiator' | 'up' | 'down' | 'duration';

export interface ListOrder {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** All groups or none but for some, by their ids: so it stays short and holds for connections that are still to come. */
export interface Folding {
  readonly all: boolean;
  readonly except: readonly string[];
}

export interface ListOptions {
  /** See src/panelModel/query.ts for the language. */
  readonly query: string;
  readonly order: ListOrder;
  /** One heading for every connection, exchanges under it. */
  readonly grouped: boolean;
  /** Of which connections only the heading is shown; absent: of none. */
  readonly folding?: Folding;
  /** Rows wanted at once, as `rows` would give them: those in sight. */
  readonly rows: Span;
}

export interface ListSummary {
  /** Counts up with every change of what `rows` would return. */
  readonly revision: number;
  /** Items that `rows` can return: exchanges that match, and headings. */
  readonly items: number;
  readonly matching: number;
  readonly total: number;
  /** Why the query cannot be understood; then nothing was filtered. */
  readonly problem: string | null;
  /** Earliest beginning and latest end of what matches, the scale of the waterfall. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly ListItem[];
}

export type PhaseName = 'name' | 'connect' | 'tls' | 'send' | 'wait' | 'receive';

export interface Phase {
  readonly name: PhaseName;
  readonly start: number;
  readonly end: number;
}

/** `failed`: an operation failed, or the reply broke off; `refused`: status 400 and more; `running`: not over; `ok`: anything else. */
export type Outcome = 'ok' | 'refused' | 'failed' | 'running';

export interface ExchangeRow {
  readonly kind: 'exchange';
  readonly id: string;
  /** Id of the heading above it, where there are headings. */
  readonly group: string;
  readonly pid: number;
  readonly scheme: string | null;
  readonly method: string | null;
  readonly host: string | null;
  readonly port: number | null;
  /** Path and query; for something else than HTTP a word for what it is. */
  readonly path: string;
  readonly status: number | null;
  readonly reason: string | null;
  readonly outcome: Outcome;
  /** There is a reply and the program never received it. */
  readonly unreadReply: boolean;
  /** Short name of the error that broke it, "BrokenPipeError 32". */
  readonly error: string | null;
  readonly initiator: SourcePlace | null;
  /** Bytes of the request that the kernel took; where that is not known, that were handed over: `upIs` says which. */
  readonly up: ByteCount;
  readonly upIs: 'accepted' | 'handed';
  /** Head and body as announced; null when not announced. */
  readonly upAnnounced: number | null;
  readonly down: number;
  readonly began: number;
  readonly duration: number | null;
  readonly phases: readonly Phase[];
}

export interface GroupRow {
  readonly kind: 'group';
  readonly id: string;
  /** Its exchanges are not in the list. */
  readonly folded: boolean;
  /** "python upload.py (pid 4711)". */
  readonly process: string;
  /** "127.0.0.1:8444, TLSv1.3"; null for attempts without a connection. */
  readonly connection: string | null;
  readonly exchanges: number;
}

export type ListItem = ExchangeRow | GroupRow;

// ---------------------------------------------------------------------------------------------------- one exchange

/** One frame of the call tree: all calls below it went through this line. */
export interface FrameNode {
  readonly kind: 'frame';
  /** Index in the list. */
  readonly id: number;
  /** Index of the caller's node, -1 for an outermost one. */
  readonly parent: number;
  readonly place: SourcePlace;
  /** Package or module in short, "urllib", for a folded line. */
  readonly library: string;
  /** The user's own code, not a library's. */
  readonly own: boolean;
  /** The innermost frame of the user's code: where the request starts. */
  readonly initiator: boolean;
}

/** Calls that one line made, of one kind: what it did on the wire. */
export interface CallNode {
  readonly kind: 'call';
  readonly id: number;
  readonly parent: number;
  /** "sendall", "recv_into", "connect", "do_handshake", "getaddrinfo", "last words". */
  readonly operation: string;
  readonly direction: StreamDirection | null;
  readonly calls: number;
  /** Bytes handed over or received; null for calls that move none. */
  readonly bytes: number | null;
  /** What it touched, merged and sorted. */
  readonly ranges: readonly Span[];
  readonly began: number;
  readonly duration: number;
  /** "127.0.0.1:8444", "TLSv1.3", …: what it came to; null when there is nothing more to say. */
  readonly detail: string | null;
  readonly error: string | null;
  /** Made by the recorder at the failure or the close, not by the program. */
  readonly lastWords: boolean;
  readonly pending: boolean;
}

export type TreeNode = FrameNode | CallNode;

export type MarkKind = 'acknowledged' | 'accepted' | 'handed' | 'announced' | 'reply';

/** A boundary in the request's stream. */
export interface Mark {
  readonly kind: MarkKind;
  readonly offset: number;
  /** How far from the message's first byte. */
  readonly count: number;
  readonly derived: boolean;
  readonly atLeast: boolean;
}

export interface Section extends Span {
  readonly kind: 'head' | 'body' | 'part' | 'data';
  /** Name of a multipart field, or null. */
  readonly name: string | null;
}

/** The part of a stream that one exchange has. */
export interface StreamView extends Span {
  readonly direction: StreamDirection;
  /** Plaintext inside TLS, or the socket's own bytes. */
  readonly layer: 'wire' | 'tls';
  /** What of it is in the capture; sorted, disjoint. */
  readonly stored: readonly Span[];
  readonly sections: readonly Section[];
  /** By offset. */
  readonly marks: readonly Mark[];
  /** Of a reply: the bytes that the program itself received. */
  readonly readByProgram: readonly Span[] | null;
}

export interface HeaderLine {
  readonly name: string;
  readonly value: string;
  /** The value is a secret and is not shown. */
  readonly masked: boolean;
}

/** At most so many headers are told; the rest stays in the bytes. */
export const MAX_HEADERS = 500;

export interface ReplyView {
  readonly status: number;
  readonly reason: string;
  readonly startLine: string;
  readonly headers: readonly HeaderLine[];
  readonly headersOmitted: number;
  readonly interim: readonly { readonly status: number; readonly reason: string }[];
  readonly readByProgram: boolean | null;
  readonly early: boolean;
  /** Milliseconds between the arrival of the reply and the failure. */
  readonly arrivedBeforeFailure: number | null;
  readonly complete: boolean;
  readonly problem: string | null;
  readonly body: BodyView | null;
}

/** A body after transfer and content codings. */
export interface BodyView {
  readonly contentType: string | null;
  readonly data: Base64;
  readonly truncated: boolean;
}

export interface RequestView {
  readonly startLine: string;
  readonly url: string;
  readonly headers: readonly HeaderLine[];
  readonly headersOmitted: number;
  readonly problem: string | null;
  readonly bodyAnnounced: number | null;
  readonly chunked: boolean;
  readonly parts: readonly {
    readonly name: string | null;
    readonly filename: string | null;
    readonly contentType: string | null;
    readonly size: number | null;
    readonly sizeDerived: boolean;
    /** In the stream; null when the body is chunked, so that content and stream differ. */
    readonly range: Span | null;
  }[];
  /** "bytes, 12,444,474 B, held in memory whole"… in parts. */
  readonly source: {
    readonly type: string;
    readonly size: number | null;
    readonly storage: 'memory' | 'file' | 'stream';
    readonly files: readonly { readonly path: string; readonly size: number | null }[];
  } | null;
  /** Null for a form, whose parts tell more. */
  readonly body: BodyView | null;
}

/** One fact of the connection, with a heading to stand under. */
export interface Fact {
  readonly group: 'server' | 'tls' | 'certificate' | 'kernel' | 'options' | 'process';
  readonly name: string;
  readonly value: string;
  readonly tone: 'plain' | 'bad' | 'good';
}

export interface ErrorView {
  readonly type: string;
  readonly text: string;
  readonly errno: string | null;
  readonly relation: 'cause' | 'context' | 'reason' | null;
}

/** Where a piece of evidence leads. */
export type EvidenceTarget =
  | { readonly kind: 'bytes'; readonly span: StreamSpan }
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'connection' }
  | { readonly kind: 'error' };

export interface EvidenceView {
  /** A few words, "reply 413". */
  readonly label: string;
  readonly text: string;
  readonly target: EvidenceTarget | null;
}

export interface FindingView {
  readonly id: string;
  readonly title: string;
  readonly side: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly summary: string;
  readonly evidence: readonly EvidenceView[];
  readonly advice: readonly { readonly text: string; readonly code: string | null }[];
  readonly references: readonly string[];
}

export interface ExchangeDetail {
  readonly row: ExchangeRow;
  /** Changes whenever anything in here does. */
  readonly version: string;
  readonly finding: FindingView | null;
  readonly nodes: readonly TreeNode[];
  readonly up: StreamView | null;
  readonly down: StreamView | null;
  readonly request: RequestView | null;
  readonly reply: ReplyView | null;
  /** Why there is no reply to show, in a sentence. */
  readonly replyMissing: string | null;
  readonly facts: readonly Fact[];
  readonly errors: readonly ErrorView[];
}

/** The call that moved a byte, exactly. */
export interface OperationAt {
  readonly operation: string;
  readonly span: Span;
  /** Node of the call tree. */
  readonly node: number;
  readonly calls: number;
  readonly began: number;
  readonly duration: number;
  readonly thread: string;
  readonly error: string | null;
  readonly pending: boolean;
}

// ---------------------------------------------------------------------------------------------------- the timeline

export interface TimelinePoint {
  readonly at: number;
  /** Bytes of the direction from the exchange's first byte on. */
  readonly bytes: number;
}

export interface TimelineSeries {
  readonly name: 'handed' | 'accepted' | 'acknowledged' | 'received';
  /** In the order of time; a step stays until the next. */
  readonly points: readonly TimelinePoint[];
}

export interface TimelineMark {
  readonly kind: 'reply' | 'error' | 'close';
  readonly at: number;
  readonly text: string;
  /** The time is computed, not recorded. */
  readonly derived: boolean;
}

export interface Timeline {
  readonly from: number;
  readonly to: number;
  readonly series: readonly TimelineSeries[];
  readonly marks: readonly TimelineMark[];
  /** What was acknowledged is counted on the wire, in TLS records; the rest in the program's own bytes. */
  readonly wire: boolean;
}

// ---------------------------------------------------------------------------------------------------- requests

/** More than this is not given at once. */
export const MAX_PAGE_BYTES = 65_536;
export const MAX_PAGE_ROWS = 500;

export type CopyForm = 'text' | 'hex' | 'python' | 'curl';

export interface Copied {
  readonly text: string;
  /** What was left out, in words that go on a sentence; null when it is all there. */
  readonly missing: string | null;
  /** Secrets have been taken out. */
  readonly masked: boolean;
}

export interface SearchOptions {
  readonly exchange: string;
  readonly direction: StreamDirection;
  /** Text, pairs of hex digits, or a regular expression over the bytes as Latin-1. */
  readonly pattern: string;
  readonly kind: 'text' | 'hex' | 'regexp';
}

export interface SearchResult {
  readonly matches: readonly Span[];
  /** There are more than are told. */
  readonly limited: boolean;
  /** Bytes of the range that are not in the capture and were not searched. */
  readonly notStored: number;
}

/** What the host of a capture answers. */
export interface PanelCalls {
  summary: { params: Record<string, never>; result: CaptureSummary };
  list: { params: ListOptions; result: ListSummary };
  rows: { params: Span; result: { readonly revision: number; readonly items: readonly ListItem[] } };
  /** Where an exchange or a heading stands in the list; null when it is filtered out or folded away. */
  locate: { params: { readonly id: string }; result: number | null };
  exchange: { params: { readonly exchange: string }; result: ExchangeDetail | null };
  /** Stored bytes from `start`, fewer at the first byte that is not stored; secrets are blanked and named. */
  bytes: {
    params: StreamSpan & { readonly exchange: string };
    result: { readonly data: Base64; readonly masked: readonly Span[] };
  };
  operationAt: {
    params: { readonly exchange: string; readonly direction: StreamDirection; readonly offset: number };
    result: OperationAt | null;
  };
  timeline: { params: { readonly exchange: string }; result: Timeline | null };
  /** Can be cancelled; tells its progress by the event `searching`. */
  search: { params: SearchOptions; result: SearchResult };
  /** Secrets stay masked unless revealed. `curl` is about the whole request. */
  copy: { params: StreamSpan & { readonly exchange: string; readonly form: CopyForm }; result: Copied };
  reveal: { params: { readonly revealed: boolean }; result: null };
}

/** What the editor answers; these never reach the host. */
export interface EditorCalls {
  openSource: {
    params: { readonly file: string; readonly line: number; readonly preserveFocus: boolean };
    result: null;
  };
  writeClipboard: { params: { readonly text: string }; result: null };
  /** Starts the host once more after it has ended. */
  reopen: { params: Record<string, never>; result: null };
  /** Asks where to, then writes the bytes as they were captured. The name of the file, or null when the user thought better of it. */
  saveBytes: {
    params: StreamSpan & { readonly exchange: string; readonly suggestedName: string };
    result: string | null;
  };
}

export const EDITOR_CALLS: readonly (keyof EditorCalls)[] = ['openSource', 'writeClipboard', 'saveBytes', 'reopen'];

/** What the editor asks of the host for itself. */
export interface HostCalls {
  /** Writes a range to a file of the user's choice, byte by byte as captured. */
  writeRange: { params: StreamSpan & { readonly exchange: string; readonly path: string }; result: null };
}

export type WebviewCalls = PanelCalls & EditorCalls;

/** What the host tells by itself; at most a few a second. */
export interface PanelEvents {
  /** The capture has grown or ended, or secrets were revealed or hidden: what was pulled may be stale. */
  changed: { readonly summary: CaptureSummary };
  searching: { readonly pattern: string; readonly done: number; readonly total: number };
  /** Sent by the editor: the host is gone, and why; every call fails until it is reopened. */
  hostEnded: { readonly reason: string };
  /** Sent by the editor: show this exchange. */
  show: { readonly exchange: string };
}
