/** One line of the hex view as elements. */
import type { Mark, Section, Span } from '../../src/messages/panel';
import { h } from '../common/dom';
import { t } from '../common/strings';
import { countText, exactBytes } from '../common/units';
import { visibleLine } from '../common/visibleText';
import { COUNT_NAMES } from './countsBar';
import type { ByteFate, HexLine } from './hexLayout';

export interface LineBytes {
  /** From the line's first byte on; shorter while they are on their way. */
  readonly bytes: Uint8Array;
  readonly masked: readonly Span[];
}

export interface LineLook {
  readonly origin: number;
  readonly perLine: number;
  /** Of an offset. */
  readonly digits: number;
  readonly fate: ByteFate;
  readonly linked: readonly Span[];
  readonly found: readonly Span[];
  readonly selection: Span | null;
  readonly caret: number | null;
}

const FATES: Readonly<Record<ByteFate, string>> = {
  acknowledged: t('acknowledged by the peer'),
  accepted: t('accepted by the kernel, not acknowledged'),
  stuck: t('not accepted by the kernel'),
  read: t('received by the program'),
  unread: t('never received by the program'),
  unknown: '',
};

/** Columns of characters: two digits and a blank for a byte, one more blank in the middle. */
export const hexColumn = (index: number, perLine: number): number => index * 3 + (index >= perLine / 2 ? 1 : 0);

/** The byte at a column of the hex cell. */
export function byteAtColumn(column: number, perLine: number): number {
  const middle = (perLine / 2) * 3;
  const at = column < middle ? column : Math.max(middle, column - 1);
  return Math.floor(at / 3);
}

export function fillBytesLine(
  row: HTMLElement,
  line: Extract<HexLine, { kind: 'bytes' }>,
  data: LineBytes | null,
  look: LineLook,
): void {
  row.className = `virtual-row hex-line fate-${look.fate}`;
  const offset = (line.start - look.origin).toString(16).padStart(look.digits, '0');
  const hex = h('span', { class: 'hex-bytes', role: 'gridcell' });
  const text = h('span', { class: 'hex-text', role: 'gridcell' });
  const length = line.end - line.start;
  let pending = ' '.repeat(hexColumn(line.blank, look.perLine));
  text.append(' '.repeat(line.blank));
  for (let at = 0; at < length; ) {
    const style = styleOf(line.start + at, data, look);
    let end = at + 1;
    while (end < length && styleOf(line.start + end, data, look) === style) end += 1;
    let digits = '';
    let letters = '';
    for (let index = at; index < end; index += 1) {
      const column = hexColumn(line.blank + index, look.perLine);
      const previous = index === 0 ? column : hexColumn(line.blank + index - 1, look.perLine) + 2;
      const blank = ' '.repeat(index === 0 ? 0 : column - previous);
      if (index === at) pending += blank;
      else digits += blank;
      const masked = style.includes('masked');
      const byte = data?.bytes[index];
      digits += masked ? '**' : byte === undefined ? '··' : byte.toString(16).padStart(2, '0');
      letters += masked ? '*' : byte === undefined ? ' ' : letterOf(byte);
    }
    if (pending !== '') hex.append(pending);
    pending = '';
    hex.append(style === '' ? digits : h('span', { class: style, text: digits }));
    text.append(style === '' ? letters : h('span', { class: style, text: letters }));
    at = end;
  }
  row.title = FATES[look.fate];
  row.replaceChildren(
    h('span', { class: 'hex-offset', role: 'rowheader', text: offset }),
    h('span', { class: 'hex-fate', 'aria-hidden': 'true' }),
    hex,
    text,
  );
}

function styleOf(offset: number, data: LineBytes | null, look: LineLook): string {
  const within = ({ start, end }: Span) => offset >= start && offset < end;
  const styles: string[] = [];
  if (data?.masked.some(within)) styles.push('masked');
  if (look.linked.some(within)) styles.push('linked');
  if (look.found.some(within)) styles.push('found');
  if (look.selection && within(look.selection)) styles.push('chosen');
  if (look.caret === offset) styles.push('caret');
  return styles.join(' ');
}

const letterOf = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.');

export function fillOtherLine(row: HTMLElement, line: Exclude<HexLine, { kind: 'bytes' }>): void {
  const cell = (text: string) => {
    row.title = visibleLine(text); // it may be longer than the line
    return h('span', { role: 'gridcell', class: 'boundary-text', text: visibleLine(text) });
  };
  if (line.kind === 'gap') {
    row.className = 'virtual-row hex-line boundary gap';
    row.replaceChildren(
      cell(t('{0} are not in the capture: the budget for payload was spent', exactBytes(line.end - line.start))),
    );
  } else if (line.kind === 'section') {
    row.className = 'virtual-row hex-line boundary section';
    const { kind, name, start, end } = line.section;
    row.replaceChildren(cell(`${SECTIONS[kind]}${name === null ? '' : ` “${name}”`} · ${exactBytes(end - start)}`));
  } else {
    row.className = `virtual-row hex-line boundary marks ${line.marks.map(({ kind }) => `mark-${kind}`).join(' ')}`;
    row.replaceChildren(cell(marksText(line.marks)));
  }
}

/** What a part of a message is called. */
export const SECTIONS: Readonly<Record<Section['kind'], string>> = {
  head: t('head'),
  body: t('body'),
  part: t('part'),
  data: t('data'),
};

const ENDS: Readonly<Record<Exclude<Mark['kind'], 'reply'>, string>> = {
  acknowledged: t('acknowledged by the peer'),
  accepted: t('accepted by the kernel'),
  handed: t('handed over by the program'),
  announced: t('announced'),
};

function marksText(marks: readonly Mark[]): string {
  const reply = marks.find(({ kind }) => kind === 'reply');
  const ends = marks.filter((mark): mark is Mark & { kind: keyof typeof ENDS } => mark.kind !== 'reply');
  // which of them they are tells enough where there are several; the count must not be what is cut off
  const parts = ends.map(({ kind }) => (ends.length > 1 ? COUNT_NAMES[kind] : ENDS[kind]));
  const [first] = ends;
  const words: string[] = [];
  if (first) words.push(t('▲ {0} up to here: {1}', listed(parts), countText({ ...first, value: first.count })));
  if (reply)
    words.push(reply.atLeast ? t('▼ the reply arrived during this call') : t('▼ the reply had arrived by here'));
  return words.join('   ');
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : t('{0} and {1}', words.slice(0, -1).join(', '), words.at(-1) ?? '');
