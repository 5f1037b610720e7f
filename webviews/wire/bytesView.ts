/** The stream of an exchange as hex and text, with a caret, a selection and the ranges that frames have touched. */
import type { ExchangeDetail, Mark, Span, StreamDirection, StreamSpan, StreamView } from '../../src/messages/panel';
import { h, setAttribute } from '../common/dom';
import { icon } from '../common/icons';
import { contextMenu, type MenuItems } from '../common/menu';
import { t } from '../common/strings';
import { clamp, shortBytes } from '../common/units';
import { VirtualRows } from '../common/virtualRows';
import { CountsBar } from './countsBar';
import type { StreamSpans } from './frameTree';
import { HexLayout, offsetDigits } from './hexLayout';
import { byteAtColumn, fillBytesLine, fillOtherLine, hexColumn, type LineBytes, SECTIONS } from './hexLine';
import { Pages } from './pages';

const LINE_HEIGHT = 20;
const PAGE = 16 * 1024;
/** 1 MiB of bytes at most is here. */
const PAGES_KEPT = 64;

interface BytesPage extends LineBytes {
  readonly start: number;
}

export interface BytesViewOptions {
  readonly load: (exchange: string, span: StreamSpan) => Promise<{ data: string; masked: readonly Span[] }>;
  /** The caret or the selection has moved, by the user's hand. */
  readonly select: (span: StreamSpan, caret: number) => void;
  /** The other direction is in front; nothing of it is selected. */
  readonly turned: () => void;
  /** Enter. */
  readonly open: (direction: StreamDirection, caret: number) => void;
  readonly copy: () => void;
  /** What can be done with the bytes that are selected. */
  readonly actions: () => MenuItems;
}

export class BytesView {
  readonly element: HTMLElement;
  readonly tabs: HTMLElement;
  readonly counts: CountsBar;
  direction: StreamDirection = 'up';
  private readonly scroller: HTMLElement;
  private readonly rows: VirtualRows;
  private readonly pages: Pages<BytesPage>;
  private readonly nothing = h('p', { class: 'nothing', hidden: true });
  private readonly buttons: Readonly<Record<StreamDirection, HTMLElement>>;
  private detail: ExchangeDetail | null = null;
  private layout: HexLayout | null = null;
  private linked: StreamSpans = { up: [], down: [] };
  private found: readonly Span[] = [];
  private caret: number | null = null;
  private anchor = 0;
  private charWidth = 8;

  constructor(private readonly options: BytesViewOptions) {
    this.scroller = h('div', {
      class: 'hex',
      role: 'grid',
      tabindex: '0',
      'aria-label': t('Bytes'),
      on: {
        keydown: (event) => this.key(event),
        pointerdown: (event) => this.press(event),
      },
    });
    contextMenu(
      this.scroller,
      t('Bytes'),
      () => (this.view ? options.actions() : null),
      () => this.scroller.querySelector('[aria-selected=true]') ?? this.scroller,
    );
    this.counts = new CountsBar((mark) => this.goToMark(mark));
    this.buttons = { up: this.tab('up', t('Request')), down: this.tab('down', t('Reply')) };
    this.tabs = h(
      'div',
      { class: 'direction-tabs', role: 'tablist', 'aria-label': t('Direction') },
      this.buttons.up,
      this.buttons.down,
    );
    this.element = h(
      'div',
      { class: 'bytes', id: 'bytes-panel', role: 'tabpanel', 'aria-label': t('Bytes of the stream') },
      this.counts.element,
      this.scroller,
      this.nothing,
    );
    this.rows = new VirtualRows({
      scroller: this.scroller,
      rowHeight: LINE_HEIGHT,
      create: () => h('div', { role: 'row' }),
      render: (index, row) => this.render(index, row),
    });
    this.pages = new Pages(
      (page) => this.load(page),
      () => this.rows.refresh(),
      PAGES_KEPT,
    );
    new ResizeObserver(() => this.relayout()).observe(this.scroller);
  }

