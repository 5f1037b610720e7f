/**
 * What the extension tells the language server besides the Language Server Protocol: the last exchange of each line of
 * source that took part in one. Texts are redacted and come from servers and programs: they are data, never markup.
 */
import type { ExchangeSummary } from './dap';

export const EXCHANGES_NOTIFICATION = 'framewire/exchanges';

/** What an editor shows of an exchange at the lines that led to it. */
export interface PlacedExchange
  extends Pick<
    ExchangeSummary,
    | 'id'
    | 'method'
    | 'url'
    | 'status'
    | 'reason'
    | 'unreadReply'
    | 'bytes'
    | 'began'
    | 'duration'
    | 'error'
    | 'finding'
    | 'live'
  > {
  /** Folder of the capture it is in. */
  readonly capture: string;
}

/** A line of source that was under way when the exchange was sent. */
export interface ExchangePlace {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Name of the function that the line had called, without its class; null when it is not known. */
  readonly calls: string | null;
  /** It is the innermost line of the user's code. */
  readonly initiator: boolean;
  /** Index in the message's exchanges. */
  readonly exchange: number;
}

export interface ExchangesNotification {
  /** Forget everything told before. */
  readonly reset: boolean;
  readonly exchanges: readonly PlacedExchange[];
  readonly places: readonly ExchangePlace[];
}

/** Commands of the extension that the server's answers lead to. */
export interface EditorCommands {
  /** Takes the document's URI and the call's range. */
  readonly debugUpload?: string | undefined;
  /** Takes a capture's folder and an exchange's id. */
  readonly showExchange?: string | undefined;
}

/** What the client says when it starts the server. */
export interface LanguageServerOptions {
  readonly commands?: EditorCommands;
  /** Texts in the language of the display. */
  readonly strings?: Readonly<Record<string, string>> | undefined;
}
