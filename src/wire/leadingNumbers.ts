/** The first members of a JSON record, read without parsing the rest of it. */
import { RECORD_HEADER_SIZE } from './format';

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const NULL = [0x6e, 0x75, 0x6c, 0x6c];
/** Fifteen digits are a safe integer. */
const MAX_DIGITS = 15;

/** Names of members as their bytes. */
export const keys = (...names: readonly string[]): readonly Buffer[] =>
  names.map((name) => Buffer.from(name, 'latin1'));

/**
 * Counts and ids at the beginning of a record's object, in the order in which the recorder writes them: nearly all records
 * of a busy program are of a few types of which nothing else is needed at first.
 *
 * @param into takes the values; `null` is 0
 * @returns false when the record does not begin so: then it has to be parsed
 */
export function leadingNumbers(bytes: Uint8Array, names: readonly Uint8Array[], into: number[]): boolean {
  let at = RECORD_HEADER_SIZE;
  if (bytes[at] !== OPEN || bytes[bytes.length - 1] !== CLOSE) return false;
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as Uint8Array;
    if (bytes[at + 1] !== QUOTE) return false;
    at += 2;
    for (let one = 0; one < name.length; one += 1) if (bytes[at++] !== name[one]) return false;
    if (bytes[at] !== QUOTE || bytes[at + 1] !== COLON) return false;
    at += 2;
    const from = at;
    let value = 0;
    for (let digit = bytes[at] as number; digit >= 0x30 && digit <= 0x39; digit = bytes[++at] as number) {
      value = value * 10 + digit - 0x30;
    }
    if (at === from) {
      if (!NULL.every((byte, one) => bytes[at + one] === byte)) return false;
      at += NULL.length;
    } else if (at - from > MAX_DIGITS) return false;
    if (bytes[at] !== COMMA && bytes[at] !== CLOSE) return false;
    into[index] = value;
  }
  return true;
}