  get view(): StreamView | null {
    return this.detail?.[this.direction] ?? null;
  }

  /** The selected bytes; the caret's alone when nothing is selected. */
  get selection(): StreamSpan | null {
    if (this.caret === null) return null;
    const { direction } = this;
    return { direction, start: Math.min(this.anchor, this.caret), end: Math.max(this.anchor, this.caret) + 1 };
  }

  /** @param keep the same exchange, grown: position and selection stay */
  show(detail: ExchangeDetail, keep: boolean): void {
    this.detail = detail;
    if (keep) this.pages.invalidate();
    else {
      this.pages.clear();
      this.linked = { up: [], down: [] };
      this.found = [];
      this.caret = null;
      this.direction = detail.up ? 'up' : 'down';
    }
    this.counts.show(detail);
    this.drawTabs();
    this.relayout(true);
    if (!keep) this.rows.scrollTo(0);
  }

  setDirection(direction: StreamDirection): void {
    if (direction === this.direction) return;
    this.direction = direction;
    this.caret = null;
    this.found = [];
    this.pages.clear();
    this.drawTabs();
    this.relayout(true);
    this.rows.scrollTo(0);
    this.options.turned();
  }

  /** Lights up what a frame or a call touched, and goes there. */
  link(spans: StreamSpans, go: boolean): void {
    this.linked = spans;
    if (go) {
      const other = this.direction === 'up' ? 'down' : 'up';
      if (spans[this.direction].length === 0 && spans[other].length > 0) this.setDirection(other);
      const [first] = spans[this.direction];
      if (first && this.layout) {
        const inSight = this.layout.lineOf(
          clamp(first.start, this.layout.view.start, Math.max(this.layout.view.start, this.layout.view.end - 1)),
        );
        this.rows.reveal(inSight, 'middle');
      }
    }
    this.rows.refresh();
  }

  markFound(spans: readonly Span[]): void {
    this.found = spans;
    this.rows.refresh();
  }

  /** Selects bytes as if by hand, without telling. */
  select({ direction, start, end }: StreamSpan): void {
    this.setDirection(direction);
    const { view } = this;
    if (!view || view.end === view.start) return;
    this.anchor = clamp(start, view.start, view.end - 1);
    this.caret = clamp(end - 1, this.anchor, view.end - 1);
    this.showCaret(this.anchor);
  }

  focus(): void {
    this.scroller.focus();
  }

  sectionName(offset: number): string | null {
    const section = this.layout?.sectionOf(offset);
    if (!section || section.kind === 'data') return null;
    return section.name === null ? SECTIONS[section.kind] : `${SECTIONS[section.kind]} “${section.name}”`;
  }

  private goToMark(mark: Mark): void {
    this.setDirection('up');
    const { layout } = this;
    if (!layout) return;
    this.rows.reveal(layout.boundaryOf(mark.offset), 'middle');
    this.focus();
  }

  private tab(direction: StreamDirection, name: string): HTMLElement {
    return h(
      'button',
      {
        type: 'button',
        class: 'tab',
        role: 'tab',
        id: `bytes-tab-${direction}`,
        'aria-controls': 'bytes-panel',
        on: {
          click: () => this.setDirection(direction),
          keydown: (event) => {
            if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
            const other = this.buttons[direction === 'up' ? 'down' : 'up'] as HTMLButtonElement;
            if (!other.disabled) {
              other.click();
              other.focus();
            }
            event.preventDefault();
          },
        },
      },
      icon(direction),
      h('span', { text: name }),
      h('span', { class: 'secondary tab-size' }),
    );
  }

