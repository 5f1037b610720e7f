/** Search in the bytes of one direction, with progress and a way to stop. */
import type { SearchOptions, SearchResult, Span } from '../../src/messages/panel';
import { h } from '../common/dom';
import { t } from '../common/strings';
import { type Dropdown, dropdown, iconButton, type TextField, textField } from '../common/toolkit';
import { grouped, shortBytes } from '../common/units';
import { visibleLine } from '../common/visibleText';

type Pattern = Pick<SearchOptions, 'pattern' | 'kind'>;

export interface SearchBarOptions {
  readonly search: (pattern: Pattern, signal: AbortSignal) => Promise<SearchResult>;
  /** What to say where there is no match. */
  readonly where: () => string;
  readonly found: (matches: readonly Span[]) => void;
  readonly go: (match: Span) => void;
  readonly closed: () => void;
}

export class SearchBar {
  readonly element: HTMLElement;
  private readonly field: TextField;
  private readonly kind: Dropdown;
  private readonly status = h('span', { class: 'search-status secondary', role: 'status' });
  private readonly stop: HTMLElement;
  private running: AbortController | null = null;
  private matches: readonly Span[] = [];
  private at = -1;
  private searched = '';
  private limited = false;
  private notStored = 0;

  constructor(private readonly options: SearchBarOptions) {
    this.field = textField(t('Search in the bytes'), t('Search'), () => {
      this.status.textContent = '';
    });
    this.kind = dropdown(t('Kind of search'), { text: t('Text'), hex: t('Hex'), regexp: t('RegExp') }, () =>
      this.field.focus(),
    );
    this.stop = h('vscode-button', {
      appearance: 'secondary',
      text: t('Stop'),
      hidden: true,
      on: { click: () => this.running?.abort() },
    });
    this.element = h(
      'div',
      { class: 'search', role: 'search', 'aria-label': t('Search in the bytes'), hidden: true },
      this.field,
      this.kind,
      iconButton('previous', t('Previous match'), () => void this.next(-1)),
      iconButton('next', t('Next match'), () => void this.next(1)),
      this.stop,
      this.status,
      iconButton('close', t('Close search'), () => this.close()),
    );
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
      else if (event.key === 'Enter' && event.target === this.field) void this.next(event.shiftKey ? -1 : 1);
      else return;
      event.preventDefault();
    });
  }

  open(): void {
    this.element.hidden = false;
    requestAnimationFrame(() => this.field.focus());
  }

  /** The bytes are others now. */
  reset(): void {
    this.running?.abort();
    this.matches = [];
    this.at = -1;
    this.searched = '';
    this.status.textContent = '';
  }

  progress(done: number, total: number): void {
    if (this.running) this.status.textContent = t('{0} of {1}…', shortBytes(done), shortBytes(total));
  }

  private close(): void {
    this.reset();
    this.options.found([]);
    this.element.hidden = true;
    this.options.closed();
  }

  private async next(step: 1 | -1): Promise<void> {
    const pattern = this.field.value;
    const kind = (this.kind.value || 'text') as SearchOptions['kind'];
    const key = `${kind}:${pattern}`;
    if (key !== this.searched && !(await this.run({ pattern, kind }, key))) return;
    if (this.matches.length === 0) return;
    this.at = (this.at + step + this.matches.length) % this.matches.length;
    this.tell();
    this.options.go(this.matches[this.at] as Span);
  }

  private async run(pattern: Pattern, key: string): Promise<boolean> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.stop.hidden = false;
    try {
      const result = await this.options.search(pattern, running.signal);
      this.matches = result.matches;
      this.limited = result.limited;
      this.notStored = result.notStored;
      this.at = -1;
      this.searched = key;
      this.options.found(result.matches);
      this.tell();
      return true;
    } catch (error) {
      this.status.textContent = visibleLine((error as Error).message);
      return false;
    } finally {
      if (this.running === running) {
        this.running = null;
        this.stop.hidden = true;
      }
    }
  }

  private tell(): void {
    const count = `${grouped(this.matches.length)}${this.limited ? '+' : ''}`;
    const found = this.at < 0 ? count : t('{0} of {1}', this.at + 1, count);
    const where = this.matches.length === 0 ? this.options.where() : found;
    const rest = this.notStored > 0 ? t(', {0} are not in the capture', shortBytes(this.notStored)) : '';
    this.status.textContent = where + rest;
  }
}
