/** The panel: a table of exchanges above, the selected exchange below, and what links them. */
import type {
  CaptureSummary,
  EditorCalls,
  ExchangeDetail,
  ExchangeRow,
  Folding,
  ListSummary,
  PanelCalls,
  PanelEvents,
  SourcePlace,
} from '../../src/messages/panel';
import type { Channel } from '../../src/messages/panelChannel';
import { h } from '../common/dom';
import type { MenuItems } from '../common/menu';
import { t } from '../common/strings';
import { visibleLine } from '../common/visibleText';
import { ExchangeTable } from './exchangeTable';
import { ExchangeView } from './exchangeView';
import { splitter } from './splitter';
import type { StateStore } from './state';
import { Toolbar } from './toolbar';

export type PanelChannel = Channel<object, PanelCalls & EditorCalls, object, PanelEvents>;

/** @param folded what it is to be from now on */
function foldOne({ all, except }: Folding, id: string, folded: boolean): Folding {
  const others = except.filter((one) => one !== id);
  return { all, except: folded === all ? others : [...others, id] };
}

/** Rows among which the panel chooses one to begin with. */
const FIRST_ROWS = 200;

export class PanelApp {
  readonly element: HTMLElement;
  private readonly toolbar: Toolbar;
  private readonly table: ExchangeTable;
  private readonly view: ExchangeView;
  private readonly message = h('p', { class: 'capture-message', role: 'status', hidden: true });
  private readonly body: HTMLElement;
  private list: ListSummary | null = null;
  private summary: CaptureSummary | null = null;
  private selected: string | null;
  /** The exchange whose row was brought into sight last. */
  private shown: string | null = null;
  /** Counts up with everything that somebody has chosen. */
  private choices = 0;
  /** Counts up with every wish to see another exchange: what arrives for an older one is dropped. */
  private wish = 0;
  private listing: Promise<void> | null = null;
  private again = false;
  /** The next list is another one, not the same grown. */
  private fresh = false;
  private ended = false;
  /** Nobody has chosen an exchange yet: the panel does, and thinks better of it while it reads the first ones. */
  private undecided: boolean;

