/** `error` records: docs/capture-format.md, Errors. */
import { asFields, count, type Fields, list, number, text, texts, word } from './fields';
import type { ErrorChain, ErrorInfo, Frame, NamedText } from './model';
import type { StackTable } from './stackTable';

const MAX_CHAIN = 16;
const MAX_FRAMES = 1000;
const MAX_DETAILS = 64;

/** The chain, or `null` when the record holds none. */
export function parseErrorChain(fields: Fields, stacks: StackTable): ErrorChain | null {
  const [first, ...others] = list(fields, 'chain')
    .slice(0, MAX_CHAIN)
    .map((link) => parseLink(asFields(link), stacks));
  return first ? [{ ...first, relation: null, of: null }, ...others] : null;
}

function parseLink(link: Fields, stacks: StackTable): ErrorInfo {
  return {
    type: text(link, 'type') ?? 'Exception',
    module: text(link, 'module') ?? '',
    bases: texts(link, 'bases'),
    args: texts(link, 'args'),
    message: text(link, 'message'),
    errno: number(link, 'errno'),
    errnoName: text(link, 'errnoName'),
    errnoMeaning: text(link, 'errnoMeaning'),
    notes: texts(link, 'notes').slice(0, MAX_DETAILS),
    attributes: list(link, 'attributes')
      .slice(0, MAX_DETAILS)
      .map(asFields)
      .flatMap((one) => namedText(text(one, 'name'), text(one, 'value'))),
    headers: list(link, 'headers')
      .slice(0, MAX_DETAILS)
      .flatMap((pair) => (Array.isArray(pair) ? namedText(asText(pair[0]), asText(pair[1])) : [])),
    library: text(link, 'library'),
    reason: text(link, 'reason'),
    verifyCode: number(link, 'verifyCode'),
    verifyMessage: text(link, 'verifyMessage'),
    relation: word(link, 'relation', ['cause', 'context', 'reason'], null),
    of: count(link, 'of'),
    frames: list(link, 'frames')
      .slice(0, MAX_FRAMES)
      .map(asFields)
      .map((frame) => frameOf(frame, stacks))
      .filter((frame) => frame !== null),
  };
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const namedText = (name: string | null, value: string | null): NamedText[] =>
  name === null || value === null ? [] : [{ name, value }];

/** In a capture by the ids of its code records; in what the probe answers by name. */
function frameOf(frame: Fields, stacks: StackTable): Frame | null {
  const line = count(frame, 'line', 0);
  const file = text(frame, 'file');
  return file === null
    ? stacks.frame(count(frame, 'code', 0), line)
    : { file, line, function: text(frame, 'function') ?? '?' };
}

/** Names of exceptions that only say "not now": no failure, the program will try again. */
const WOULD_BLOCK = new Set(['BlockingIOError', 'InterruptedError', 'SSLWantReadError', 'SSLWantWriteError']);

export function isWouldBlock(error: ErrorChain | null): boolean {
  return error !== null && (WOULD_BLOCK.has(error[0].type) || error[0].bases.some((base) => WOULD_BLOCK.has(base)));
}

/** Python's own, before 3.10 the socket module's, and httpx's. */
const TIMEOUTS = new Set(['TimeoutError', 'timeout', 'socket.timeout', 'TimeoutException']);

export function isTimeout(error: readonly ErrorInfo[]): boolean {
  return error[0] !== undefined && [error[0].type, ...error[0].bases].some((name) => TIMEOUTS.has(name));
}

/** Whether `chain` names, beyond its first one, the exception that `inner` is. */
export const wraps = (chain: ErrorChain, inner: ErrorChain): boolean =>
  chain.slice(1).some((link) => same(link, inner[0]));

/** As far as records tell: they describe exceptions and do not number them. */
export function same(a: ErrorInfo, b: ErrorInfo): boolean {
  return (
    a.type === b.type &&
    a.module === b.module &&
    a.message === b.message &&
    a.args.length === b.args.length &&
    a.args.every((text, index) => text === b.args[index])
  );
}
