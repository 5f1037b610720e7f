/** Frames, bytes and reply side by side, the timeline under them; in a narrow panel one at a time, under tabs. */
import { h, setAttribute } from '../common/dom';
import { t } from '../common/strings';
import { splitter } from './splitter';
import type { Column, PanelState } from './state';

/** Narrower than this, three columns are none. */
export const FOLD_BELOW = 700;
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
    const fold = () => this.element.classList.toggle('folded', low.matches || this.element.clientWidth < FOLD_BELOW);
    new ResizeObserver(fold).observe(this.element);
    low.addEventListener('change', fold);
    this.choose(this.column, false);
  }

  /** Brings a column to the front where only one is seen. */
  choose(column: Column, tell: boolean): void {
    this.column = column;
    this.element.dataset.column = column;
    for (const [name, element] of Object.entries(this.columns)) element.classList.toggle('front', name === column);
    for (const [name, button] of Object.entries(this.buttons)) {
      setAttribute(button, 'aria-selected', String(name === column));
      setAttribute(button, 'tabindex', name === column ? '0' : '-1');
    }
    if (tell) this.options.chosen(column);
  }

  /** Without a timeline there is no tab for it. */
  set hasTimeline(shown: boolean) {
    this.buttons.timeline.hidden = !shown;
    if (!shown && this.column === 'timeline') this.choose('bytes', true);
  }

  get folded(): boolean {
    return this.element.classList.contains('folded');
  }

  private key(event: KeyboardEvent, name: Column): void {
    const names = (Object.keys(NAMES) as Column[]).filter((one) => !this.buttons[one].hidden);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const next = names[(names.indexOf(name) + step + names.length) % names.length] as Column;
    this.choose(next, true);
    this.buttons[next].focus();
    event.preventDefault();
  }
}
