/** Where everything stands in the view of a stream: lines of bytes, and between them the boundaries drawn on the body. */
import type { Mark, Section, Span, StreamView } from '../../src/messages/panel';

export type HexLine =
  | {
      readonly kind: 'bytes';
      readonly start: number;
      readonly end: number /** Bytes left blank before the first. */;
      readonly blank: number;
    }
  | { readonly kind: 'marks'; readonly marks: readonly Mark[]; readonly offset: number }
  | { readonly kind: 'section'; readonly section: Section }
  | { readonly kind: 'gap'; readonly start: number; readonly end: number };

/** Fate of a byte of the request (as far as it went), or of the reply (who got it). */
export type ByteFate = 'acknowledged' | 'accepted' | 'stuck' | 'read' | 'unread' | 'unknown';

type Block = { readonly firstLine: number; readonly lines: number } & (
  | { readonly kind: 'bytes'; readonly start: number; readonly end: number }
  | { readonly kind: 'line'; readonly line: HexLine; readonly offset: number }
);

export class HexLayout {
  readonly lines: number;
  readonly digits: number;
  private readonly blocks: Block[] = [];

  constructor(
    readonly view: StreamView,
    readonly perLine: number,
  ) {
    this.digits = offsetDigits(view);
    let at = 0;
    const add = (line: HexLine, offset: number) => {
      this.blocks.push({ kind: 'line', line, offset, firstLine: at, lines: 1 });
      at += 1;
    };
    const addBytes = (start: number, end: number) => {
      const lines = Math.ceil((end - this.aligned(start)) / perLine);
      this.blocks.push({ kind: 'bytes', start, end, firstLine: at, lines });
      at += lines;
    };
    let from = view.start;
    for (const boundary of this.boundaries()) {
      for (const span of this.storedAndNot(from, boundary)) {
        if (span.stored) addBytes(span.start, span.end);
        else add({ kind: 'gap', start: span.start, end: span.end }, span.start);
      }
      from = boundary;
      const marks = view.marks.filter((mark) => mark.offset === boundary);
      if (marks.length > 0) add({ kind: 'marks', marks, offset: boundary }, boundary);
      for (const section of view.sections) {
        if (section.start === boundary && section.kind !== 'data') add({ kind: 'section', section }, boundary);
      }
    }
    this.lines = at;
  }

  /** @throws RangeError for a line that there is not */
  line(index: number): HexLine {
    const block = this.blocks[this.blockAt((one) => one.firstLine > index) - 1];
    if (!block || index >= block.firstLine + block.lines) throw new RangeError(`there is no line ${index}`);
    if (block.kind === 'line') return block.line;
    const first = this.aligned(block.start) + (index - block.firstLine) * this.perLine;
    const start = Math.max(first, block.start);
    return { kind: 'bytes', start, end: Math.min(first + this.perLine, block.end), blank: start - first };
  }

  /** The line that shows the byte, or stands where it is missing. */
  lineOf(offset: number): number {
    for (let index = this.blockAt((one) => startOf(one) > offset) - 1; index >= 0; index -= 1) {
      const block = this.blocks[index] as Block;
      if (block.kind === 'bytes' && offset < block.end) {
        return block.firstLine + Math.floor((offset - this.aligned(block.start)) / this.perLine);
      }
      if (block.kind === 'line' && block.line.kind === 'gap' && offset < block.line.end) return block.firstLine;
    }
    return Math.max(0, this.lines - 1);
  }

  /** The line of a boundary that begins at the offset; the bytes' own line when nothing stands there. */
  boundaryOf(offset: number): number {
    const found = this.blocks.find((one) => one.kind === 'line' && one.line.kind === 'marks' && one.offset === offset);
    return found ? found.firstLine : this.lineOf(offset);
  }

  fateOf(offset: number): ByteFate {
    const { view } = this;
    if (view.readByProgram) {
      return view.readByProgram.some(({ start, end }) => offset >= start && offset < end) ? 'read' : 'unread';
    }
    const limit = (kind: Mark['kind']) => view.marks.find((mark) => mark.kind === kind)?.offset;
    const [acknowledged, accepted] = [limit('acknowledged'), limit('accepted')];
    if (acknowledged !== undefined && offset < acknowledged) return 'acknowledged';
    if (accepted === undefined) return 'unknown';
    return offset < accepted ? 'accepted' : 'stuck';
  }

  /** The deepest section that the byte is in. */
  sectionOf(offset: number): Section | null {
    return this.view.sections.findLast(({ start, end }) => offset >= start && offset < end) ?? null;
  }

  private aligned(offset: number): number {
    return offset - ((offset - this.view.start) % this.perLine);
  }

  private boundaries(): number[] {
    const { start, end, marks, sections } = this.view;
    const inside = [...marks.map(({ offset }) => offset), ...sections.map((section) => section.start)];
    const all = new Set([...inside.filter((offset) => offset >= start && offset <= end), end]);
    const beyond = marks.filter(({ offset }) => offset > end).map(({ offset }) => offset);
    return [...all, ...new Set(beyond)].sort((a, b) => a - b);
  }

  private storedAndNot(from: number, to: number): (Span & { stored: boolean })[] {
    const spans: (Span & { stored: boolean })[] = [];
    const end = Math.min(to, this.view.end);
    let at = from;
    for (const stored of this.view.stored) {
      if (stored.end <= at) continue;
      if (stored.start >= end || at >= end) break;
      if (stored.start > at) spans.push({ start: at, end: stored.start, stored: false });
      at = Math.max(at, stored.start);
      spans.push({ start: at, end: Math.min(stored.end, end), stored: true });
      at = Math.min(stored.end, end);
    }
    if (at < end) spans.push({ start: at, end, stored: false });
    return spans;
  }

  /** Index of the first block for which the test holds; it holds for all after one. */
  private blockAt(test: (block: Block) => boolean): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (test(this.blocks[middle] as Block)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Hex digits of the largest offset, never fewer than four. */
export const offsetDigits = ({ start, end }: Span): number => Math.max(4, (end - start).toString(16).length);

const startOf = (block: Block): number => (block.kind === 'bytes' ? block.start : block.offset);
