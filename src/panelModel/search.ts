/** Looks for text, bytes or a regular expression in the stored bytes of a stream, piece by piece. */
import { ByteRange } from '../base/byteRange';
import { t } from '../base/l10n';
import type { SearchOptions, SearchResult, Span } from '../messages/panel';
import type { ByteSource } from '../wire/model';

const PIECE = 256 * 1024;
/** A match of a regular expression may be this long across two pieces. */
const OVERLAP = 4096;
const MAX_MATCHES = 1000;

type Finder = (bytes: Buffer) => Iterable<Span>;

/**
 * @param tell is told how many bytes have been looked at
 * @throws Error with a sentence for the user when the pattern is none, or when cancelled
 */
export async function searchIn(
  source: ByteSource,
  range: ByteRange,
  { pattern, kind }: Pick<SearchOptions, 'pattern' | 'kind'>,
  signal: AbortSignal,
  tell: (done: number) => void,
): Promise<SearchResult> {
  const { find, overlap } = finderOf(pattern, kind);
  const matches: Span[] = [];
  let stored = 0;
  for (const one of source.stored) {
    const here = range.intersect(new ByteRange(one.start, one.end));
    if (here.isEmpty) continue;
    stored += here.length;
    for (let at = here.start; at < here.end; at += PIECE) {
      if (signal.aborted) throw new Error(t('The search was cancelled.'));
      const piece = new ByteRange(at, Math.min(here.end, at + PIECE + overlap));
      const bytes = Buffer.from(await source.read(piece));
      for (const { start, end } of find(bytes)) {
        // what begins in the overlap is found again in the next piece
        if (start >= PIECE && piece.end < here.end) continue;
        if (at + start < (matches.at(-1)?.end ?? 0)) continue;
        if (matches.length === MAX_MATCHES) return { matches, limited: true, notStored: range.length - stored };
        matches.push({ start: at + start, end: at + end });
      }
      tell(Math.min(at + PIECE, here.end) - range.start);
    }
  }
  return { matches, limited: false, notStored: range.length - stored };
}

function finderOf(pattern: string, kind: SearchOptions['kind']): { find: Finder; overlap: number } {
  if (kind === 'regexp') {
    const expression = compile(pattern);
    return { find: (bytes) => matchesOf(expression, bytes), overlap: OVERLAP };
  }
  const needle = kind === 'hex' ? fromHex(pattern) : Buffer.from(pattern, 'utf8');
  if (needle.length === 0) throw new Error(t('There is nothing to look for.'));
  return { find: (bytes) => occurrences(needle, bytes), overlap: needle.length - 1 };
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'gs');
  } catch (error) {
    throw new Error(t('This is no regular expression: {0}', (error as Error).message));
  }
}

function fromHex(pattern: string): Buffer {
  const digits = pattern.replace(/0x|[\s,:]/gi, '');
  if (!/^([0-9a-f]{2})+$/i.test(digits)) throw new Error(t('Bytes are pairs of hexadecimal digits, such as 0d 0a.'));
  return Buffer.from(digits, 'hex');
}

function* occurrences(needle: Buffer, bytes: Buffer): Generator<Span> {
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) {
    yield { start: at, end: at + needle.length };
  }
}

/** Latin-1 makes one character of each byte, so that positions are offsets. */
function* matchesOf(expression: RegExp, bytes: Buffer): Generator<Span> {
  for (const match of bytes.toString('latin1').matchAll(expression)) {
    if (match[0].length > 0) yield { start: match.index, end: match.index + match[0].length };
  }
}
