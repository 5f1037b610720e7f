/** The three byte counts of a request, drawn to scale on what was announced; each leads to its place in the bytes. */
import type { ExchangeDetail, Mark } from '../../src/messages/panel';
import { h } from '../common/dom';
import { t } from '../common/strings';
import { countText, exactBytes } from '../common/units';

const ORDER: readonly Mark['kind'][] = ['announced', 'handed', 'accepted', 'acknowledged'];
export const COUNT_NAMES: Readonly<Record<Mark['kind'], string>> = {
  announced: t('announced'),
  handed: t('handed'),
  accepted: t('accepted'),
  acknowledged: t('acknowledged'),
  reply: t('reply'),
};
const HINTS: Readonly<Record<Mark['kind'], string>> = {
  announced: t('what the head of the request says will follow, with the head itself'),
  handed: t('what the program passed to send, sendall or write'),
  accepted: t('what the kernel took: here it stopped taking'),
  acknowledged: t('what the peer’s TCP confirmed: here it stopped confirming'),
  reply: '',
};

export class CountsBar {
  readonly element = h('div', { class: 'counts' });

  constructor(private readonly go: (mark: Mark) => void) {}

  show(detail: ExchangeDetail): void {
    const { up } = detail;
    const marks = ORDER.flatMap((kind) => up?.marks.find((mark) => mark.kind === kind) ?? []);
    this.element.hidden = marks.length === 0;
    const total = Math.max(...marks.map(({ count }) => count), 1);
    const bars = marks
      .filter(({ kind }) => kind !== 'announced')
      .map((mark) => {
        const bar = h('span', { class: `count-bar count-${mark.kind}` });
        bar.style.width = `max(${mark.count > 0 ? 3 : 0}px, ${(100 * mark.count) / total}%)`;
        return bar;
      });
    const percent = (mark: Mark) =>
      mark.kind === 'announced' ? '' : `, ${((100 * mark.count) / total).toFixed(mark.count === total ? 0 : 1)} %`;
    const chips = marks.map((mark) =>
      h(
        'button',
        {
          type: 'button',
          class: `count-chip count-${mark.kind}`,
          title: `${HINTS[mark.kind]}${mark.derived ? t(' (computed from other figures)') : ''}${mark.atLeast ? t(' (at least)') : ''}${percent(mark)}`,
          on: { click: () => this.go(mark) },
        },
        h('span', { class: 'count-key', 'aria-hidden': 'true' }),
        h('span', {
          class: 'count-value',
          text: mark.kind === 'announced' ? exactBytes(mark.count) : countText({ ...mark, value: mark.count }),
        }),
        COUNT_NAMES[mark.kind],
      ),
    );
    this.element.replaceChildren(
      h('div', { class: 'count-track', 'aria-hidden': 'true' }, ...bars),
      h('div', { class: 'count-chips' }, ...chips),
    );
  }
}
