/**
 * HTTP Archive 1.2 as it is written here (http://www.softwareishard.com/blog/har-12-spec/). Members with an underscore
 * are additions that readers pass over: some are Chrome's, the others are described in docs/export.md.
 */
import type { Count } from '../../decode/exchange';

export interface HarHeader {
  readonly name: string;
  readonly value: string;
}

export interface HarCookie {
  readonly name: string;
  readonly value: string;
  readonly path?: string;
  readonly domain?: string;
  /** ISO 8601. */
  readonly expires?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: string;
}

export interface HarParam {
  readonly name: string;
  readonly value?: string;
  readonly fileName?: string;
  readonly contentType?: string;
  readonly comment?: string;
}

export interface HarPostData {
  readonly mimeType: string;
  readonly text: string;
  readonly params?: readonly HarParam[];
  readonly comment?: string;
  /** HAR knows binary replies only; a request's bytes are marked as it marks those. */
  readonly _encoding?: 'base64';
}

export interface HarRequest {
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly cookies: readonly HarCookie[];
  readonly headers: readonly HarHeader[];
  readonly queryString: readonly HarHeader[];
  readonly postData?: HarPostData;
  readonly headersSize: number;
  readonly bodySize: number;
  readonly comment?: string;
}

export interface HarContent {
  readonly size: number;
  readonly compression?: number;
  readonly mimeType: string;
  readonly text?: string;
  readonly encoding?: 'base64';
  readonly comment?: string;
}

export interface HarResponse {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly cookies: readonly HarCookie[];
  readonly headers: readonly HarHeader[];
  readonly content: HarContent;
  readonly redirectURL: string;
  readonly headersSize: number;
  readonly bodySize: number;
  readonly comment?: string;
  readonly _transferSize: number;
  /** Chrome's: what broke the exchange. */
  readonly _error?: string;
  readonly _readByProgram?: boolean;
  readonly _early?: boolean;
}

/** Milliseconds; -1 for what does not apply or is not known. `ssl` is a part of `connect`. */
export interface HarTimings {
  readonly blocked: number;
  readonly dns: number;
  readonly connect: number;
  readonly ssl: number;
  readonly send: number;
  readonly wait: number;
  readonly receive: number;
}

/** `Network.Initiator` of the Chrome DevTools Protocol; lines count from 0. */
export interface HarInitiator {
  readonly type: 'script' | 'other';
  readonly url?: string;
  readonly lineNumber?: number;
  readonly stack?: {
    readonly callFrames: readonly {
      readonly functionName: string;
      readonly scriptId: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    }[];
  };
}

export interface HarFinding {
  readonly id: string;
  readonly title: string;
  readonly side: string;
  readonly severity: string;
  readonly summary: string;
  readonly advice: readonly string[];
}

export interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: Record<string, never>;
  readonly timings: HarTimings;
  readonly serverIPAddress?: string;
  /** The server's port. */
  readonly connection?: string;
  readonly comment?: string;
  /** Names the connection: process id and socket. */
  readonly _connectionId?: string;
  readonly _initiator: HarInitiator;
  /** Of the request, head and body. */
  readonly _bytes: { readonly handed: Count; readonly accepted: Count; readonly acknowledged: Count };
  readonly _exception?: string;
  readonly _finding?: HarFinding;
  readonly _pid: number;
  readonly _exchange: string;
}
