/** The exchanges as in a browser's network panel. Rows are pulled in pages, only those in sight are elements. */
import type {
  ExchangeRow,
  GroupRow,
  ListItem,
  ListOptions,
  ListOrder,
  ListSummary,
  SortColumn,
  Span,
} from '../../src/messages/panel';
import { h, setAttribute, uniqueId } from '../common/dom';
import { contextMenu, type MenuItems } from '../common/menu';
import { t } from '../common/strings';
import { VirtualRows } from '../common/virtualRows';
import { fillExchangeRow, fillGroupRow, rowLabel } from './exchangeRow';
import { Pages } from './pages';
import { phaseLegend } from './phases';

const ROW_HEIGHT = 24;
/** With its border and a little air under the last row. */
const HEAD_HEIGHT = 30;
const PAGE = 100;
const PAGES_KEPT = 20;

export const COLUMNS: readonly { readonly key: SortColumn; readonly title: string; readonly numeric?: boolean }[] = [
  { key: 'status', title: t('Status') },
  { key: 'method', title: t('Method') },
  { key: 'host', title: t('Host') },
  { key: 'path', title: t('Path') },
  { key: 'initiator', title: t('Initiator') },
  { key: 'up', title: t('↑ Sent'), numeric: true },
  { key: 'down', title: t('↓ Received'), numeric: true },
  { key: 'duration', title: t('Time'), numeric: true },
  { key: 'time', title: t('Waterfall') },
];

export interface ExchangeTableOptions {
  readonly load: (span: Span) => Promise<{ revision: number; items: readonly ListItem[] }>;
  readonly select: (row: ExchangeRow) => void;
  /** Enter or a double click. */
  readonly open: (row: ExchangeRow) => void;
  readonly sort: (order: ListOrder) => void;
  /** What can be done with an exchange. */
  readonly actions: (row: ExchangeRow) => MenuItems;
  /** A group is to be folded or unfolded. */
  readonly fold: (group: { readonly id: string; readonly folded: boolean }) => void;
  /** Where a heading stands. */
  readonly locate: (id: string) => Promise<number | null>;
  /** Pixels that all of it needs. */
  readonly height: (pixels: number) => void;
}

type Order = Pick<ListOptions, 'order' | 'grouped'>;

export class ExchangeTable {
  readonly element: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly heads = new Map<SortColumn, HTMLElement>();
  private readonly rows: VirtualRows;
  private readonly pages: Pages<readonly ListItem[]>;
  private summary: ListSummary = {
    revision: 0,
    items: 0,
    matching: 0,
    total: 0,
    problem: null,
    from: 0,
    to: 0,
    rows: [],
  };
  private order: ListOrder = { column: 'time', descending: false };
  private selected = -1;
  private selectedId: string | null = null;
  private headingId: string | null = null;
  private grouped = false;
  private empty: HTMLElement;

  constructor(private readonly options: ExchangeTableOptions) {
    const headId = uniqueId('table-head');
    // what scrolls has the focus; the titles stand outside of it and belong to it all the same
    this.scroller = h('div', {
      class: 'table-rows',
      role: 'grid',
      tabindex: '0',
      'aria-label': t('Exchanges'),
      'aria-owns': headId,
    });
    this.empty = h('p', { class: 'table-empty', hidden: true });
    const head = h(
      'div',
      { class: 'table-head', role: 'row', 'aria-rowindex': '1' },
      ...COLUMNS.map((one) => this.head(one)),
    );
    this.element = h(
      'div',
      { class: 'table', on: { keydown: (event) => this.key(event) } },
      h('div', { role: 'rowgroup', id: headId }, head),
      this.scroller,
    );
    this.rows = new VirtualRows({
      scroller: this.scroller,
      rowHeight: ROW_HEIGHT,
      create: () => this.emptyRow(),
      render: (index, row) => this.render(index, row),
    });
    new ResizeObserver(() => {
      const { scroller } = this;
      this.element.style.setProperty('--scroll-bar', `${scroller.offsetWidth - scroller.clientWidth}px`);
    }).observe(this.scroller);
    contextMenu(
      this.scroller,
      t('Exchange'),
      (target) => {
        const item = this.item(Number(target.closest<HTMLElement>('.table-row')?.dataset.index));
        return item?.kind === 'exchange' ? options.actions(item) : null;
      },
      () => this.scroller.querySelector('.selected'),
    );
    this.pages = new Pages(
      async (page) => {
        const { revision, items } = await options.load({ start: page * PAGE, end: (page + 1) * PAGE });
        return revision === this.summary.revision ? items : null;
      },
      () => this.arrived(),
      PAGES_KEPT,
    );
  }

