/** One exchange: the finding, frames, bytes and reply, and the timeline; every part leads into the others. */
import type {
  CallNode,
  CopyForm,
  EvidenceTarget,
  ExchangeDetail,
  OperationAt,
  SourcePlace,
  StreamDirection,
  StreamSpan,
} from '../../src/messages/panel';
import { h } from '../common/dom';
import { icon } from '../common/icons';
import { commandKey } from '../common/keys';
import { type MenuItems, menuButton } from '../common/menu';
import { t } from '../common/strings';
import { iconButton } from '../common/toolkit';
import { exactBytes, grouped, shortFile, shortTime } from '../common/units';
import { visibleLine } from '../common/visibleText';
import { BytesView } from './bytesView';
import { Columns } from './columns';
import { FindingBar } from './findingBar';
import { FramesView } from './framesView';
import { MessageSide } from './messageSide';
import type { PanelChannel } from './panelApp';
import { SearchBar } from './searchBar';
import type { StateStore } from './state';
import { TimelineView } from './timelineView';

export interface ExchangeViewOptions {
  readonly open: (place: SourcePlace, preserveFocus: boolean) => void;
  /** Shows the user what went wrong. */
  readonly attempt: (work: Promise<unknown>) => void;
}

export class ExchangeView {
  readonly element: HTMLElement;
  readonly search: SearchBar;
  private readonly finding: FindingBar;
  private readonly frames: FramesView;
  private readonly bytes: BytesView;
  private readonly side: MessageSide;
  private readonly columns: Columns;
  private readonly timeline: TimelineView;
  private readonly status = h('div', { class: 'byte-status', 'aria-live': 'polite' });
  private readonly nothing = h('p', {
    class: 'nothing',
    text: t('Select an exchange to see its frames, its bytes and the reply.'),
  });
  private detail: ExchangeDetail | null = null;
  private timelineShown: boolean;
  /** Counts up with everything that is told of a selection: what arrives for an older one is dropped. */
  private told = 0;

