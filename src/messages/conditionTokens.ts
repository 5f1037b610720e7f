/** The words and signs of a condition, with their places. */
import type { Kind } from './conditionNames';

/** A mistake in a condition: where it is and what to do. */
export class ConditionError extends Error {
  /**
   * @param at index of the first character that is wrong, from 0
   * @param size how many characters are wrong; 0 when something is missing there
   */
  constructor(
    message: string,
    readonly at: number,
    readonly size: number,
  ) {
    super(message);
    this.name = 'ConditionError';
  }

  /** The column, from 1. */
  get column(): number {
    return this.at + 1;
  }
}

export type Token = { readonly at: number; readonly size: number } & (
  | { readonly type: 'number'; readonly value: number; readonly unit: Extract<Kind, 'bytes' | 'seconds'> | null }
  | { readonly type: 'string'; readonly value: string }
  /** A name, dotted or not, or one of the words of the language. */
  | { readonly type: 'word'; readonly value: string }
  | { readonly type: 'sign'; readonly value: string }
  | { readonly type: 'end' }
);

const UNITS: Readonly<Record<string, readonly ['bytes' | 'seconds', number]>> = {
  b: ['bytes', 1],
  kb: ['bytes', 1e3],
  mb: ['bytes', 1e6],
  gb: ['bytes', 1e9],
  kib: ['bytes', 1024],
  mib: ['bytes', 1024 ** 2],
  gib: ['bytes', 1024 ** 3],
  ms: ['seconds', 1e-3],
  s: ['seconds', 1],
  min: ['seconds', 60],
};
const UNIT_NAMES = 'B, KB, MB, GB, KiB, MiB, GiB, ms, s, min';

export const isUnit = (word: string) => Object.hasOwn(UNITS, word.toLowerCase());

const NUMBER = /(\d[\d_]*(?:\.\d+)?)([A-Za-z]*)/y;
const WORD = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const SIGN = /==|!=|<=|>=|<|>|[(),[\]]/y;
const SPACE = /\s+/y;

/** Signs of other languages, and what is written here. */
const FOREIGN: ReadonlyArray<readonly [RegExp, string]> = [
  [/&&?/y, 'Write "and".'],
  [/\|\|?/y, 'Write "or".'],
  [/=~|~=?/y, 'Write "matches" with a pattern, such as path matches "/api/*".'],
  [/===/y, 'Write "==".'],
  [/=/y, 'Write "==" to compare.'],
  [/!/y, 'Write "not".'],
  [/<>/y, 'Write "!=".'],
  [/-/y, 'Numbers here are never negative.'],
];

/** @throws ConditionError */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  while (at < text.length) {
    const space = take(SPACE);
    if (space) {
      at += space[0].length;
      continue;
    }
    const token = stringToken(text, at) ?? numberToken(take(NUMBER), at) ?? plain(take(WORD), 'word', at);
    const next = token ?? sign(take, at);
    if (!next) {
      const character = String.fromCodePoint(text.codePointAt(at) as number);
      throw new ConditionError(`"${character}" has no meaning here.`, at, character.length);
    }
    found.push(next);
    at += next.size;
  }
  found.push({ type: 'end', at: text.length, size: 0 });
  return found;
}

function plain(match: RegExpExecArray | null, type: 'word' | 'sign', at: number): Token | null {
  return match ? { type, value: match[0], at, size: match[0].length } : null;
}

function sign(take: (pattern: RegExp) => RegExpExecArray | null, at: number): Token | null {
  const own = take(SIGN);
  for (const [pattern, advice] of FOREIGN) {
    const match = take(pattern);
    // "==" is ours, "===" is not
    if (match && match[0].length > (own?.[0].length ?? 0)) {
      throw new ConditionError(`"${match[0]}" has no meaning here. ${advice}`, at, match[0].length);
    }
  }
  return plain(own, 'sign', at);
}

function numberToken(match: RegExpExecArray | null, at: number): Token | null {
  if (!match) return null;
  const [all, digits = '', suffix = ''] = match;
  const value = Number(digits.replaceAll('_', ''));
  if (suffix === '') return { type: 'number', value, unit: null, at, size: all.length };
  const unit = Object.hasOwn(UNITS, suffix.toLowerCase()) ? UNITS[suffix.toLowerCase()] : undefined;
  if (!unit) {
    const place = at + digits.length;
    throw new ConditionError(`"${suffix}" is no unit. There are ${UNIT_NAMES}.`, place, suffix.length);
  }
  return { type: 'number', value: value * unit[1], unit: unit[0], at, size: all.length };
}

/** A text in single or double quotes; a backslash keeps the next character as it is. */
function stringToken(text: string, at: number): Token | null {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return null;
  let value = '';
  for (let index = at + 1; index < text.length; index++) {
    const character = text[index] as string;
    if (character === quote) return { type: 'string', value, at, size: index + 1 - at };
    if (character === '\\') index++;
    value += character === '\\' ? (text[index] ?? '') : character;
  }
  throw new ConditionError(`The text that begins here has no closing ${quote}.`, at, text.length - at);
}
