/** One line of the table. */
import type { ExchangeRow, GroupRow, ListSummary, Phase } from '../../src/messages/panel';
import { h, setAttribute } from '../common/dom';
import { type IconName, icon } from '../common/icons';
import { t } from '../common/strings';
import { countText, exactBytes, shortBytes, shortFile, shortTime } from '../common/units';
import { visibleBlock, visibleLine } from '../common/visibleText';
import { PHASE_NAMES } from './phases';

const ICONS: Readonly<Record<ExchangeRow['outcome'], IconName>> = {
  ok: 'check',
  refused: 'warning',
  failed: 'error',
  running: 'running',
};

const OUTCOMES: Readonly<Record<ExchangeRow['outcome'], string>> = {
  ok: t('ok'),
  refused: t('refused'),
  failed: t('failed'),
  running: t('running'),
};

/** The cells of a row: used for one exchange after another, as making them anew takes most of a frame. */
class Cells {
  readonly status = cell('status');
  readonly method = cell('method', text());
  readonly host = cell('host', text());
  readonly narrowHost = h('span', { class: 'narrow-only secondary' }, text());
  readonly path = cell('path', text(), this.narrowHost);
  readonly placeName = h('span', { class: 'place-name' }, text());
  readonly placeLine = h('span', { class: 'place-line' }, text());
  readonly initiator = cell('initiator', h('span', { class: 'place' }, this.placeName, this.placeLine));
  readonly up = cell('up', text());
  readonly down = cell('down', text());
  readonly duration = cell('duration', text());
  readonly track = h('div', { class: 'waterfall' });
  readonly time = cell('time', this.track);
  /** What the status cell shows. */
  shown = '';
  readonly all = [
    this.status,
    this.method,
    this.host,
    this.path,
    this.initiator,
    this.up,
    this.down,
    this.duration,
    this.time,
  ];
}

const cellsOf = new WeakMap<HTMLElement, Cells>();

export function fillExchangeRow(row: HTMLElement, item: ExchangeRow, scale: ListSummary): void {
  const cells = cellsOf.get(row) ?? new Cells();
  cellsOf.set(row, cells);
  row.className = `virtual-row table-row outcome-${item.outcome}`;
  const { outcome, status, reason, error, unreadReply, initiator } = item;
  const shown = JSON.stringify([outcome, status, reason, error, unreadReply, isUnanswered(item)]);
  if (cells.shown !== shown) cells.status.replaceChildren(...statusOf(item));
  cells.shown = shown;
  const [host, path] = [hostText(item), visibleLine(item.path)];
  setText(cells.method, visibleLine(item.method ?? item.scheme ?? ''));
  setText(cells.host, host);
  setText(cells.path, path === '' ? t('no HTTP') : path);
  cells.path.classList.toggle('secondary', path === '');
  setText(cells.narrowHost, ` ${host}`);
  setTitle(cells.path, path);
  setText(cells.placeName, initiator ? visibleLine(shortFile(initiator.file)) : '');
  setText(cells.placeLine, initiator ? `:${initiator.line}` : '');
  setTitle(cells.initiator, initiator && `${initiator.function}, ${initiator.file}:${initiator.line}`);
  setText(cells.up, upText(item));
  setTitle(cells.up, upTitle(item));
  setText(cells.down, shortBytes(item.down));
  setTitle(cells.down, exactBytes(item.down));
  setText(cells.duration, item.duration === null ? '…' : shortTime(item.duration));
  drawWaterfall(cells, item, scale);
  if (cells.status.parentNode !== row) row.replaceChildren(...cells.all);
}

export function fillGroupRow(row: HTMLElement, item: GroupRow): void {
  row.className = 'virtual-row table-row group-row';
  setAttribute(row, 'aria-label', null);
  const count = item.exchanges === 1 ? t('1 exchange') : t('{0} exchanges', item.exchanges);
  row.replaceChildren(
    h(
      'div',
      { class: 'cell group-cell', role: 'gridcell' },
      icon(item.folded ? 'folded' : 'unfolded', 'twistie'),
      icon('group'),
      h('span', { class: 'group-process', text: visibleLine(item.process) }),
      h('span', { text: visibleLine(item.connection ?? t('no connection')) }),
      h('span', { class: 'secondary', text: count }),
    ),
  );
}

