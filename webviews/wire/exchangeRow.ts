/** One line of the table. */
import type { ExchangeRow, GroupRow, ListSummary, Phase, PhaseName } from '../../src/messages/panel';
import { h } from '../common/dom';
import { type IconName, icon } from '../common/icons';
import { t } from '../common/strings';
import { countText, exactBytes, shortBytes, shortFile, shortTime } from '../common/units';
import { visibleBlock, visibleLine } from '../common/visibleText';

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

export const PHASE_NAMES: Readonly<Record<PhaseName, string>> = {
  name: t('name lookup'),
  connect: t('connect'),
  tls: 'TLS',
  send: t('send'),
  wait: t('wait'),
  receive: t('receive'),
};

export function fillExchangeRow(row: HTMLElement, item: ExchangeRow, scale: ListSummary): void {
  row.className = `virtual-row table-row outcome-${item.outcome}`;
  row.replaceChildren(
    cell('status', ...statusOf(item)),
    cell('method', visibleLine(item.method ?? item.scheme ?? '')),
    cell('host', hostText(item)),
    titled(
      cell('path', pathText(item), h('span', { class: 'narrow-only secondary', text: ` ${hostText(item)}` })),
      pathText(item),
    ),
    initiatorCell(item),
    titled(cell('up', upText(item)), upTitle(item)),
    titled(cell('down', shortBytes(item.down)), exactBytes(item.down)),
    cell('duration', item.duration === null ? '…' : shortTime(item.duration)),
    waterfall(item, scale),
  );
}

export function fillGroupRow(row: HTMLElement, item: GroupRow): void {
  row.className = 'virtual-row table-row group-row';
  row.removeAttribute('aria-label');
  const count = item.exchanges === 1 ? t('1 exchange') : t('{0} exchanges', item.exchanges);
  row.replaceChildren(
    h(
      'div',
      { class: 'cell group-cell', role: 'gridcell' },
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
    OUTCOMES[item.outcome],
    item.status === null ? null : t('status {0} {1}', item.status, visibleLine(item.reason ?? '')).trim(),
    item.unreadReply ? t('reply never read by the program') : null,
    item.error,
    item.method ?? item.scheme,
    `${hostText(item)}${pathText(item)}`,
    item.initiator ? t('from {0} line {1}', shortFile(item.initiator.file), item.initiator.line) : null,
    upTitle(item),
    t('{0} received', exactBytes(item.down)),
    item.duration === null ? null : shortTime(item.duration),
  ];
  return visibleLine(parts.filter(Boolean).join(', '));
}

function statusOf(item: ExchangeRow): Node[] {
  const word = item.status === null ? (item.error ?? OUTCOMES[item.outcome]) : String(item.status);
  const title = [item.status, item.reason, item.error].filter((part) => part !== null && part !== '').join(' ');
  return [
    icon(ICONS[item.outcome]),
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

const pathText = ({ path, scheme }: ExchangeRow): string => visibleLine(path === '' ? (scheme ?? '') : path);

/** Sent of announced, when not all of it was. */
function upText({ up, upAnnounced }: ExchangeRow): string {
  if (up.value === null) return '–';
  const short = upAnnounced !== null && up.value < upAnnounced;
  return short ? t('{0} of {1}', shortBytes(up.value), shortBytes(upAnnounced)) : shortBytes(up.value);
}

function upTitle({ up, upAnnounced }: ExchangeRow): string {
  const sent = t('{0} sent', countText(up));
  return upAnnounced === null ? sent : t('{0} of {1} announced', sent, exactBytes(upAnnounced));
}

function initiatorCell({ initiator }: ExchangeRow): HTMLElement {
  if (!initiator) return cell('initiator');
  const text = visibleLine(`${shortFile(initiator.file)}:${initiator.line}`);
  return titled(cell('initiator', text), `${initiator.function}, ${initiator.file}:${initiator.line}`);
}

function waterfall({ phases, began, duration }: ExchangeRow, { from, to }: ListSummary): HTMLElement {
  const span = Math.max(to - from, 0.001);
  const percent = (ms: number) => `${(100 * Math.min(Math.max(ms - from, 0), span)) / span}%`;
  const bars = phases.map((phase) => {
    const bar = h('span', { class: `phase phase-${phase.name}` });
    bar.style.left = percent(phase.start);
    bar.style.width = `max(2px, ${(100 * (phase.end - phase.start)) / span}%)`;
    return bar;
  });
  const track = h('div', { class: 'waterfall' }, ...bars);
  const start = t('at +{0}', shortTime(began));
  const total = duration === null ? t('still running') : t('{0} in all', shortTime(duration));
  return titled(cell('time', track), [start, ...phases.map(phaseText), total].join('\n'));
}

const phaseText = ({ name, start, end }: Phase): string => `${PHASE_NAMES[name]}: ${shortTime(end - start)}`;

function cell(key: string, ...children: (Node | string)[]): HTMLElement {
  return h('div', { class: `cell cell-${key}`, role: 'gridcell' }, ...children);
}

function titled(element: HTMLElement, title: string): HTMLElement {
  element.title = visibleBlock(title);
  return element;
}
