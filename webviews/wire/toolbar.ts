/** The line on top: the filter, how much it lets through, and what concerns the whole capture. */
import type { CaptureSummary, ListSummary } from '../../src/messages/panel';
import { h } from '../common/dom';
import { icon } from '../common/icons';
import { t } from '../common/strings';
import { iconButton, type TextField, textField, toggleButton } from '../common/toolkit';
import { grouped } from '../common/units';
import { visibleLine } from '../common/visibleText';

/** What a filter can say, as one learns it: by example. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ['status:413', t('a status; also >=400 and 4xx')],
  ['has:unread-reply', t('the program never read the reply; also reply, early-reply, finding, error')],
  ['is:failed', t('an operation failed; also refused, ok, running, tls, raw')],
  ['method:POST', t('the method')],
  ['host:example.org', t('part of the host; also path:, initiator:, error:')],
  ['larger-than:1M', t('more bytes either way; also slower-than:500ms')],
  ['-status:200', t('a minus turns anything around')],
];

export interface ToolbarOptions {
  readonly filter: (query: string) => void;
  readonly group: (grouped: boolean) => void;
  /** All groups; false unfolds them. */
  readonly fold: (all: boolean) => void;
  readonly reveal: (revealed: boolean) => void;
  readonly timeline: (shown: boolean) => void;
}

export class Toolbar {
  readonly element: HTMLElement;
  readonly field: TextField;
  private readonly count = h('span', { class: 'count secondary', role: 'status' });
  private readonly reading = h('progress', {
    class: 'reading',
    max: '1',
    'aria-label': t('Reading the capture'),
    hidden: true,
  });
  private readonly live = h('span', { class: 'live', hidden: true }, icon('live'), t('live'));
  private readonly problem = h('p', { class: 'query-problem', role: 'alert', hidden: true });
  private readonly notes = h('ul', { class: 'notes', 'aria-label': t('Problems of the capture'), hidden: true });
  private readonly help: HTMLElement;
  private readonly groupButton: HTMLElement;
  private readonly foldButton: HTMLElement;
  private folded = false;
  private readonly revealButton: HTMLElement;
  private readonly timelineButton: HTMLElement;

  /** There may be more exchanges than are known yet. */
  private more = false;

  constructor(options: ToolbarOptions) {
    this.field = textField(
      t('Filter exchanges'),
      t('Filter: {0}', 'status:>=400 has:unread-reply host:…'),
      options.filter,
    );
    this.field.classList.add('filter');
    this.groupButton = toggleButton('group', t('Group by connection'), options.group);
    this.foldButton = iconButton('collapseAll', t('Collapse all groups'), () => options.fold(!this.folded));
    this.timelineButton = toggleButton('timeline', t('Bytes over time'), options.timeline);
    this.revealButton = toggleButton('eye', t('Reveal secrets'), options.reveal);
    this.help = h(
      'dl',
      { class: 'filter-help definitions', id: 'filter-help', hidden: true },
      ...EXAMPLES.flatMap(([example, meaning]) => [
        h(
          'dt',
          {},
          h('button', {
            type: 'button',
            class: 'link',
            text: example,
            on: {
              click: () => {
                this.field.value = `${this.field.value} ${example}`.trim();
                options.filter(this.field.value);
                this.field.focus();
              },
            },
          }),
        ),
        h('dd', { text: meaning }),
      ]),
    );
    const help = toggleButton('help', t('What a filter can say'), (shown) => {
      this.help.hidden = !shown;
    });
    help.setAttribute('aria-controls', 'filter-help');
    this.element = h(
      'header',
      { class: 'toolbar' },
      h(
        'div',
        { class: 'toolbar-line' },
        this.field,
        help,
        this.count,
        this.live,
        this.groupButton,
        this.foldButton,
        this.timelineButton,
        this.revealButton,
      ),
      this.reading,
      this.problem,
      this.help,
      this.notes,
    );
  }

  showList({ matching, total, problem }: ListSummary): void {
    const all = total === 1 ? t('1 exchange') : t('{0} exchanges', grouped(total));
    const shown = matching === total ? all : t('{0} of {1}', grouped(matching), all);
    this.count.textContent = this.more ? t('{0} so far', shown) : shown;
    // while a capture is read the number changes several times a second: nobody wants that read aloud
    this.count.setAttribute('aria-live', this.more ? 'off' : 'polite');
    this.problem.hidden = problem === null;
    this.problem.textContent = problem === null ? '' : visibleLine(problem);
  }

  showSummary({ live, problems, revealed, reading }: CaptureSummary): void {
    this.live.hidden = !live;
    this.reading.hidden = reading === null;
    if (reading) this.reading.setAttribute('value', String(reading.size === 0 ? 0 : reading.done / reading.size));
    this.more = reading !== null;
    this.notes.hidden = problems.length === 0;
    this.notes.replaceChildren(...problems.map((text) => h('li', {}, icon('warning', 'problem'), visibleLine(text))));
    this.revealButton.setAttribute('aria-pressed', String(revealed));
    const label = revealed ? t('Hide secrets') : t('Reveal secrets');
    this.revealButton.title = label;
    this.revealButton.setAttribute('aria-label', label);
    this.revealButton.replaceChildren(icon(revealed ? 'eyeOff' : 'eye'));
  }

  /** @param folded all groups are, but for those that were unfolded since */
  setGroups(grouped: boolean, folded: boolean): void {
    this.groupButton.setAttribute('aria-pressed', String(grouped));
    this.folded = folded;
    this.foldButton.hidden = !grouped;
    const label = folded ? t('Expand all groups') : t('Collapse all groups');
    this.foldButton.title = label;
    this.foldButton.setAttribute('aria-label', label);
    this.foldButton.replaceChildren(icon(folded ? 'expandAll' : 'collapseAll'));
  }

  setTimeline(pressed: boolean): void {
    this.timelineButton.setAttribute('aria-pressed', String(pressed));
  }
}
