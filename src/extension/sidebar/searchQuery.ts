/** What a search for an exception asks the web: nothing of this machine, its network or its secrets. */
import type { ExceptionLink } from '../../messages/dapExceptions';

/** Characters of the question. */
const MOST = 200;
/** Characters of a message that are looked at: what is private is looked for in all of what is used. */
const LOOKED_AT = 400;

/** @param index of the exception in its chain */
export function searchQuery(chain: readonly ExceptionLink[], index = 0): string {
  const link = chain[index];
  if (!link) return '';
  // what lies at the bottom tells more than what it was wrapped in
  const root = chain.slice(index + 1).findLast(({ errno, of }) => errno !== null || of === index);
  const words = ['python', link.type, anonymous(link.message ?? '')];
  if (root && root.type !== link.type) words.push(root.name);
  const errno = link.errno?.name ?? root?.errno?.name;
  if (errno) words.push(errno);
  const text = words.join(' ').replace(/\s+/g, ' ').trim();
  return text.length > MOST ? text.slice(0, MOST).replace(/\s+\S*$/, '') : text;
}

// Each begins at something fixed or is bounded: a message is made by whoever raised it.
const PRIVATE: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'<>)]*/gi, // URLs
  /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g, // mail addresses
  /(?<![\w.])(?:[A-Za-z]:)?[\\/][\w.@~+-][^"'<>:,;()\n]*?(?:\.\w{1,8}|(?=["'<>:,;()\n]|$))/g, // paths, with blanks
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, // IPv4
  /\[?(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\]?/gi, // IPv6
  /\bhost=['"][^'"]{0,300}['"]|\bport=\d{1,5}/gi, // as urllib3 writes them
  /\b(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,24}\b(?::\d{1,5})?/gi, // host names
  /\b0x[0-9a-f]{4,16}\b/gi, // addresses of objects
  /\S*•\S*/g, // what was masked
  /\b[A-Za-z0-9_-]{24,}\b/g, // tokens
];

/** What only looks so: modules, OpenSSL's files and the names of its errors say what an error is. */
const KEPT =
  /^[A-Z]+(?:_[A-Z0-9]+)+$|^(?:ssl|_ssl|http|urllib3?|requests|httpx|httpcore|aiohttp|socket|asyncio|builtins)\b|\.(?:c|py)$/;

/** The message without what is of this machine. */
export function anonymous(message: string): string {
  const start = message.slice(0, LOOKED_AT);
  return PRIVATE.reduce((text, pattern) => text.replace(pattern, (found) => (KEPT.test(found) ? found : ' ')), start)
    .replace(/["'<>]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
