/** The phases of an exchange: their names, their look, and how long each took. */
import type { ExchangeRow, Phase, PhaseName } from '../../src/messages/panel';
import { h } from '../common/dom';
import { t } from '../common/strings';
import { shortTime } from '../common/units';

export const PHASE_NAMES: Readonly<Record<PhaseName, string>> = {
  name: t('name lookup'),
  connect: t('connect'),
  tls: 'TLS',
  send: t('send'),
  wait: t('wait'),
  receive: t('receive'),
};

const key = (name: string): HTMLElement =>
  h('span', { class: 'phase-key', 'aria-hidden': 'true' }, h('span', { class: `phase phase-${name}` }));

/** What the waterfall's bars stand for; shown where its column has room for it. */
export function phaseLegend(): HTMLElement {
  return h(
    'span',
    { class: 'phase-legend' },
    ...Object.entries(PHASE_NAMES).map(([name, text]) => h('span', {}, key(name), text)),
  );
}

/** One line for each phase: its bar on the exchange's own scale, its name, when it began and how long it took. */
export function phaseLines({ phases, began, duration }: ExchangeRow): HTMLElement {
  const ends = phases.map(({ end }) => end);
  const span = Math.max(duration ?? 0, ...ends.map((end) => end - began), 0.001);
  return h(
    'dl',
    { class: 'definitions phase-lines' },
    ...phases.flatMap((phase) => [
      h('dt', {}, key(phase.name), PHASE_NAMES[phase.name]),
      h('dd', {}, bar(phase, began, span), h('span', { text: shortTime(phase.end - phase.start) })),
    ]),
    ...(duration === null
      ? []
      : [
          h('dt', { text: t('in all') }),
          h('dd', { text: `${shortTime(duration)}, ${t('at +{0}', shortTime(began))}` }),
        ]),
  );
}

function bar({ name, start, end }: Phase, began: number, span: number): HTMLElement {
  const element = h('span', { class: `phase phase-${name}` });
  element.style.left = `${(100 * Math.max(0, start - began)) / span}%`;
  element.style.width = `max(2px, ${(100 * (end - start)) / span}%)`;
  return h('span', { class: 'waterfall', 'aria-hidden': 'true' }, element);
}
