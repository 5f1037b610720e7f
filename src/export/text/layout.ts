/** Sets spans into lines of a width: wrapped at blanks, with hanging indents, never cut. */
import type { Span } from './style';

/** Columns that a text takes in a terminal. */
export function columns(text: string): number {
  let sum = 0;
  for (const char of text) sum += columnsOf(char.codePointAt(0) ?? 0);
  return sum;
}

/** Two for East Asian wide characters and emoji (UAX 11, the big blocks), none for combining marks. */
function columnsOf(code: number): number {
  if ((code >= 0x300 && code < 0x370) || (code >= 0x20d0 && code < 0x2100) || (code >= 0xfe00 && code < 0xfe10))
    return 0;
  const wide =
    (code >= 0x1100 && code < 0x1160) ||
    (code >= 0x2e80 && code < 0xa4d0) ||
    (code >= 0xac00 && code < 0xd7a4) ||
    (code >= 0xf900 && code < 0xfb00) ||
    (code >= 0xfe30 && code < 0xfe70) ||
    (code >= 0xff00 && code < 0xff61) ||
    (code >= 0x1f300 && code < 0x1fb00) ||
    (code >= 0x20000 && code < 0x40000);
  return wide ? 2 : 1;
}

/**
 * Breaks spans into lines of at most `width` columns, at blanks only; a word longer than a line is broken inside.
 * @param hanging columns by which the lines after the first are narrower
 */
export function wrap(spans: readonly Span[], width: number, hanging = 0): Span[][] {
  const lines: Span[][] = [[]];
  let used = 0;
  for (const word of words(spans, width - hanging)) {
    const text = word.map((span) => span.text).join('');
    const room = lines.length === 1 ? width : width - hanging;
    if (used > 0 && used + columns(text.trimEnd()) > room) {
      lines.push([]);
      used = 0;
    }
    // blanks that fall on the beginning of a line are not part of it
    if (used === 0 && lines.length > 1 && text.trim() === '') continue;
    lines.at(-1)?.push(...word);
    used += columns(text);
  }
  return lines.map(joinNeighbours);
}

/** What parts a row's parts stays at the end of a line. */
const SEPARATOR = /^(·|-|▸|>) $/;

/** What must stay together: up to a blank, across changes of style; cut only where longer than a whole line. */
function words(spans: readonly Span[], limit: number): Span[][] {
  const found: Span[][] = [[]];
  for (const { text, style } of spans) {
    for (const part of text.split(/(?<= )(?=[^ ])/)) {
      for (const piece of columns(part.trimEnd()) > limit ? chunks(part, limit) : [part]) {
        if (piece === '') continue;
        const before = found.at(-1) ?? [];
        if (SEPARATOR.test(piece)) {
          before.push({ text: piece, style });
          continue;
        }
        const joined = columns(before.map((span) => span.text).join('')) + columns(piece.trimEnd());
        if (before.at(-1)?.text.endsWith(' ') || (before.length > 0 && joined > limit))
          found.push([{ text: piece, style }]);
        else before.push({ text: piece, style });
      }
    }
  }
  return found;
}

/** Pieces of a long word; they break after a separator where there is one in the second half. */
function chunks(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (columns(rest) > width) {
    let cut = 0;
    for (let used = 0; cut < rest.length; ) {
      const char = String.fromCodePoint(rest.codePointAt(cut) ?? 0);
      used += columns(char);
      if (used > width) break;
      cut += char.length;
    }
    const separator = Math.max(
      ...['/', '?', '&', '=', ',', '\\', '-', '_'].map((each) => rest.lastIndexOf(each, cut - 1)),
    );
    const at = separator >= cut / 2 ? separator + 1 : Math.max(cut, 1);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
}

function joinNeighbours(line: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of line) {
    const last = joined.at(-1);
    if (last && last.style === span.style)
      joined[joined.length - 1] = { text: last.text + span.text, style: last.style };
    else joined.push(span);
  }
  return joined;
}

/** Lines with `indent` blanks before each; the first may begin with something else of that width. */
export function indented(lines: readonly Span[][], indent: number, first?: readonly Span[]): Span[][] {
  const blank: Span = { text: ' '.repeat(indent), style: 'plain' };
  return lines.map((line, index) => (index === 0 && first ? [...first, ...line] : [blank, ...line]));
}

/** Pads to a number of columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}
