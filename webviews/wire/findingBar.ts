/** The finding in words on top of the exchange, its evidence as links into the rest. */
import type { EvidenceTarget, FindingView } from '../../src/messages/panel';
import { h } from '../common/dom';
import { type IconName, icon } from '../common/icons';
import { t } from '../common/strings';
import { visibleBlock, visibleLine } from '../common/visibleText';

const ICONS: Readonly<Record<FindingView['severity'], IconName>> = { error: 'error', warning: 'warning', info: 'info' };

export interface FindingBarOptions {
  readonly go: (target: EvidenceTarget) => void;
  readonly copy: (text: string) => void;
}

export class FindingBar {
  readonly element = h('section', { class: 'finding', 'aria-label': t('Finding'), hidden: true });
  private open = false;
  private finding: FindingView | null = null;

  constructor(private readonly options: FindingBarOptions) {}

  show(finding: FindingView | null): void {
    this.finding = finding;
    this.draw();
  }

  private draw(): void {
    const { finding, open } = this;
    this.element.hidden = finding === null;
    if (!finding) return;
    this.element.className = `finding severity-${finding.severity}`;
    const toggle = h(
      'button',
      {
        type: 'button',
        class: 'finding-title',
        'aria-expanded': String(open),
        on: {
          click: () => {
            this.open = !this.open;
            this.draw();
            this.element.querySelector<HTMLElement>('.finding-title')?.focus();
          },
        },
      },
      icon(open ? 'expanded' : 'collapsed'),
      icon(ICONS[finding.severity], finding.severity),
      h('span', { class: 'finding-text', text: visibleLine(finding.title), title: visibleLine(finding.title) }),
    );
    this.element.replaceChildren(toggle, this.evidence(finding), open ? this.more(finding) : '');
  }

  private evidence({ evidence, side }: FindingView): HTMLElement {
    return h(
      'ul',
      { class: `evidence${this.open ? ' open' : ''}`, 'aria-label': t('Evidence') },
      h('li', {}, h('span', { class: 'chip', text: t('side: {0}', visibleLine(side)) })),
      ...evidence.map(({ label, text, target }) => {
        const shown = visibleLine(this.open ? text : label);
        const title = visibleLine(text);
        const go = target && (() => this.options.go(target));
        return h(
          'li',
          {},
          go
            ? h('button', { type: 'button', class: 'link', text: shown, title, on: { click: go } })
            : h('span', { text: shown, title }),
        );
      }),
    );
  }

  private more({ summary, advice, references }: FindingView): HTMLElement {
    return h(
      'div',
      { class: 'finding-more' },
      h('p', { text: visibleBlock(summary) }),
      advice.length > 0 ? h('h3', { text: t('What to do') }) : '',
      ...advice.flatMap(({ text, code }) => [
        h('p', { text: visibleLine(text) }),
        code === null
          ? ''
          : h(
              'div',
              { class: 'advice-code' },
              h('pre', { text: visibleBlock(code) }),
              h('button', {
                type: 'button',
                class: 'link',
                text: t('Copy'),
                on: { click: () => this.options.copy(code) },
              }),
            ),
      ]),
      references.length > 0 ? h('p', { class: 'secondary', text: visibleLine(references.join(' · ')) }) : '',
    );
  }
}
