/** The right column: reply, request and connection, each under a tab. */
import type {
  BodyView,
  ErrorView,
  ExchangeDetail,
  Fact,
  HeaderLine,
  ReplyView,
  RequestView,
  StreamDirection,
  StreamSpan,
} from '../../src/messages/panel';
import { h, setAttribute } from '../common/dom';
import { icon } from '../common/icons';
import { t } from '../common/strings';
import { exactBytes, grouped, shortTime } from '../common/units';
import { visibleLine } from '../common/visibleText';
import { bodyNodes, definitions } from './bodyView';
import { phaseLines } from './phases';

export type SideTab = 'reply' | 'request' | 'connection';
const TABS: Readonly<Record<SideTab, string>> = {
  reply: t('Reply'),
  request: t('Request'),
  connection: t('Connection'),
};

const FACTS: Readonly<Record<Fact['group'], string>> = {
  server: t('Server'),
  tls: 'TLS',
  certificate: t('Certificate'),
  kernel: t('Kernel counters, whole connection'),
  options: t('Socket options'),
  process: t('Process'),
};

export interface MessageSideOptions {
  readonly goToBytes: (span: StreamSpan) => void;
  readonly changed: (tab: SideTab) => void;
}

export class MessageSide {
  readonly element: HTMLElement;
  readonly tabs: HTMLElement;
  tab: SideTab = 'reply';
  private readonly buttons = new Map<SideTab, HTMLElement>();
  private detail: ExchangeDetail | null = null;

  constructor(private readonly options: MessageSideOptions) {
    this.element = h('div', { class: 'side scroll', id: 'side-panel', role: 'tabpanel', tabindex: '0' });
    for (const tab of Object.keys(TABS) as SideTab[]) this.buttons.set(tab, this.button(tab));
    this.tabs = h('div', { class: 'side-tabs', role: 'tablist', 'aria-label': t('Details') }, ...this.buttons.values());
    this.mark();
  }

  show(detail: ExchangeDetail, keep: boolean): void {
    this.detail = detail;
    const scroll = keep ? this.element.scrollTop : 0;
    this.draw();
    this.element.scrollTop = scroll;
  }

  open(tab: SideTab): void {
    this.tab = tab;
    this.mark();
    this.draw();
    this.element.scrollTop = 0;
  }

  private button(tab: SideTab): HTMLElement {
    const order = Object.keys(TABS) as SideTab[];
    return h('button', {
      type: 'button',
      class: 'tab',
      role: 'tab',
      id: `side-tab-${tab}`,
      'aria-controls': 'side-panel',
      text: TABS[tab],
      on: {
        click: () => {
          this.open(tab);
          this.options.changed(tab);
        },
        keydown: (event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (step === undefined) return;
          const next = this.buttons.get(order[(order.indexOf(tab) + step + order.length) % order.length] as SideTab);
          next?.click();
          next?.focus();
          event.preventDefault();
        },
      },
    });
  }

  private mark(): void {
    for (const [tab, button] of this.buttons) {
      setAttribute(button, 'aria-selected', String(tab === this.tab));
      setAttribute(button, 'tabindex', tab === this.tab ? '0' : '-1');
    }
    setAttribute(this.element, 'aria-labelledby', `side-tab-${this.tab}`);
  }

  private draw(): void {
    const { detail } = this;
    if (!detail) return;
    const parts =
      this.tab === 'reply'
        ? detail.reply
          ? this.reply(detail.reply)
          : [h('p', { class: 'nothing', text: visibleLine(detail.replyMissing ?? '') })]
        : this.tab === 'request'
          ? detail.request
            ? this.request(detail.request)
            : [h('p', { class: 'nothing', text: t('No HTTP request was written.') })]
          : connection(detail);
    this.element.replaceChildren(...parts);
  }

  private reply(reply: ReplyView): Node[] {
    const chips: Node[] = [];
    if (reply.readByProgram === false) {
      chips.push(h('span', { class: 'chip chip-unread' }, icon('unread'), t('never read by the program')));
    }
    if (reply.early) chips.push(h('span', { class: 'chip' }, t('early: before the request was sent whole')));
    // less than the kernel's clock can tell apart is no distance
    if (reply.arrivedBeforeFailure !== null && reply.arrivedBeforeFailure >= 1) {
      chips.push(
        h('span', { class: 'chip' }, t('arrived {0} before the failure', shortTime(reply.arrivedBeforeFailure))),
      );
    }
    if (!reply.complete) chips.push(h('span', { class: 'chip chip-bad' }, icon('warning'), t('not complete')));
    return [
      h(
        'p',
        { class: 'start-line' },
        reply.status >= 400 ? icon('warning', 'refused:') : '',
        visibleLine(` ${reply.startLine}`).trimStart(),
      ),
      chips.length > 0 ? h('p', { class: 'chips' }, ...chips) : '',
      ...reply.interim.map(({ status, reason }) =>
        h('p', { class: 'secondary', text: visibleLine(t('after {0} {1}', status, reason)) }),
      ),
      reply.problem ? h('p', { class: 'problem' }, icon('warning'), visibleLine(reply.problem)) : '',
      headerTable(t('Reply headers'), reply.headers, reply.headersOmitted),
      ...this.body('down', reply.body),
    ].map((part) => (typeof part === 'string' ? document.createTextNode(part) : part));
  }