/** What a reader of the screen says of the row. */
export function rowLabel(item: ExchangeRow): string {
  const parts = [
    isUnanswered(item) ? t('no reply') : OUTCOMES[item.outcome],
    item.status === null ? null : t('status {0} {1}', item.status, visibleLine(item.reason ?? '')).trim(),
    item.unreadReply ? t('reply never read by the program') : null,
    item.error,
    item.method ?? item.scheme,
    `${hostText(item)}${visibleLine(item.path)}`,
    item.initiator ? t('from {0} line {1}', shortFile(item.initiator.file), item.initiator.line) : null,
    upTitle(item),
    t('{0} received', exactBytes(item.down)),
    item.duration === null ? null : shortTime(item.duration),
  ];
  return visibleLine(parts.filter(Boolean).join(', '));
}

/** Over, without an error, and nothing came back: the program did not wait, or was ended. */
const isUnanswered = ({ outcome, method, status }: ExchangeRow): boolean =>
  outcome === 'ok' && method !== null && status === null;

function statusOf(item: ExchangeRow): Node[] {
  const unanswered = isUnanswered(item);
  const outcome = unanswered ? t('no reply') : OUTCOMES[item.outcome];
  const word = item.status === null ? (item.error ?? outcome) : String(item.status);
  const title = [item.status, item.reason, item.error].filter((part) => part !== null && part !== '').join(' ');
  return [
    icon(unanswered ? 'info' : ICONS[item.outcome]),
    h('span', {
      class: `status-word${item.status === null ? '' : ' number'}`,
      text: visibleLine(word),
      title: visibleLine(title),
    }),
    ...(item.unreadReply
      ? [
          h(
            'span',
            { class: 'chip chip-unread', title: t('The program never read this reply.') },
            icon('unread'),
            t('unread'),
          ),
        ]
      : []),
  ];
}

const hostText = ({ host, port }: ExchangeRow): string =>
  visibleLine(host === null ? '' : port === null ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`);

/** Accepted of announced, when not all of it was; what was only handed over is called so. */
function upText({ up, upIs, upAnnounced }: ExchangeRow): string {
  if (up.value === null) return '–';
  const short = upAnnounced !== null && up.value < upAnnounced && upIs === 'accepted';
  if (short) return t('{0} of {1}', shortBytes(up.value), shortBytes(upAnnounced));
  return upIs === 'handed' ? t('{0} handed', shortBytes(up.value)) : shortBytes(up.value);
}

function upTitle({ up, upIs, upAnnounced }: ExchangeRow): string {
  const taken = upIs === 'accepted' ? t('{0} accepted by the kernel', countText(up)) : t('{0} handed', countText(up));
  return upAnnounced === null ? taken : t('{0} of {1} announced', taken, exactBytes(upAnnounced));
}

function drawWaterfall({ track, time }: Cells, item: ExchangeRow, { from, to }: ListSummary): void {
  const { phases, began, duration } = item;
  const span = Math.max(to - from, 0.001);
  const percent = (ms: number) => `${(100 * Math.min(Math.max(ms - from, 0), span)) / span}%`;
  while (track.childElementCount > phases.length) track.lastElementChild?.remove();
  while (track.childElementCount < phases.length) track.append(h('span'));
  for (const [index, phase] of phases.entries()) {
    const bar = track.children[index] as HTMLElement;
    bar.className = `phase phase-${phase.name}`;
    bar.style.left = percent(phase.start);
    bar.style.width = `max(2px, ${(100 * (phase.end - phase.start)) / span}%)`;
  }
  const start = t('at +{0}', shortTime(began));
  const total = duration === null ? t('still running') : t('{0} in all', shortTime(duration));
  setTitle(time, [start, ...phases.map(phaseText), total].join('\n'));
}

const phaseText = ({ name, start, end }: Phase): string => `${PHASE_NAMES[name]}: ${shortTime(end - start)}`;

function cell(key: string, ...children: (Node | string)[]): HTMLElement {
  return h('div', { class: `cell cell-${key}`, role: 'gridcell' }, ...children);
}

const text = (): Text => document.createTextNode('');

/** Of an element whose first child is its text. */
function setText({ firstChild }: HTMLElement, value: string): void {
  if ((firstChild as Text).data !== value) (firstChild as Text).data = value;
}

function setTitle(element: HTMLElement, title: string | null): void {
  setAttribute(element, 'title', title === null ? null : visibleBlock(title));
}