  private drawTabs(): void {
    for (const direction of ['up', 'down'] as const) {
      const button = this.buttons[direction] as HTMLButtonElement;
      const view = this.detail?.[direction] ?? null;
      const active = direction === this.direction;
      setAttribute(button, 'aria-selected', String(active));
      setAttribute(button, 'tabindex', active ? '0' : '-1');
      button.disabled = view === null;
      (button.querySelector('.tab-size') as HTMLElement).textContent = view
        ? shortBytes(view.end - view.start)
        : t('none');
    }
    this.counts.element.hidden ||= this.direction === 'down';
    if (this.direction === 'up' && this.detail) this.counts.show(this.detail);
    setAttribute(this.element, 'aria-labelledby', `bytes-tab-${this.direction}`);
  }

  private relayout(always = false): void {
    const { view } = this;
    this.scroller.hidden = view === null;
    this.nothing.hidden = view !== null || this.detail === null;
    this.nothing.textContent = t('No byte was sent or received.');
    if (!view) {
      this.layout = null;
      this.rows.setCount(0);
      return;
    }
    // out of sight it has no width; it is laid out when it comes into sight
    if (this.layout && !always && this.scroller.clientWidth === 0) return;
    const perLine = this.bytesPerLine(offsetDigits(view));
    if (!always && this.layout?.perLine === perLine) return;
    const at = this.layout && !always ? this.firstOffset() : null;
    this.layout = new HexLayout(view, perLine);
    this.scroller.style.setProperty('--hex-columns', String(hexColumn(perLine - 1, perLine) + 2));
    setAttribute(this.scroller, 'aria-rowcount', String(this.layout.lines));
    this.rows.setCount(this.layout.lines);
    if (at !== null) this.rows.scrollTo(this.layout.lineOf(at));
  }

  private firstOffset(): number | null {
    const { layout } = this;
    const first = this.rows.firstVisible;
    if (!layout || first >= layout.lines) return null;
    const line = layout.line(first);
    return line.kind === 'bytes' || line.kind === 'gap' ? line.start : null;
  }

  /** As many as fit, of powers of two. */
  private bytesPerLine(digits: number): number {
    const context = document.createElement('canvas').getContext('2d');
    const style = getComputedStyle(this.scroller);
    if (context) {
      context.font = `${style.fontSize} ${style.fontFamily}`;
      this.charWidth = context.measureText('0'.repeat(100)).width / 100 || 8;
    }
    const columns = (this.scroller.clientWidth - 16) / this.charWidth;
    const fits = (bytes: number) => digits + 2 + bytes * 3 + 2 + bytes <= columns;
    return [32, 16, 8].find(fits) ?? 4;
  }

  private async load(page: number): Promise<BytesPage | null> {
    const { detail, view } = this;
    if (!detail || !view) return null;
    const start = page * PAGE;
    const span = {
      direction: this.direction,
      start: Math.max(start, view.start),
      end: Math.min(start + PAGE, view.end),
    };
    const { data, masked } = await this.options.load(detail.row.id, span);
    return { start: span.start, bytes: Uint8Array.from(atob(data), (char) => char.charCodeAt(0)), masked };
  }

  private render(index: number, row: HTMLElement): void {
    const { layout } = this;
    if (!layout || index >= layout.lines) return;
    const line = layout.line(index);
    row.id = `hex-line-${index}`;
    setAttribute(row, 'aria-rowindex', String(index + 1));
    if (line.kind !== 'bytes') {
      fillOtherLine(row, line);
      return;
    }
    const within = (span: Span) => span.start < line.end && span.end > line.start;
    const { selection, caret } = this;
    const holdsCaret = caret !== null && caret >= line.start && caret < line.end;
    fillBytesLine(row, line, this.bytesOf(line), {
      origin: layout.view.start,
      perLine: layout.perLine,
      digits: layout.digits,
      fate: layout.fateOf(line.start),
      linked: this.linked[this.direction].filter(within),
      found: this.found.filter(within),
      selection: selection && selection.end - selection.start > 1 ? selection : null,
      caret: holdsCaret ? caret : null,
    });
    setAttribute(row, 'aria-selected', String(holdsCaret));
    if (holdsCaret) setAttribute(this.scroller, 'aria-activedescendant', row.id);
  }

