/** Exceptions as the client shows them: everything as text, secrets masked. */

import type { SeenException } from '../../decode/exceptionBook';
import { frameOwner } from '../../decode/initiator';
import { redact } from '../../export/redact';
import type { ExceptionFrame, ExceptionLink, ExceptionSummary, NamedValue } from '../../messages/dapExceptions';
import type { ErrorChain, ErrorInfo, Frame, NamedText } from '../../wire/model';
import { openSslErrno } from './openSslErrno';
import { wallTime } from './wallTime';

/** Frames told of one exception: the innermost and the outermost ones. */
const MOST_FRAMES = 100;

/** @param exchange id of the one that it broke */
export function summarizeException(seen: SeenException, exchange: string | null): ExceptionSummary {
  const { process, chain, frames } = seen;
  return {
    id: seen.id,
    process: process.info.file,
    pid: process.info.pid,
    fate: seen.fate,
    at: wallTime(process.info, seen.at),
    where: seen.where,
    exchange,
    chain: summarizeChain(chain, frames, null),
  };
}

/** @param frames of the first exception, from where it was raised to the program's outermost one */
export function summarizeChain(
  chain: ErrorChain,
  frames: readonly Frame[],
  expression: string | null,
): readonly ExceptionLink[] {
  const expressions = expressionsOf(chain, expression);
  return chain.map((link, index) => {
    return summarizeLink(link, index === 0 && frames.length > 0 ? frames : link.frames, expressions[index] ?? null);
  });
}

function summarizeLink(link: ErrorInfo, frames: readonly Frame[], expression: string | null): ExceptionLink {
  const { type, module } = link;
  return {
    name: type,
    type: module && module !== 'builtins' ? `${module}.${type}` : type,
    message: link.message === null ? null : redact.text(link.message),
    args: link.args.map((text) => masked(text)),
    errno: errnoOf(link),
    attributes: attributesOf(link),
    headers: link.headers.map((header) => redact.header(header)),
    notes: link.notes.map((text) => redact.text(text)),
    relation: link.relation,
    of: link.of,
    frames: shortened(frames).map(frameSummary),
    expression,
  };
}

const masked = (text: string): string => redact.url(redact.text(text));

function errnoOf(link: ErrorInfo): ExceptionLink['errno'] {
  const { errno: number, errnoName: name, errnoMeaning: meaning } = link;
  if (number === null) return null;
  const ours = name === null && isSsl(link) ? openSslErrno(number) : null;
  return { number, name: name ?? ours?.name ?? null, meaning: meaning ?? ours?.meaning ?? null };
}

const isSsl = ({ type, bases }: ErrorInfo): boolean => type === 'SSLError' || bases.includes('SSLError');

/** A value that stands for a secret by its name (`token`) is masked as a header of that name would be; None says nothing. */
function attributesOf({ attributes, library, reason, verifyMessage }: ErrorInfo): NamedValue[] {
  const named = new Map(attributes.map((one) => [one.name, one]));
  // captures made before attributes were recorded have these
  const more: NamedText[] = [];
  for (const [name, value] of Object.entries({ library, reason, verify_message: verifyMessage })) {
    if (value !== null && !named.has(name)) more.push({ name, value: `'${value}'` });
  }
  return [...attributes, ...more]
    .filter(({ value }) => value !== 'None')
    .map(({ name, value }) => ({ name, value: masked(redact.header({ name, value }).value) }));
}

function shortened(frames: readonly Frame[]): readonly Frame[] {
  if (frames.length <= MOST_FRAMES) return frames;
  return [...frames.slice(0, MOST_FRAMES / 2), ...frames.slice(-MOST_FRAMES / 2)];
}

function frameSummary(frame: Frame): ExceptionFrame {
  return { file: frame.file, line: frame.line, function: frame.function, own: frameOwner(frame) === 'user' };
}

const ATTRIBUTES = { cause: '__cause__', context: '__context__', reason: 'reason' } as const;

/** One named in `args` is not to be told from one in `reason`: only who is certain to have that attribute is named by it. */
function expressionsOf(chain: ErrorChain, first: string | null): (string | null)[] {
  const found: (string | null)[] = [first];
  for (const link of chain.slice(1)) {
    const owner = link.of === null ? undefined : chain[link.of];
    const base = link.of === null ? null : (found[link.of] ?? null);
    const certain = link.relation !== 'reason' || [owner?.type, ...(owner?.bases ?? [])].includes('URLError');
    found.push(base && link.relation && certain ? `${base}.${ATTRIBUTES[link.relation]}` : null);
  }
  return found;
}
