/** A button that opens a menu of a few actions. */
import { h, uniqueId } from './dom';

export function menuButton(
  button: HTMLElement,
  label: string,
  items: Readonly<Record<string, () => void>>,
): HTMLElement {
  const id = uniqueId('menu');
  const entries = Object.entries(items).map(([text, run]) =>
    h('button', {
      type: 'button',
      role: 'menuitem',
      tabindex: '-1',
      class: 'menu-item',
      text,
      on: {
        click: () => {
          close(true);
          run();
        },
        // one item at a time stands out, whether the pointer or a key has chosen it
        pointerenter: ({ currentTarget }) => (currentTarget as HTMLElement).focus(),
      },
    }),
  );
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', id, popover: 'manual', 'aria-label': label, hidden: true },
    ...entries,
  );
  const wrapper = h('span', { class: 'menu-anchor' }, button, menu);
  button.setAttribute('aria-haspopup', 'menu');
  button.setAttribute('aria-expanded', 'false');

  const outside = (event: Event) => {
    if (!wrapper.contains(event.target as Node)) close(false);
  };
  const open = () => {
    menu.hidden = false;
    // in the top layer, so that no small column cuts it off
    menu.showPopover();
    const { bottom, right } = button.getBoundingClientRect();
    menu.style.top = `${Math.max(4, Math.min(bottom, window.innerHeight - menu.offsetHeight - 4))}px`;
    menu.style.left = `${Math.max(4, right - menu.offsetWidth)}px`;
    button.setAttribute('aria-expanded', 'true');
    entries[0]?.focus();
    document.addEventListener('pointerdown', outside, true);
  };
  const close = (back: boolean) => {
    menu.hidePopover();
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    if (back) button.focus();
  };
  button.addEventListener('click', () => (menu.hidden ? open() : close(true)));
  menu.addEventListener('keydown', (event) => {
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'ArrowDown') entries[(at + 1) % entries.length]?.focus();
    else if (event.key === 'ArrowUp') entries[(at - 1 + entries.length) % entries.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return wrapper;
}