  constructor(
    private readonly channel: PanelChannel,
    private readonly state: StateStore,
    private readonly options: ExchangeViewOptions,
  ) {
    this.timelineShown = state.current.timeline;
    this.finding = new FindingBar({ go: (target) => this.goTo(target), copy: (text) => this.write(text) });
    this.frames = new FramesView({
      select: (node, byMouse) => {
        this.showNode(node);
        if (byMouse && this.columns.hidesBytes) this.columns.choose('bytes', true);
      },
      toBytes: () => {
        this.columns.choose('bytes', true);
        this.bytes.focus();
      },
      open: (place) => options.open(place, false),
      copy: (text) => this.write(text),
    });
    this.bytes = new BytesView({
      load: (exchange, span) => channel.call('bytes', { exchange, ...span }),
      select: (span, caret) => this.showBytes(span, caret),
      turned: () => {
        this.search.reset();
        this.tellNothing();
      },
      open: (direction, caret) => this.openWriter(direction, caret),
      copy: () => this.copy('text'),
      actions: () => this.byteActions(),
    });
    this.side = new MessageSide({
      goToBytes: (span) => this.goTo({ kind: 'bytes', span }),
      changed: (side) => state.set({ side }),
    });
    this.side.open(state.current.side);
    this.search = new SearchBar({
      search: (pattern, signal) =>
        channel.call(
          'search',
          { exchange: this.detail?.row.id ?? '', direction: this.bytes.direction, ...pattern },
          signal,
        ),
      where: () => (this.bytes.direction === 'up' ? t('no match in the request') : t('no match in the reply')),
      found: (matches) => this.bytes.markFound(matches),
      go: (match) => {
        const span = { direction: this.bytes.direction, ...match };
        this.bytes.select(span);
        this.showBytes(span, match.start);
      },
      closed: () => this.bytes.focus(),
    });
    this.timeline = new TimelineView({
      go: (series, count) => {
        const direction = series === 'received' ? 'down' : 'up';
        const view = this.detail?.[direction];
        if (!view) return;
        const at = Math.min(view.start + count, Math.max(view.start, view.end - 1));
        this.goTo({ kind: 'bytes', span: { direction, start: at, end: at + 1 } });
      },
    });
    this.columns = this.makeColumns();
    this.element = h('main', { class: 'exchange' }, this.nothing, this.finding.element, this.columns.element);
    this.element.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'f' && this.detail) {
        this.columns.choose('bytes', true);
        this.search.open();
        event.preventDefault();
      }
    });
    this.show(null);
  }

  /** Takes in another exchange, or the same one with what is new about it. */
  async show(detail: ExchangeDetail | null): Promise<void> {
    const before = this.detail;
    this.detail = detail;
    this.nothing.hidden = detail !== null;
    this.columns.element.hidden = detail === null;
    if (!detail) {
      this.finding.show(null);
      this.timeline.show(null, false);
      return;
    }
    const keep = before?.row.id === detail.row.id;
    if (keep && before.version === detail.version) return;
    this.finding.show(detail.finding);
    this.frames.show(detail.nodes, keep);
    this.bytes.show(detail, keep);
    this.side.show(detail, keep);
    if (!keep) {
      this.search.reset();
      this.tellNothing();
      this.takeUp(detail.row.id);
    }
    await this.loadTimeline(keep);
  }

  /** Selects again what was selected when the page was left. */
  private takeUp(exchange: string): void {
    const { place } = this.state.current;
    if (place?.exchange !== exchange) return;
    if (place.span) {
      this.bytes.select(place.span);
      if (this.bytes.selection) this.showBytes(this.bytes.selection, place.span.start);
    } else if (place.node !== null) this.frames.go(place.node);
  }

  showTimeline(shown: boolean): void {
    this.timelineShown = shown;
    void this.loadTimeline(false);
  }

  private async loadTimeline(keep: boolean): Promise<void> {
    const { detail } = this;
    this.columns.hasTimeline = this.timelineShown;
    if (!detail || !this.timelineShown) {
      this.timeline.show(null, false);
      return;
    }
    const timeline = await this.channel.call('timeline', { exchange: detail.row.id }).catch(() => null);
    if (this.detail === detail) this.timeline.show(timeline, keep);
  }

  private makeColumns(): Columns {
    const { state } = this;
    const copy = menuButton(
      iconButton('copy', t('Copy'), () => undefined),
      t('Copy'),
      this.copyActions(),
    );
    const tools = h(
      'div',
      { class: 'tools' },
      iconButton('search', t('Search in the bytes ({0})', commandKey('F')), () => this.search.open()),
      copy,
      iconButton('save', t('Save bytes to a file'), () => this.save()),
    );
    return new Columns(
      {
        heads: { frames: [h('h2', { text: t('Frames') })], bytes: [this.bytes.tabs, tools], side: [this.side.tabs] },
        bodies: {
          frames: [this.frames.element],
          bytes: [this.search.element, this.bytes.element, this.status],
          side: [this.side.element],
        },
        timeline: this.timeline.element,
      },
      {
        sizes: state.current.sizes,
        column: state.current.column,
        resized: (sizes) => state.set({ sizes: { ...state.current.sizes, ...sizes } }),
        chosen: (column) => state.set({ column }),
      },
    );
  }

  private copyActions(): MenuItems {
    return {
      [t('Copy as text')]: { run: () => this.copy('text'), keys: commandKey('C') },
      [t('Copy as hex')]: () => this.copy('hex'),
      [t('Copy as Python bytes')]: () => this.copy('python'),
      [t('Copy request as cURL')]: () => this.copy('curl'),
    };
  }

  private byteActions(): MenuItems {
    const { direction, selection } = this.bytes;
    return {
      ...(selection && {
        [t('Open source')]: { run: () => this.openWriter(direction, selection.start), keys: 'Enter' },
      }),
      ...this.copyActions(),
      [t('Save bytes to a file')]: () => this.save(),
      [t('Select all')]: { run: () => this.bytes.selectAll(), keys: commandKey('A') },
    };
  }

  /** Frame to bytes. */
  private showNode(id: number): void {
    this.told += 1;
    this.keep({ node: id, span: null });
    const spans = this.frames.tree.spansOf(id);
    this.bytes.link(spans, true);
    const node = this.frames.tree.node(id);
    const count = (direction: StreamDirection) =>
      spans[direction].reduce((sum, { start, end }) => sum + end - start, 0);
    const moved = [
      spans.up.length > 0 ? t('{0} handed', exactBytes(count('up'))) : null,
      spans.down.length > 0 ? t('{0} received', exactBytes(count('down'))) : null,
    ].filter((part): part is string => part !== null);
    const place = node?.kind === 'frame' ? node.place : (this.frames.tree.ownFrameOf(id)?.place ?? null);
    const name = node?.kind === 'call' ? node.operation : place ? place.function : '';
    this.status.replaceChildren(
      h('span', { text: visibleLine(`${name}: ${moved.join(', ') || t('no bytes of its own')}`) }),
      place ? this.placeLink(place) : '',
    );
  }

  /** Bytes to frame. */
  private showBytes({ direction, start, end }: StreamSpan, caret: number): void {
    this.told += 1;
    const { told } = this;
    this.keep({ node: null, span: { direction, start, end } });
    const call = this.frames.tree.callAt(direction, caret);
    this.frames.link(call?.id ?? null, true);
    this.bytes.link(call ? { ...{ up: [], down: [] }, [direction]: call.ranges } : { up: [], down: [] }, false);
    this.tellBytes({ direction, start, end }, caret, call, null);
    const { detail } = this;
    if (!detail || !call) return;
    this.channel.call('operationAt', { exchange: detail.row.id, direction, offset: caret }).then(
      (operation) => {
        if (told === this.told) this.tellBytes({ direction, start, end }, caret, call, operation);
      },
      () => undefined, // the line stays as it is: less exact, not wrong
    );
  }

  private keep(place: { readonly node: number | null; readonly span: StreamSpan | null }): void {
    const exchange = this.detail?.row.id;
    if (exchange !== undefined) this.state.set({ place: { exchange, ...place } });
  }

  private tellBytes(
    { direction, start, end }: StreamSpan,
    caret: number,
    call: CallNode | null,
    operation: OperationAt | null,
  ): void {
    const origin = this.detail?.[direction]?.start ?? 0;
    const section = this.bytes.sectionName(caret);
    const place =
      end - start > 1
        ? t('{0} from {1}', exactBytes(end - start), grouped(start - origin))
        : t('byte {0} ({1})', grouped(caret - origin), `0x${(caret - origin).toString(16)}`);
    const own = call ? this.frames.tree.ownFrameOf(call.id) : null;
    const name = call?.operation ?? '';
    const by =
      direction === 'up'
        ? t('written by {0}', name)
        : call?.lastWords
          ? t('recovered by {0}', name)
          : t('read by {0}', name);
    const exact = operation
      ? [
          operation.calls > 1
            ? t('{0} calls', grouped(operation.calls))
            : t('a call of {0}', exactBytes(operation.span.end - operation.span.start)),
          t('at +{0}', shortTime(operation.began)),
          operation.thread,
        ].join(', ')
      : null;
    this.status.replaceChildren(
      h('span', { text: [place, section].filter(Boolean).join(' · ') }),
      call
        ? h('span', { text: visibleLine(`${by}${exact ? ` (${exact})` : ''}`) })
        : h('span', { text: t('moved by no call that was recorded') }),
      own ? this.placeLink(own.place) : '',
    );
  }

  private placeLink(place: SourcePlace): HTMLElement {
    return h('button', {
      type: 'button',
      class: 'link',
      text: visibleLine(`${shortFile(place.file)}:${place.line} ${place.function}`),
      title: visibleLine(t('Open {0}', `${place.file}:${place.line}`)),
      on: { click: () => this.options.open(place, false) },
    });
  }

  private tellNothing(): void {
    this.told += 1;
    const text = t('Select a frame to see its bytes, or bytes to see their frame; Enter opens the source.');
    this.status.replaceChildren(h('span', { class: 'secondary', text }));
  }

  private openWriter(direction: StreamDirection, caret: number): void {
    const call = this.frames.tree.callAt(direction, caret);
    const frame = call && this.frames.tree.ownFrameOf(call.id);
    if (frame) this.options.open(frame.place, false);
  }

  private goTo(target: EvidenceTarget): void {
    switch (target.kind) {
      case 'bytes': {
        this.columns.choose('bytes', true);
        this.bytes.select(target.span);
        this.bytes.focus();
        this.showBytes(target.span, target.span.start);
        break;
      }
      case 'node':
        this.columns.choose('frames', true);
        this.frames.element.focus();
        this.frames.go(target.node);
        break;
      case 'error':
      case 'connection':
        this.columns.choose('side', true);
        this.side.open('connection');
        this.state.set({ side: 'connection' });
        this.side.element.focus();
        break;
    }
  }

  /** What is selected; else all that the direction has. */
  private get chosen(): StreamSpan | null {
    const { selection, view, direction } = this.bytes;
    if (selection && selection.end - selection.start > 1) return selection;
    return view && { direction, start: view.start, end: view.end };
  }

  private copy(form: CopyForm): void {
    const { detail, chosen } = this;
    if (detail) this.options.attempt(this.copyAs(form, detail.row.id, chosen));
  }

  /** Tells what became of it: what is pasted must not be taken for what it is not. */
  async copyAs(form: CopyForm, exchange: string, chosen: StreamSpan | null): Promise<void> {
    if (!chosen && form !== 'curl') throw new Error(t('There are no bytes to copy.'));
    const span = chosen ?? { direction: 'up', start: 0, end: 0 };
    const { text, missing, masked } = await this.channel.call('copy', { exchange, form, ...span });
    await this.channel.call('writeClipboard', { text });
    const size = form === 'curl' || missing !== null ? null : exactBytes(span.end - span.start);
    this.tellDone(size === null ? t('Copied') : t('Copied {0}', size), missing, masked ? t('secrets masked') : null);
  }

  /** In the line below the bytes, behind what stands there. */
  private tellDone(...parts: readonly (string | null)[]): void {
    this.status.querySelector('.done')?.remove();
    const text = visibleLine(parts.filter((part) => part !== null).join(', '));
    this.status.append(h('span', { class: 'done' }, icon('check'), text));
  }

  private write(text: string): void {
    this.options.attempt(this.channel.call('writeClipboard', { text }));
  }

  private save(): void {
    const { detail, chosen } = this;
    if (detail) this.options.attempt(this.saveAs(detail.row.id, chosen));
  }

  private async saveAs(exchange: string, chosen: StreamSpan | null): Promise<void> {
    if (!chosen) throw new Error(t('There are no bytes to save.'));
    const suggestedName = `${chosen.direction === 'up' ? 'request' : 'reply'}.bin`;
    const name = await this.channel.call('saveBytes', { exchange, suggestedName, ...chosen });
    if (name !== null) this.tellDone(t('Saved as {0}', name));
  }
}