  private request(request: RequestView): Node[] {
    const { source } = request;
    const parts: Node[] = [
      h('p', { class: 'start-line', text: visibleLine(request.startLine) }),
      h('p', { class: 'url', text: visibleLine(request.url) }),
    ];
    if (request.problem) parts.push(h('p', { class: 'problem' }, icon('warning'), visibleLine(request.problem)));
    const announced =
      request.bodyAnnounced === null
        ? request.chunked
          ? t('chunked')
          : null
        : t('{0} announced', exactBytes(request.bodyAnnounced));
    const lines: (readonly [string, string])[] = [];
    if (announced) lines.push([t('Body'), announced]);
    if (source) {
      const held = {
        memory: t('held in memory whole'),
        file: t('streamed from a file'),
        stream: t('produced piece by piece'),
      };
      lines.push([
        t('Handed over as'),
        `${source.type}${source.size === null ? '' : `, ${exactBytes(source.size)}`}, ${held[source.storage]}`,
      ]);
      for (const { path, size } of source.files)
        lines.push([t('File'), `${path}${size === null ? '' : `, ${exactBytes(size)}`}`]);
    }
    if (lines.length > 0) parts.push(h('h3', { text: t('Body') }), definitions(lines));
    if (request.parts.length > 0) parts.push(h('h3', { text: t('Parts of the form') }), this.parts(request));
    parts.push(headerTable(t('Request headers'), request.headers, request.headersOmitted));
    if (request.body) parts.push(...this.body('up', request.body));
    return parts;
  }

  private body(direction: StreamDirection, body: BodyView | null): Node[] {
    const section = this.detail?.[direction]?.sections.find(({ kind }) => kind === 'body');
    return bodyNodes(body, section ? () => this.options.goToBytes({ direction, ...section }) : null);
  }

  private parts({ parts }: RequestView): HTMLElement {
    return h(
      'ul',
      { class: 'parts' },
      ...parts.map(({ name, filename, contentType, size, sizeDerived, range }) => {
        const text = [filename, contentType, size === null ? null : `${sizeDerived ? '≈ ' : ''}${exactBytes(size)}`];
        const label = visibleLine(name ?? t('(no name)'));
        return h(
          'li',
          {},
          range
            ? h('button', {
                type: 'button',
                class: 'link',
                text: label,
                title: t('Show its bytes'),
                on: { click: () => this.options.goToBytes({ direction: 'up', ...range }) },
              })
            : h('span', { text: label }),
          h('span', { class: 'secondary', text: ` ${visibleLine(text.filter(Boolean).join(', '))}` }),
        );
      }),
    );
  }
}

function headerTable(label: string, headers: readonly HeaderLine[], omitted: number): HTMLElement {
  return h(
    'div',
    {},
    h('h3', { text: label }),
    h(
      'dl',
      { class: 'definitions' },
      ...headers.flatMap(({ name, value, masked }) => [
        h('dt', { text: visibleLine(name) }),
        h('dd', { class: masked ? 'masked-value' : '', text: visibleLine(value) }),
      ]),
    ),
    omitted > 0 ? h('p', { class: 'secondary', text: t('{0} more headers: see the bytes.', grouped(omitted)) }) : '',
  );
}

function connection({ facts, errors, row }: ExchangeDetail): Node[] {
  const parts: Node[] = errors.length > 0 ? [h('h3', { text: t('Exception') }), errorList(errors)] : [];
  if (row.phases.length > 0) parts.push(h('h3', { text: t('Time') }), phaseLines(row));
  for (const [group, title] of Object.entries(FACTS)) {
    const here = facts.filter((fact) => fact.group === group);
    if (here.length === 0) continue;
    parts.push(
      h('h3', { text: title }),
      h(
        'dl',
        { class: 'definitions' },
        ...here.flatMap(({ name, value, tone }) => [
          h('dt', { text: name }),
          h('dd', { class: tone }, tone === 'bad' ? icon('warning', t('attention:')) : '', visibleLine(value)),
        ]),
      ),
    );
  }
  return parts;
}

function errorList(errors: readonly ErrorView[]): HTMLElement {
  const relations = { cause: t('caused by'), context: t('while handling'), reason: t('its reason') };
  return h(
    'ol',
    { class: 'errors', tabindex: '-1' },
    ...errors.map(({ type, text, errno, relation }) =>
      h(
        'li',
        {},
        relation ? h('span', { class: 'secondary', text: `${relations[relation]} ` }) : '',
        h('strong', { text: visibleLine(type) }),
        errno ? h('span', { class: 'secondary', text: ` ${errno}` }) : '',
        h('div', { class: 'error-message', text: visibleLine(text) }),
      ),
    ),
  );
}