  /** The line's bytes from the one or two pages that hold them. */
  private bytesOf({ start, end }: Span): LineBytes | null {
    const bytes: number[] = [];
    const masked: Span[] = [];
    for (let page = Math.floor(start / PAGE); page * PAGE < end; page += 1) {
      const found = this.pages.get(page);
      if (!found) break;
      const from = Math.max(start, found.start) - found.start;
      bytes.push(...found.bytes.subarray(from, Math.max(from, end - found.start)));
      masked.push(...found.masked);
    }
    return bytes.length > 0 ? { bytes: Uint8Array.from(bytes), masked } : null;
  }

  private press(event: PointerEvent): void {
    const offset = this.offsetAt(event);
    if (offset === null) return;
    // a menu is about what is selected where it opens, else about the byte there
    const { selection } = this;
    const within = selection !== null && offset >= selection.start && offset < selection.end;
    if (event.button === 2 && !within) this.moveTo(offset, false);
    if (event.button !== 0) return;
    event.preventDefault();
    this.scroller.focus();
    this.moveTo(offset, event.shiftKey);
    const move = (moved: PointerEvent) => {
      const to = this.offsetAt(moved);
      if (to !== null && to !== this.caret) this.moveTo(to, true);
    };
    const up = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
  }

  private offsetAt(event: PointerEvent): number | null {
    const row = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.hex-line');
    if (!row || !this.layout || !this.scroller.contains(row)) return null;
    const index = Number(row.id.replace('hex-line-', ''));
    const line = this.layout.line(index);
    if (line.kind !== 'bytes') return null;
    const cells = [...row.querySelectorAll<HTMLElement>('.hex-bytes, .hex-text')];
    const [hex, text] = cells;
    if (!hex || !text) return null;
    const inText = event.clientX >= text.getBoundingClientRect().left;
    const column = Math.max(
      0,
      Math.floor((event.clientX - (inText ? text : hex).getBoundingClientRect().left) / this.charWidth),
    );
    const byte = inText ? column : byteAtColumn(column, this.layout.perLine);
    return clamp(line.start + byte - line.blank, line.start, line.end - 1);
  }

  selectAll(): void {
    const { view, direction } = this;
    if (!view || view.end === view.start) return;
    const { start, end } = view;
    this.anchor = start;
    this.caret = end - 1;
    this.rows.refresh();
    this.options.select({ direction, start, end }, start);
  }

  private moveTo(offset: number, extend: boolean): void {
    const { view } = this;
    if (!view || view.end === view.start) return;
    this.caret = clamp(offset, view.start, view.end - 1);
    if (!extend) this.anchor = this.caret;
    this.showCaret(this.caret);
    const { selection } = this;
    if (selection) this.options.select(selection, this.caret);
  }

  private showCaret(offset: number): void {
    if (this.layout) this.rows.reveal(this.layout.lineOf(offset), 'nearest');
    this.rows.refresh();
  }

  private key(event: KeyboardEvent): void {
    const { layout, view } = this;
    if (!layout || !view) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'c') this.options.copy();
    else if (command && event.key === 'a') this.selectAll();
    else if (event.key === 'Enter') {
      if (this.caret !== null) this.options.open(this.direction, this.caret);
    } else {
      const to = this.destination(event.key, command, layout, view);
      if (to === null) return;
      // the first arrow only makes the caret appear
      this.moveTo(this.caret === null && event.key.startsWith('Arrow') ? view.start : to, event.shiftKey);
    }
    event.preventDefault();
  }

  private destination(key: string, command: boolean, layout: HexLayout, view: Span): number | null {
    const at = this.caret ?? view.start;
    const column = (at - view.start) % layout.perLine;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - layout.perLine,
      ArrowDown: at + layout.perLine,
      PageUp: at - layout.perLine * this.rows.visible,
      PageDown: at + layout.perLine * this.rows.visible,
      Home: command ? view.start : at - column,
      End: command ? view.end - 1 : at - column + layout.perLine - 1,
    };
    return steps[key] ?? null;
  }
}
