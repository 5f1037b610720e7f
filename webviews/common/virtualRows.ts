/**
 * Rows of equal height of which only those in sight exist. Any number of rows: a browser lays out no element taller than
 * some 33 million pixels, so that beyond `MAX_HEIGHT` a pixel of the scroll bar stands for more than a pixel of rows.
 */
const MAX_HEIGHT = 8_000_000;
/** Rows made beyond the edges, so that a quick scroll finds them there. */
const OVERSCAN = 4;

export interface VirtualRowsOptions {
  /** The element that scrolls; it gets the rows as descendants. */
  readonly scroller: HTMLElement;
  readonly rowHeight: number;
  /** An empty row; it is used for one index after another. */
  readonly create: () => HTMLElement;
  readonly render: (index: number, row: HTMLElement) => void;
  /** The rows in sight have changed, `[start, end)`. */
  readonly onRange?: (start: number, end: number) => void;
}

export class VirtualRows {
  private readonly spacer = document.createElement('div');
  private readonly layer = document.createElement('div');
  private readonly rows = new Map<number, HTMLElement>();
  /** Not in the document. */
  private readonly spare: HTMLElement[] = [];
  private readonly observer: ResizeObserver;
  private count = 0;
  /** Index of the row at the upper edge, with a fraction. */
  private top = 0;
  private expected = -1;
  private frame = 0;
  private shown = '';
  /** What is shown is out of date. */
  private dirty = false;

  constructor(private readonly options: VirtualRowsOptions) {
    const { scroller } = options;
    this.spacer.className = 'virtual-spacer';
    this.layer.className = 'virtual-layer';
    this.spacer.setAttribute('role', 'presentation');
    this.layer.setAttribute('role', 'presentation');
    scroller.append(this.layer, this.spacer);
    scroller.addEventListener('scroll', () => this.scrolled(), { passive: true });
    scroller.addEventListener('wheel', (event) => this.wheeled(event), { passive: false });
    this.observer = new ResizeObserver(() => this.schedule());
    this.observer.observe(scroller);
  }

  /** Whole rows that fit. */
  get visible(): number {
    return Math.max(1, Math.floor(this.options.scroller.clientHeight / this.options.rowHeight));
  }

  get firstVisible(): number {
    return Math.ceil(this.top - 0.001);
  }

  /** The number of rows; what is shown is drawn again. */
  setCount(count: number): void {
    this.count = count;
    this.spacer.style.height = `${Math.min(count * this.options.rowHeight, MAX_HEIGHT)}px`;
    this.setTop(this.top);
    this.refresh();
  }

  /** Draws the rows in sight again, in the next frame. */
  refresh(): void {
    this.dirty = true;
    this.schedule();
  }

  /** The element of a row, if it is in sight. */
  row(index: number): HTMLElement | null {
    return this.rows.get(index) ?? null;
  }

  /** Scrolls as little as is needed; to the middle when the row was far away. */
  reveal(index: number, where: 'nearest' | 'middle' = 'nearest'): void {
    const { visible } = this;
    if (index >= this.top && index + 1 <= this.top + this.height) return;
    const far = index < this.top - visible || index > this.top + 2 * visible;
    if (where === 'middle' || far) this.setTop(index - visible / 3);
    else this.setTop(index < this.top ? index : index + 1 - this.height);
    this.draw();
  }

  scrollTo(index: number): void {
    this.setTop(index);
    this.draw();
  }

  dispose(): void {
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
  }

  /** In rows, with a fraction. */
  private get height(): number {
    return this.options.scroller.clientHeight / this.options.rowHeight;
  }

  private get scaled(): boolean {
    return this.count * this.options.rowHeight > MAX_HEIGHT;
  }

  private setTop(top: number): void {
    const { scroller, rowHeight } = this.options;
    const last = Math.max(0, this.count - this.height);
    this.top = Math.min(Math.max(top, 0), last);
    const range = scroller.scrollHeight - scroller.clientHeight;
    const wanted = this.scaled ? (last === 0 ? 0 : (this.top / last) * range) : this.top * rowHeight;
    if (Math.abs(scroller.scrollTop - wanted) >= 1) {
      scroller.scrollTop = wanted;
      this.expected = scroller.scrollTop;
    }
    this.schedule();
  }

  private scrolled(): void {
    const { scroller, rowHeight } = this.options;
    const ours = Math.abs(scroller.scrollTop - this.expected) < 1;
    this.expected = -1;
    if (!ours) {
      const range = scroller.scrollHeight - scroller.clientHeight;
      const last = Math.max(0, this.count - this.height);
      this.top = this.scaled ? (range === 0 ? 0 : (scroller.scrollTop / range) * last) : scroller.scrollTop / rowHeight;
    }
    this.schedule();
  }

  /** A turn of the wheel moves by pixels of rows, not of the scroll bar. */
  private wheeled(event: WheelEvent): void {
    if (!this.scaled || event.ctrlKey) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / this.options.rowHeight;
    this.setTop(this.top + lines);
  }

  private schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw(): void {
    const { rowHeight, render, onRange } = this.options;
    const start = Math.max(0, Math.floor(this.top) - OVERSCAN);
    const end = Math.min(this.count, Math.ceil(this.top + this.height) + OVERSCAN);
    for (const index of [...this.rows.keys()]) if (index < start || index >= end) this.release(index);
    const placed: number[] = [];
    for (let index = start; index < end; index += 1) {
      let row = this.rows.get(index);
      if (!row) {
        // the one released first: when all are replaced, their order stays as it is
        row = this.spare.shift() ?? this.create();
        this.rows.set(index, row);
        placed.push(index);
        render(index, row);
      } else if (this.dirty) render(index, row);
      row.style.transform = `translateY(${Math.round((index - this.top) * rowHeight)}px)`;
    }
    this.dirty = false;
    this.order(placed);
    for (const row of this.spare) row.remove();
    const shown = `${start}-${end}`;
    if (shown !== this.shown) {
      this.shown = shown;
      onRange?.(start, end);
    }
  }

  /**
   * Readers of the screen go by the document's order. An element that is moved is laid out and painted anew, so that only
   * those that have come into sight are.
   * @param placed their indexes, ascending
   */
  private order(placed: readonly number[]): void {
    for (const index of placed.toReversed()) {
      const row = this.rows.get(index) as HTMLElement;
      const next = this.rows.get(index + 1) ?? null;
      if (row.parentNode !== this.layer || row.nextElementSibling !== next) this.layer.insertBefore(row, next);
    }
  }

  private create(): HTMLElement {
    const row = this.options.create();
    row.style.height = `${this.options.rowHeight}px`;
    row.classList.add('virtual-row');
    return row;
  }

  private release(index: number): void {
    const row = this.rows.get(index);
    if (!row) return;
    this.rows.delete(index);
    this.spare.push(row);
  }
}