  /** The pages in sight, or that would be if there were so many rows: what to ask for with a list. */
  get wanted(): Span {
    const first = Math.floor(this.rows.firstVisible / PAGE);
    const last = Math.floor((this.rows.firstVisible + this.rows.visible) / PAGE);
    return { start: first * PAGE, end: (last + 1) * PAGE };
  }

  /**
   * The list is another one, or has grown.
   * @param asked the rows that came with it
   */
  show(summary: ListSummary, { order, grouped }: Order, text: string, asked: Span): void {
    this.summary = summary;
    this.grouped = grouped;
    if (!grouped) this.headingId = null;
    // only the rows of a tree may say that they are folded
    this.scroller.setAttribute('role', grouped ? 'treegrid' : 'grid');
    this.order = order;
    for (const [column, head] of this.heads) {
      const sorted = column === order.column;
      head.setAttribute('aria-sort', sorted ? (order.descending ? 'descending' : 'ascending') : 'none');
      head.querySelector('button')?.setAttribute('tabindex', sorted ? '0' : '-1');
    }
    this.scroller.setAttribute('aria-rowcount', String(summary.items + 1));
    this.pages.invalidate();
    for (let at = asked.start; at < asked.start + summary.rows.length; at += PAGE) {
      this.pages.put(at / PAGE, summary.rows.slice(at - asked.start, at - asked.start + PAGE));
    }
    this.rows.setCount(summary.items);
    this.options.height(HEAD_HEIGHT + Math.max(summary.items, 1) * ROW_HEIGHT);
    this.empty.textContent = text;
    this.empty.hidden = summary.items > 0;
  }

  get message(): HTMLElement {
    return this.empty;
  }

  toTop(): void {
    this.rows.scrollTo(0);
  }

  /** Marks a row as the selected one; -1 for none. */
  select(index: number, id: string | null, reveal = true): void {
    this.selected = index;
    this.selectedId = id;
    this.headingId = null;
    if (index >= 0 && reveal) this.rows.reveal(index);
    this.rows.refresh();
  }

  /** The user has gone to a row that is still on its way. */
  get choosing(): boolean {
    return this.selected >= 0 && this.selectedId === null && this.headingId === null;
  }

  /** The heading that the user has gone to; null when he is at an exchange. */
  get heading(): string | null {
    return this.headingId;
  }

  /** Goes there; the exchange that is shown stays the same. */
  goToHeading(index: number, id: string): void {
    const moved = this.headingId !== id;
    this.selected = index;
    this.headingId = id;
    if (moved) this.rows.reveal(index);
    this.rows.refresh();
  }

  private head({ key, title, numeric }: (typeof COLUMNS)[number]): HTMLElement {
    const button = h('button', { class: 'column-title', tabindex: '-1', type: 'button', text: title });
    button.addEventListener('click', () => this.sortBy(key));
    button.addEventListener('keydown', (event) => this.headKey(event, key));
    const head = h(
      'div',
      { class: `cell cell-${key}${numeric ? ' numeric' : ''}`, role: 'columnheader', 'aria-sort': 'none' },
      button,
      key === 'time' && phaseLegend(),
    );
    this.heads.set(key, head);
    return head;
  }

