/** Search in the bytes of one direction, with progress and a way to stop. */
import type { SearchOptions, SearchResult, Span } from '../../src/messages/panel';
import { h } from '../common/dom';
import { type Dropdown, dropdown, iconButton, type TextField, textField } from '../common/toolkit';
import { grouped, shortBytes } from '../common/units';
import { visibleLine } from '../common/visibleText';

type Pattern = Pick<SearchOptions, 'pattern' | 'kind'>;

export interface SearchBarOptions {
  readonly search: (pattern: Pattern, signal: AbortSignal) => Promise<SearchResult>;
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
    this.field = textField('Search in the bytes', 'Search', () => {
      this.status.textContent = '';
    });
    this.kind = dropdown('Kind of search', { text: 'Text', hex: 'Hex', regexp: 'RegExp' }, () => this.field.focus());
    this.stop = h('vscode-button', {
      appearance: 'secondary',
      text: 'Stop',
      hidden: true,
      on: { click: () => this.running?.abort() },
    });
    this.element = h(
      'div',
      { class: 'search', role: 'search', 'aria-label': 'Search in the bytes', hidden: true },
      this.field,
      this.kind,
      iconButton('previous', 'Previous match', () => void this.next(-1)),
      iconButton('next', 'Next match', () => void this.next(1)),
      this.stop,
      this.status,
      iconButton('close', 'Close search', () => this.close()),
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
    if (this.running) this.status.textContent = `${shortBytes(done)} of ${shortBytes(total)}…`;
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
    const where = this.matches.length === 0 ? 'no match' : `${this.at < 0 ? '' : `${this.at + 1} of `}${count}`;
    const rest = this.notStored > 0 ? `, ${shortBytes(this.notStored)} are not in the capture` : '';
    this.status.textContent = where + rest;
  }
}
