/**
 * The filter of the exchanges table: words and `key:value` pairs, all of which must hold; a leading `-` turns one around.
 *
 * A word matches method, status, URL or initiator. Values with blanks stand in double quotes.
 */
import { t } from '../base/l10n';
import type { Entry } from './entry';
import { durationOf } from './row';

type Predicate = (entry: Entry) => boolean;

export type ParsedQuery = { readonly matches: (entry: Entry) => boolean } | { readonly problem: string };

/** Every key with how its value is read; a problem is a sentence. */
const KEYS: Readonly<Record<string, (value: string) => Predicate | string>> = {
  status: (value) => statusPredicate(value),
  method: (value) => (entry) => entry.method?.toLowerCase() === value.toLowerCase(),
  host: (value) => (entry) => contains(entry.host, value),
  path: (value) => (entry) => contains(entry.path, value),
  scheme: (value) => (entry) => entry.scheme === value.toLowerCase(),
  pid: (value) => (entry) => String(entry.process.pid) === value,
  initiator: (value) => (entry) => contains(initiatorText(entry), value),
  error: (value) => (entry) => contains(entry.errorNames, value),
  'larger-than': (value) => {
    const size = parseSize(value);
    return size === null ? badSize('larger-than', value) : ({ up, down }) => Math.max(up.value ?? 0, down) > size;
  },
  'slower-than': (value) => {
    const limit = parseDuration(value);
    return limit === null
      ? t('slower-than: wants a time such as 500ms or 2s, not "{0}".', value)
      : (entry) => (durationOf(entry) ?? 0) > limit;
  },
  is: (value) => oneOf('is', IS, value),
  has: (value) => oneOf('has', HAS, value),
};

const IS: Readonly<Record<string, Predicate>> = {
  failed: ({ outcome }) => outcome === 'failed',
  refused: ({ outcome, status }) => outcome === 'refused' || (status ?? 0) >= 400,
  running: ({ outcome }) => outcome === 'running',
  ok: ({ outcome }) => outcome === 'ok',
  tls: ({ tls }) => tls,
  raw: ({ raw }) => raw,
};

const HAS: Readonly<Record<string, Predicate>> = {
  'unread-reply': ({ unreadReply }) => unreadReply,
  'early-reply': ({ earlyReply }) => earlyReply,
  reply: ({ status }) => status !== null,
  finding: ({ finding }) => finding,
  error: ({ errorNames }) => errorNames !== null,
};

export function parseQuery(text: string): ParsedQuery {
  const predicates: Predicate[] = [];
  for (const [, minus, key, quoted, bare] of text.matchAll(TERM)) {
    const value = quoted ?? bare ?? '';
    const predicate = key === undefined ? wordPredicate(value) : keyPredicate(key.toLowerCase(), value);
    if (typeof predicate === 'string') return { problem: predicate };
    predicates.push(minus ? (entry) => !predicate(entry) : predicate);
  }
  return { matches: (entry) => predicates.every((predicate) => predicate(entry)) };
}

/** A URL is no key with a value: two slashes follow its colon. */
const TERM = /(-)?(?:([a-z][a-z-]*):(?!\/\/))?(?:"([^"]*)"|(\S+))/gi;

function keyPredicate(key: string, value: string): Predicate | string {
  const read = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (!read) return t('There is no filter "{0}:". There are {1}.', key, Object.keys(KEYS).join(', '));
  return read(value);
}

function wordPredicate(word: string): Predicate {
  const wanted = word.toLowerCase();
  const has = (text: string | null) => text?.toLowerCase().includes(wanted) ?? false;
  return (entry) =>
    has(entry.url) ||
    has(entry.path) ||
    has(entry.host) ||
    has(entry.method) ||
    String(entry.status ?? '').includes(wanted) ||
    has(initiatorText(entry));
}

function statusPredicate(value: string): Predicate | string {
  const range = /^([1-5])xx$/i.exec(value);
  if (range) return ({ status }) => Math.floor((status ?? 0) / 100) === Number(range[1]);
  const [, sign = '=', digits] = /^(>=|<=|>|<|=)?(\d{1,3})$/.exec(value) ?? [];
  if (digits === undefined) return t('status: wants a number such as 413, >=400 or 4xx, not "{0}".', value);
  const wanted = Number(digits);
  const compare = COMPARE[sign] as (a: number, b: number) => boolean;
  return ({ status }) => status !== null && compare(status, wanted);
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '=': (a, b) => a === b,
};

function oneOf(key: string, known: Readonly<Record<string, Predicate>>, value: string): Predicate | string {
  const found = Object.hasOwn(known, value) ? known[value] : undefined;
  return found ?? t('{0}: knows {1}, not "{2}".', key, Object.keys(known).join(', '), value);
}

const badSize = (key: string, value: string) => t('{0}: wants a size such as 1M, 64k or 500, not "{1}".', key, value);

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1000, kb: 1000, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9 };

/** "1M", "64k", "500": bytes, decimal units as in a browser's filter; null when it is none. */
export function parseSize(text: string): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return digits === undefined || factor === undefined ? null : Number(digits) * factor;
}

/** "500ms", "2s", "1.5": nanoseconds (a bare number is seconds); null when it is none. */
function parseDuration(text: string): number | null {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)(us|ms|s)?$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  return Number(digits) * ({ us: 1e3, ms: 1e6, s: 1e9 }[unit.toLowerCase()] ?? 1e9);
}

const contains = (text: string | null, part: string): boolean =>
  text?.toLowerCase().includes(part.toLowerCase()) ?? false;

const initiatorText = ({ initiator }: Entry): string | null =>
  initiator && `${initiator.file}:${initiator.line} ${initiator.function}`;