  constructor(
    private readonly channel: PanelChannel,
    private readonly state: StateStore,
  ) {
    this.selected = state.current.exchange;
    this.undecided = this.selected === null;
    this.toolbar = new Toolbar({
      filter: (query) => this.change({ query }),
      group: (grouped) => {
        this.toolbar.setGroups(grouped, state.current.folding.all);
        this.change({ grouped });
      },
      fold: (all) => this.fold({ all, except: [] }),
      reveal: (revealed) => this.attempt(channel.call('reveal', { revealed })),
      timeline: (timeline) => {
        state.set({ timeline });
        this.view.showTimeline(timeline);
      },
    });
    this.toolbar.field.value = state.current.query;
    this.toolbar.setGroups(state.current.grouped, state.current.folding.all);
    this.toolbar.setTimeline(state.current.timeline);
    const area = h('div', { class: 'table-area' });
    this.table = new ExchangeTable({
      load: (span) => channel.call('rows', span),
      select: (row) => void this.select(row.id),
      open: (row) => this.openInitiator(row),
      fold: ({ id, folded }) => this.fold(foldOne(state.current.folding, id, folded)),
      locate: (id) => channel.call('locate', { id }),
      sort: (order) => this.change({ order }),
      height: (pixels) => area.style.setProperty('--table-content', `${pixels}px`),
      actions: (row) => this.actions(row),
    });
    this.view = new ExchangeView(channel, state, {
      open: (place, preserveFocus) => this.open(place, preserveFocus),
      attempt: (work) => this.attempt(work),
    });
    area.append(this.table.element, this.table.message);
    this.body = h('div', { class: 'panel-body' });
    this.body.append(
      area,
      splitter({
        label: t('Height of the table'),
        axis: 'y',
        container: this.body,
        property: '--table-height',
        value: state.current.sizes.table,
        least: 10,
        most: 80,
        changed: (table) => state.set({ sizes: { ...state.current.sizes, table } }),
      }),
      this.view.element,
    );
    this.element = h('div', { class: 'panel-app' }, this.toolbar.element, this.message, this.body);
    this.element.addEventListener('keydown', (event) => {
      // among the bytes it searches these; elsewhere it looks for an exchange
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'f' || event.defaultPrevented) return;
      this.toolbar.field.focus();
      event.preventDefault();
    });
    channel.on('changed', ({ summary }) => {
      this.showSummary(summary);
      void this.refresh();
    });
    channel.on('hostEnded', ({ reason }) => this.hostEnded(reason));
    channel.on('show', ({ exchange }) => void this.select(exchange, true));
    channel.on('searching', ({ done, total }) => this.view.search.progress(done, total));
  }

  /** Asks for what there is; from then on the host tells of changes. */
  async start(): Promise<void> {
    this.message.textContent = t('Reading the capture…');
    this.message.hidden = false;
    // both at once: the answers come in this order
    const summary = this.channel.call('summary', {});
    const listed = this.refresh();
    try {
      this.showSummary(await summary);
    } catch (error) {
      this.fail(error as Error);
    }
    await listed;
  }

  private showSummary(summary: CaptureSummary): void {
    this.toolbar.showSummary(summary);
    this.summary = summary;
  }

  private change(change: Parameters<StateStore['set']>[0]): void {
    this.state.set(change);
    this.fresh = true;
    void this.refresh();
  }

  /** The list is the same but for what is folded: whoever looks at it stays where he is. */
  private fold(folding: Folding): void {
    this.state.set({ folding });
    this.toolbar.setGroups(this.state.current.grouped, folding.all);
    void this.refresh();
  }

  /** Lists anew; wishes that come while it is at it are met by one more run. */
  private refresh(): Promise<void> {
    if (this.listing) {
      this.again = true;
      return this.listing;
    }
    const run = async () => {
      do {
        this.again = false;
        await this.relist();
      } while (this.again);
    };
    this.listing = run()
      .catch((error: Error) => this.fail(error))
      .finally(() => {
        this.listing = null;
      });
    return this.listing;
  }

  private async relist(): Promise<void> {
    const { query, order, grouped, folding } = this.state.current;
    const { summary: before } = this;
    const rows = this.table.wanted;
    this.list = await this.channel.call('list', { query, order, grouped, folding, rows });
    this.toolbar.showList(this.list);
    this.message.hidden = true;
    this.table.show(this.list, { order, grouped }, this.emptyText(this.list), rows);
    // what is told while the list is on its way says nothing about this list, but for what was asked for before it
    const whole = (before ?? this.summary)?.reading === null;
    const { fresh } = this;
    this.fresh = false;
    // sorted or filtered anew, what comes first is what was looked for
    if (fresh) this.table.toTop();
    await this.reselect(whole);
  }

  private emptyText({ total }: ListSummary): string {
    if (total > 0) return t('No exchange matches the filter.');
    if (this.summary?.reading) return t('Reading the capture…');
    return this.summary?.live ? t('Waiting for the program to open a connection…') : t('No connection was seen.');
  }

  /** Finds the selected exchange in the new list and takes in what has changed about it; at first, the one that matters. */
  private async reselect(whole: boolean): Promise<void> {
    const { choices } = this;
    const id = this.undecided ? await this.mostTelling(whole) : this.selected;
    const { heading } = this.table;
    const wanted = heading ?? id;
    const index = wanted === null ? null : await this.channel.call('locate', { id: wanted });
    if (choices !== this.choices || this.table.choosing || heading !== this.table.heading) return; // somebody has chosen meanwhile
    this.selected = id;
    if (id === null) {
      this.view.show(null);
      return;
    }
    // what the panel has chosen, now or before a reload, is brought into sight; what the reader has stays where it is
    if (heading !== null && index !== null) this.table.goToHeading(index, heading);
    else this.table.select((heading === null ? index : null) ?? -1, id, this.shown !== id);
    this.shown = id;
    await this.load(id);
  }

  /**
   * The first one with trouble among the first rows, else the first.
   * @param whole the list is that of a capture which has been read to its end
   */
  private async mostTelling(whole: boolean): Promise<string | null> {
    const { items } = await this.channel.call('rows', { start: 0, end: FIRST_ROWS });
    const rows = items.filter((item): item is ExchangeRow => item.kind === 'exchange');
    if (rows.length > 0 && (items.length === FIRST_ROWS || whole)) this.undecided = false;
    const trouble =
      rows.find(({ unreadReply }) => unreadReply) ??
      rows.find(({ outcome }) => outcome === 'failed') ??
      rows.find(({ outcome }) => outcome === 'refused');
    return (trouble ?? rows[0])?.id ?? null;
  }

  private async select(id: string, reveal = false): Promise<void> {
    this.undecided = false;
    this.choices += 1;
    this.selected = id;
    this.shown = id;
    this.state.set({ exchange: id });
    if (reveal) {
      const index = await this.channel.call('locate', { id }).catch(() => null);
      this.table.select(index ?? -1, id);
    }
    await this.load(id).catch((error: Error) => this.fail(error));
  }

  private async load(id: string): Promise<void> {
    this.wish += 1;
    const { wish } = this;
    const detail: ExchangeDetail | null = await this.channel.call('exchange', { exchange: id });
    if (wish !== this.wish) return;
    if (detail) await this.view.show(detail);
    else if (this.selected === id && !this.summary?.reading) {
      // while the capture is read it may still come
      this.selected = null;
      this.undecided = true;
      this.view.show(null);
    }
  }

  private actions(row: ExchangeRow): MenuItems {
    const { initiator, host, status } = row;
    const { query } = this.state.current;
    const filter = (term: string) => {
      this.toolbar.field.value = query.includes(term) ? query : `${query} ${term}`.trim();
      this.change({ query: this.toolbar.field.value });
    };
    return {
      ...(initiator && { [t('Open source')]: { run: () => this.open(initiator, false), keys: 'Enter' } }),
      ...(row.method !== null && {
        [t('Copy URL')]: () => this.attempt(this.copyUrl(row)),
        [t('Copy request as cURL')]: () => this.attempt(this.view.copyAs('curl', row.id, null)),
      }),
      ...(host !== null && { [t('Filter by this host')]: () => filter(`host:${host}`) }),
      ...(status !== null && { [t('Filter by this status')]: () => filter(`status:${status}`) }),
    };
  }

  private async copyUrl({ id }: ExchangeRow): Promise<void> {
    const detail = await this.channel.call('exchange', { exchange: id });
    await this.channel.call('writeClipboard', { text: detail?.request?.url ?? '' });
  }

  private openInitiator({ initiator }: ExchangeRow): void {
    if (initiator) this.open(initiator, false);
  }

  private open({ file, line }: SourcePlace, preserveFocus: boolean): void {
    this.attempt(this.channel.call('openSource', { file, line, preserveFocus }));
  }

  private attempt(work: Promise<unknown>): void {
    work.then(
      () => {
        this.message.hidden = !this.ended;
      },
      (error: Error) => this.fail(error),
    );
  }

  private fail({ message }: Error): void {
    if (this.ended) return; // what fails now fails for that reason, which stands there with a way out
    this.message.textContent = visibleLine(message);
    this.message.hidden = false;
  }

  /** The process that reads the capture is gone; what is on the screen stays there to be looked at. */
  private hostEnded(reason: string): void {
    this.ended = true;
    if (this.summary) this.toolbar.showSummary({ ...this.summary, live: false, reading: null });
    const again = h('button', { type: 'button', class: 'link', text: t('Read the capture again') });
    again.addEventListener('click', () => void this.reopen());
    this.message.replaceChildren(
      visibleLine(t('The process that reads the capture has ended: {0}.', reason.replace(/\.$/, ''))),
      ' ',
      again,
    );
    this.message.hidden = false;
  }

  private async reopen(): Promise<void> {
    this.ended = false;
    try {
      await this.channel.call('reopen', {});
      await this.start();
    } catch (error) {
      this.fail(error as Error);
    }
  }
}
