/** The page that a report is written on: knows the width, the margin and the column of labels. */
import { columns, indented, padded, wrap } from './layout';
import { NO_BREAK, type Pen, type Span, type Style } from './style';

const MARGIN = 3;
const LABEL = 12;
/** Columns. */
const MAX_UNBROKEN = 44;

export class Page {
  private readonly lines: Span[][] = [];

  constructor(
    readonly pen: Pen,
    /** Columns of the terminal. */
    readonly width: number,
  ) {}

  /** Columns that a row's content may take. */
  get contentWidth(): number {
    return this.width - MARGIN - LABEL - 1;
  }

  span(text: string, style: Style = 'plain'): Span {
    return this.pen.span(text, style);
  }

  /** A paragraph behind a mark in the margin. */
  headline(mark: Span, spans: readonly Span[]): void {
    const first = [this.span(' '), mark, this.span(' ')];
    this.lines.push(...indented(wrap(spans, this.width - MARGIN - 1), MARGIN, first));
  }

  paragraph(spans: readonly Span[]): void {
    this.lines.push(...indented(wrap(spans, this.width - MARGIN - 1), MARGIN));
  }

  /** A label in its column and content beside it; an empty label goes on with the row before. */
  row(label: string, spans: readonly Span[], hanging = 0): void {
    if (spans.length === 0) return;
    const first = [this.span(' '.repeat(MARGIN)), this.span(padded(label, LABEL), 'label')];
    const lines = wrap(spans, this.contentWidth, hanging);
    const hung = lines.map((line, index) => (index === 0 ? line : [this.span(' '.repeat(hanging)), ...line]));
    this.lines.push(...indented(hung, MARGIN + LABEL, first));
  }

  /** Parts of a row with a dot between them; a short one is not broken inside. */
  parts(label: string, parts: readonly (readonly Span[])[]): void {
    const short = Math.min(MAX_UNBROKEN, this.contentWidth * 0.7);
    const spans = parts
      .filter((part) => part.length > 0)
      .map((part) => (columns(part.map(({ text }) => text).join('')) <= short ? unbroken(part) : part))
      .flatMap((part, index) => (index === 0 ? part : [this.span(' · ', 'dim'), ...part]));
    this.row(label, spans);
  }

  blank(): void {
    if (this.lines.at(-1)?.length) this.lines.push([]);
  }

  toString(): string {
    const last = this.lines.at(-1)?.length === 0 ? this.lines.slice(0, -1) : this.lines;
    return last.map((line) => `${this.pen.ink(line)}\n`).join('');
  }
}

function unbroken(part: readonly Span[]): Span[] {
  return part.map(({ text, style }) => ({ text: text.replaceAll(' ', NO_BREAK), style }));
}
