/** HAR 1.2 as its specification has it, and exports to look at. */
import { join } from 'node:path';
import {
  type ExportFormat,
  type ExportOptions,
  type ExportSummary,
  exportCapture,
} from '../../src/export/exportCapture';
import type { HarEntry } from '../../src/export/har/harTypes';
import { violations } from './schema';

const text = { type: 'string' };
const number = { type: 'number' };
/** Sizes and times may be -1, "does not apply or is not available". */
const orMinusOne = { type: 'number', minimum: -1 };
const flag = { type: 'boolean' };
const list = (items: object) => ({ type: 'array', items });
const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { comment: text, ...required, ...optional },
  additionalProperties: false,
});

const pair = object({ name: text, value: text });
const cookie = object(
  { name: text, value: text },
  { path: text, domain: text, expires: text, httpOnly: flag, secure: flag, sameSite: text },
);
const count = object({ value: { type: ['integer', 'null'] }, derived: flag, atLeast: flag });
const callFrame = object({ functionName: text, scriptId: text, url: text, lineNumber: number, columnNumber: number });

const SCHEMA = object({
  log: object({
    version: { const: '1.2' },
    creator: object({ name: text, version: text }),
    pages: list(object({})),
    entries: list(
      object(
        {
          startedDateTime: text,
          time: { type: 'number', minimum: 0 },
          request: object(
            {
              method: text,
              url: text,
              httpVersion: text,
              cookies: list(cookie),
              headers: list(pair),
              queryString: list(pair),
              headersSize: orMinusOne,
              bodySize: orMinusOne,
            },
            {
              postData: object(
                { mimeType: text, text },
                {
                  params: list(object({ name: text }, { value: text, fileName: text, contentType: text })),
                  _encoding: { const: 'base64' },
                },
              ),
            },
          ),
          response: object(
            {
              status: { type: 'integer', minimum: 0 },
              statusText: text,
              httpVersion: text,
              cookies: list(cookie),
              headers: list(pair),
              content: object(
                { size: orMinusOne, mimeType: text },
                { compression: number, text, encoding: { const: 'base64' } },
              ),
              redirectURL: text,
              headersSize: orMinusOne,
              bodySize: orMinusOne,
            },
            { _transferSize: number, _error: text, _readByProgram: flag, _early: flag },
          ),
          cache: object({}),
          timings: object({
            blocked: orMinusOne,
            dns: orMinusOne,
            connect: orMinusOne,
            ssl: orMinusOne,
            send: orMinusOne,
            wait: orMinusOne,
            receive: orMinusOne,
          }),
        },
        {
          serverIPAddress: text,
          connection: text,
          _connectionId: text,
          _initiator: object(
            { type: { enum: ['script', 'other'] } },
            { url: text, lineNumber: number, stack: object({ callFrames: list(callFrame) }) },
          ),
          _bytes: object({ handed: count, accepted: count, acknowledged: count }),
          _exception: text,
          _finding: object({
            id: text,
            title: text,
            side: text,
            severity: text,
            summary: text,
            advice: list(text),
          }),
          _pid: number,
          _exchange: text,
        },
      ),
    ),
  }),
});

/** What is wrong with a HAR file; empty when nothing is. */
export function harViolations(document: { log: { entries: readonly HarEntry[] } }): string[] {
  const wrong = violations(document, SCHEMA);
  for (const { startedDateTime, time, timings, _exchange } of document.log.entries) {
    const { blocked, dns, connect, send, wait, receive } = timings;
    const sum = [blocked, dns, connect, send, wait, receive].reduce((all, one) => all + Math.max(0, one), 0);
    if (Math.abs(sum - time) > 0.01) wrong.push(`${_exchange}: time is ${time}, the timings are ${sum}`);
    if (timings.ssl > timings.connect) wrong.push(`${_exchange}: ssl is no part of connect`);
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/.test(startedDateTime)) wrong.push(`${_exchange}: ${startedDateTime}`);
  }
  const starts = document.log.entries.map((entry) => entry.startedDateTime);
  if (starts.some((start, index) => index > 0 && start < (starts[index - 1] as string))) wrong.push('not by time');
  return wrong;
}

export interface Exported {
  readonly bytes: Buffer;
  readonly summary: ExportSummary;
}

/** What an export of the capture writes. */
export async function exported(
  folder: string,
  format: ExportFormat,
  options: Partial<ExportOptions> = {},
): Promise<Exported> {
  const pieces: Uint8Array[] = [];
  const given = { format, version: '0.1.0', workFolder: join(folder, '..'), ...options };
  const summary = await exportCapture(folder, given, {
    write: async (piece) => {
      pieces.push(Buffer.from(piece));
    },
  });
  return { bytes: Buffer.concat(pieces), summary };
}

/** The entries of a HAR export that is without fault. */
export async function harEntries(folder: string, options: Partial<ExportOptions> = {}): Promise<readonly HarEntry[]> {
  const document = JSON.parse((await exported(folder, 'har', options)).bytes.toString());
  const wrong = harViolations(document);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return document.log.entries;
}
