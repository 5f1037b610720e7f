/** Messages of the Debug Adapter Protocol as far as a relay looks into them. */

import { Event as DapEvent, Response as DapResponse, OutputEvent } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';

/** A JSON object. */
export type Json = Record<string, unknown>;

export interface Request {
  readonly seq: number;
  readonly type: 'request';
  readonly command: string;
  readonly arguments?: Json | undefined;
}

export interface Response {
  readonly seq: number;
  readonly type: 'response';
  readonly request_seq: number;
  readonly command: string;
  readonly success: boolean;
  readonly message?: string | undefined;
  readonly body?: unknown;
}

export interface Event {
  readonly seq: number;
  readonly type: 'event';
  readonly event: string;
  readonly body?: unknown;
}

export type Message = Request | Response | Event;
export type Unnumbered<M extends Message = Message> = M extends Message ? Omit<M, 'seq'> : never;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What keeps a JSON value from being a message, or null. Members that a relay does not read are not looked at. */
export function messageProblem(value: unknown): string | null {
  if (!isJson(value)) return 'a message must be an object';
  if (!Number.isSafeInteger(value.seq)) return '"seq" must be a whole number';
  switch (value.type) {
    case 'request':
      if (typeof value.command !== 'string') return 'a request must have a "command"';
      return value.arguments == null || isJson(value.arguments) ? null : '"arguments" must be an object';
    case 'response':
      return Number.isSafeInteger(value.request_seq) ? null : 'a response must have a "request_seq"';
    case 'event':
      return typeof value.event === 'string' ? null : 'an event must have an "event"';
    default:
      return '"type" must be request, response or event';
  }
}

export const event = (name: string, body?: unknown): Unnumbered<Event> => new DapEvent(name, body) as Unnumbered<Event>;

export function success(request: Request, body?: unknown): Unnumbered<Response> {
  const response = new DapResponse(request as DebugProtocol.Request) as DebugProtocol.Response;
  if (body !== undefined) response.body = body;
  return response as Unnumbered<Response>;
}

/**
 * @param message one sentence or more for the user, saying what to do
 * @param id stable number of the error, when it has one
 */
export function failure(request: Pick<Request, 'seq' | 'command'>, message: string, id?: number): Unnumbered<Response> {
  const response = new DapResponse(request as DebugProtocol.Request, message) as DebugProtocol.ErrorResponse;
  // braces in a message would be taken for variables of the format
  response.body = { error: { id: id ?? 0, format: '{_text}', variables: { _text: message }, showUser: true } };
  return response as Unnumbered<Response>;
}

/** Text for the debug console. `important` is shown highlighted. */
export const output = (category: 'console' | 'important' | 'stderr', text: string): Unnumbered<Event> =>
  new OutputEvent(text.endsWith('\n') ? text : `${text}\n`, category) as Unnumbered<Event>;
