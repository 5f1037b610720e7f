/** "client.py:998" that gives up letters of the name, never the line, where there is little room. */
import { h } from './dom';
import { visibleLine } from './visibleText';

export const placeText = (name: string, line: number): HTMLElement =>
  h(
    'span',
    { class: 'place' },
    h('span', { class: 'place-name', text: visibleLine(name) }),
    h('span', { class: 'place-line', text: `:${line}` }),
  );
