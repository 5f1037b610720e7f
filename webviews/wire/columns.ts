/**
 * Frames, bytes and reply side by side, the timeline under them. With less room the frames stand beside one of the others,
 * which is chosen by a tab; with little room one part is seen at a time.
 */
import { h, setAttribute } from '../common/dom';
import { t } from '../common/strings';
import { splitter } from './splitter';
import type { Column, PanelState } from './state';

/** Narrower than this, two columns are none. */
const FOLD_BELOW = 600;
/** Narrower than this, three columns are none. */
const PAIR_BELOW = 960;
/** Lower than this, nothing is left over for the timeline under two columns. */
const TIMELINE_FROM = 400;
/** As low as the panel area beside a terminal: the style sheet puts table and exchange side by side then. */
const LOW = '(max-height: 440px)';

const NAMES: Readonly<Record<Column, string>> = {
  frames: t('Frames'),
  bytes: t('Bytes'),
  side: t('Reply'),
  timeline: t('Timeline'),
};

type Beside = Exclude<Column, 'timeline'>;

export interface ColumnParts {
  readonly heads: Readonly<Record<Beside, readonly Node[]>>;
  readonly bodies: Readonly<Record<Beside, readonly Node[]>>;
  readonly timeline: HTMLElement;
}

export interface ColumnsOptions {
  readonly sizes: PanelState['sizes'];
  readonly column: Column;
  readonly resized: (sizes: Partial<PanelState['sizes']>) => void;
  readonly chosen: (column: Column) => void;
}

export class Columns {
  readonly element: HTMLElement;
  private readonly tabs: HTMLElement;
  private readonly columns: Readonly<Record<Column, HTMLElement>>;
  private readonly buttons: Readonly<Record<Column, HTMLElement>>;
  private column: Column;
  private layout: 'wide' | 'paired' | 'folded' = 'wide';
  private timelineBelow = true;
  private timeline = true;

  constructor(
    { heads, bodies, timeline }: ColumnParts,
    private readonly options: ColumnsOptions,
  ) {
    this.column = options.column;
    const column = (name: Beside) =>
      h(
        'section',
        { class: `column column-${name}`, 'aria-label': NAMES[name] },
        h('div', { class: 'column-head' }, ...heads[name]),
        ...bodies[name],
      );
    this.columns = { frames: column('frames'), bytes: column('bytes'), side: column('side'), timeline };
    const button = (name: Column) =>
      h('button', {
        type: 'button',
        class: 'tab',
        role: 'tab',
        text: NAMES[name],
        on: {
          click: () => this.choose(name, true),
          keydown: (event) => this.key(event, name),
        },
      });
    this.buttons = {
      frames: button('frames'),
      bytes: button('bytes'),
      side: button('side'),
      timeline: button('timeline'),
    };
    this.tabs = h(
      'div',
      { class: 'column-tabs', role: 'tablist', 'aria-label': t('Parts of the exchange') },
      ...Object.values(this.buttons),
    );
    const row = h('div', { class: 'column-row' });
    const common = { axis: 'x', container: row, least: 12, most: 60 } as const;
    row.append(
      this.columns.frames,
      splitter({
        ...common,
        label: t('Width of the frames'),
        property: '--frames-width',
        value: options.sizes.frames,
        changed: (frames) => options.resized({ frames }),
      }),
      this.columns.bytes,
      splitter({
        ...common,
        label: t('Width of the reply'),
        property: '--side-width',
        value: options.sizes.side,
        reverse: true,
        changed: (side) => options.resized({ side }),
      }),
      this.columns.side,
    );
    this.element = h('div', { class: 'columns' }, this.tabs, row, timeline);
    const low = window.matchMedia(LOW);
    const fold = () => this.fold(low.matches);
    new ResizeObserver(fold).observe(this.element);
    low.addEventListener('change', fold);
    this.choose(this.column, false);
  }

  /** Brings a column to the front where not all are seen. */
  choose(column: Column, tell: boolean): void {
    this.column = column;
    this.draw();
    if (tell) this.options.chosen(column);
  }

  /** Without a timeline there is no tab for it. */
  set hasTimeline(shown: boolean) {
    this.timeline = shown;
    if (!shown && this.column === 'timeline') this.choose('bytes', true);
    else this.draw();
  }

  /** Something else is in front of the bytes. */
  get hidesBytes(): boolean {
    return this.layout !== 'wide' && this.front !== 'bytes';
  }

  private fold(low: boolean): void {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === 0) return; // out of sight
    this.layout = low || clientWidth < FOLD_BELOW ? 'folded' : clientWidth < PAIR_BELOW ? 'paired' : 'wide';
    this.timelineBelow = this.layout === 'wide' || (this.layout === 'paired' && clientHeight >= TIMELINE_FROM);
    this.draw();
  }

  /** What the tabs lead to: what is seen anyway has none. */
  private get choices(): readonly Column[] {
    const names: Column[] = this.layout === 'paired' ? ['bytes', 'side'] : ['frames', 'bytes', 'side'];
    return this.timeline && !this.timelineBelow ? [...names, 'timeline'] : names;
  }

  /** What is in front of the others: what was chosen, unless it is seen anyway. */
  private get front(): Column {
    return this.choices.includes(this.column) ? this.column : 'bytes';
  }

  private draw(): void {
    const { choices, front } = this;
    this.element.classList.toggle('folded', this.layout === 'folded');
    this.element.classList.toggle('paired', this.layout === 'paired');
    this.element.classList.toggle('timeline-below', this.timelineBelow);
    this.element.dataset.column = front;
    for (const [name, element] of Object.entries(this.columns)) element.classList.toggle('front', name === front);
    for (const [name, button] of Object.entries(this.buttons)) {
      button.hidden = !choices.includes(name as Column);
      setAttribute(button, 'aria-selected', String(name === front));
      setAttribute(button, 'tabindex', name === front ? '0' : '-1');
    }
    // where the style sheet puts them into the line of what they lead to
    this.element.style.setProperty('--tabs-width', `${this.tabs.offsetWidth}px`);
  }

  private key(event: KeyboardEvent, name: Column): void {
    const names = this.choices;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const next = names[(names.indexOf(name) + step + names.length) % names.length] as Column;
    this.choose(next, true);
    this.buttons[next].focus();
    event.preventDefault();
  }
}