  /** One stop of Tab for all titles, at the sorted column; arrows go on to the others that are in sight. */
  private headKey(event: KeyboardEvent, key: SortColumn): void {
    const shown = COLUMNS.map((one) => one.key).filter((one) => this.heads.get(one)?.checkVisibility());
    const at = shown.indexOf(key);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: shown.length - 1 }[event.key];
    if (event.key === 'ArrowDown') this.scroller.focus();
    else if (to === undefined) return;
    else {
      const next = this.heads.get(shown[Math.min(Math.max(to, 0), shown.length - 1)] as SortColumn);
      next?.querySelector('button')?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private sortBy(column: SortColumn): void {
    const same = column === this.order.column;
    // the largest and slowest are looked for first; names from A
    const descending = same ? !this.order.descending : ['up', 'down', 'duration', 'status'].includes(column);
    this.options.sort({ column, descending });
  }

  private item(index: number): ListItem | null {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  private arrived(): void {
    if (this.selectedId !== null && this.headingId === null) {
      const there = this.selected >= 0 ? this.item(this.selected) : null;
      if (there && (there.kind !== 'exchange' || there.id !== this.selectedId)) this.selected = -1;
    }
    this.rows.refresh();
  }

  private emptyRow(): HTMLElement {
    const row = h('div', { class: 'table-row', role: 'row' });
    row.addEventListener('mousedown', ({ button }) => this.pick(Number(row.dataset.index), button === 0));
    row.addEventListener('dblclick', () => this.open());
    return row;
  }

  private render(index: number, row: HTMLElement): void {
    const item = this.item(index);
    row.id = `exchange-${index}`;
    row.dataset.index = String(index);
    row.setAttribute('aria-rowindex', String(index + 2));
    if (item === null) {
      // its cells are hidden and wait for what comes in a moment: making others would take most of a frame
      row.className = 'virtual-row table-row loading';
      setAttribute(row, 'aria-selected', null);
      setAttribute(row, 'aria-label', t('Loading…'));
      return;
    }
    if (item.kind === 'group') {
      const here = item.id === this.headingId;
      fillGroupRow(row, item);
      row.classList.toggle('selected', here);
      setAttribute(row, 'aria-selected', String(here));
      setAttribute(row, 'aria-level', '1');
      setAttribute(row, 'aria-expanded', String(!item.folded));
      if (here) setAttribute(this.scroller, 'aria-activedescendant', row.id);
      return;
    }
    const selected = this.headingId === null && (index === this.selected || item.id === this.selectedId);
    if (selected && this.selected !== index) this.selected = index;
    fillExchangeRow(row, item, this.summary);
    setAttribute(row, 'aria-level', this.grouped ? '2' : null);
    setAttribute(row, 'aria-expanded', null);
    row.classList.toggle('selected', selected);
    setAttribute(row, 'aria-selected', String(selected));
    setAttribute(row, 'aria-label', rowLabel(item));
    if (selected) setAttribute(this.scroller, 'aria-activedescendant', row.id);
  }

  /** @param byMouse a click on a heading folds it, too */
  private pick(index: number, byMouse = false): void {
    const item = this.item(index);
    if (item?.kind === 'group') {
      this.goToHeading(index, item.id);
      if (byMouse) this.fold(item, !item.folded);
    }
    if (item?.kind !== 'exchange') return;
    this.select(index, item.id);
    this.options.select(item);
  }

  private open(): void {
    const item = this.selected >= 0 ? this.item(this.selected) : null;
    if (item?.kind === 'exchange') this.options.open(item);
    if (item?.kind === 'group') this.fold(item, !item.folded);
  }

  private fold({ id }: GroupRow, folded: boolean): void {
    this.options.fold({ id, folded });
  }

  /** As in a tree: to the left folds or goes to the heading, to the right unfolds or goes to the first exchange. */
  private sideways(right: boolean): void {
    const item = this.selected >= 0 ? this.item(this.selected) : null;
    if (!this.grouped || !item) return;
    if (item.kind === 'exchange') {
      if (right) return;
      void this.options.locate(item.group).then((index) => {
        if (index !== null && this.item(this.selected) === item) this.goToHeading(index, item.group);
      });
    } else if (item.folded === right) this.fold(item, !right);
    else if (right) this.move(1);
  }

  private key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLButtonElement) return;
    const { visible } = this.rows;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: visible,
      PageUp: -visible,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    };
    const step = steps[event.key];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'Enter') this.open();
    else if (event.key === ' ' && this.headingId !== null) this.open();
    else if (plain && /^Arrow(Left|Right)$/.test(event.key)) this.sideways(event.key === 'ArrowRight');
    else if (step === undefined || !plain) return;
    else this.move(step);
    event.preventDefault();
  }

  /** To the row so many rows from here. */
  private move(step: number): void {
    const last = this.summary.items - 1;
    const from = this.selected < 0 && step > 0 ? -1 : this.selected;
    const index = Math.min(Math.max(from + step, 0), last);
    if (this.item(index) === null) {
      // it is on its way: go there now, tell of it when it is here
      this.select(index, null);
      void this.options.load({ start: index, end: index + 1 }).then(({ items: [item] }) => {
        if (this.selected !== index || !this.choosing) return;
        if (item?.kind === 'exchange') this.settle(index, item);
        else if (item) this.goToHeading(index, item.id);
      });
    } else this.pick(index);
  }

  private settle(index: number, item: ExchangeRow): void {
    this.select(index, item.id);
    this.options.select(item);
  }
}
