/** Menus of a few actions: under a button, or where the pointer or the keyboard asks for one. */
import { h, uniqueId } from './dom';

export interface MenuAction {
  readonly run: () => void;
  /** The keys that do the same without the menu. */
  readonly keys?: string;
}
export type MenuItems = Readonly<Record<string, MenuAction | (() => void)>>;

interface MenuOptions {
  readonly label: string;
  readonly items: MenuItems;
  /** Has the menu in it, so that the focus does not leave. */
  readonly parent: HTMLElement;
  /** Gets the focus back. */
  readonly back: HTMLElement;
  /** Of its corner, in the window; what would not fit is moved. */
  readonly place: (menu: HTMLElement) => { readonly left: number; readonly top: number };
  /** A press on it is its own. */
  readonly button?: HTMLElement;
  readonly closed?: () => void;
}

/** @returns closes it */
function openMenu({ label, items, parent, back, place, button, closed }: MenuOptions): (giveBack: boolean) => void {
  const entries = Object.entries(items).map(([text, action]) => {
    const { run, keys }: MenuAction = typeof action === 'function' ? { run: action } : action;
    return h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        tabindex: '-1',
        class: 'menu-item',
        on: {
          click: () => {
            close(true);
            run();
          },
          // one item at a time stands out, whether the pointer or a key has chosen it
          pointerenter: ({ currentTarget }) => (currentTarget as HTMLElement).focus(),
        },
      },
      h('span', { text }),
      keys !== undefined && h('span', { 'aria-hidden': 'true', text: keys }),
    );
  });
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', id: uniqueId('menu'), popover: 'manual', 'aria-label': label },
    ...entries,
  );
  let isOpen = true;
  const close = (giveBack: boolean) => {
    if (!isOpen) return;
    isOpen = false;
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('blur', away);
    if (giveBack) back.focus();
    menu.remove();
    closed?.();
  };
  const outside = (event: Event) => {
    if (!menu.contains(event.target as Node) && !button?.contains(event.target as Node)) close(false);
  };
  const away = () => close(false);
  menu.addEventListener('keydown', (event) => {
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) entries.at(to % entries.length)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else if (event.key !== 'Enter' && event.key !== ' ') return;
    else (document.activeElement as HTMLElement).click();
    event.preventDefault();
    event.stopPropagation();
  });
  // no menu of the editor's over this one
  menu.addEventListener('contextmenu', (event) => event.preventDefault());
  parent.append(menu);
  // in the top layer, so that no small column cuts it off
  menu.showPopover();
  const { left, top } = place(menu);
  menu.style.top = `${Math.max(4, Math.min(top, window.innerHeight - menu.offsetHeight - 4))}px`;
  menu.style.left = `${Math.max(4, Math.min(left, window.innerWidth - menu.offsetWidth - 4))}px`;
  entries[0]?.focus();
  document.addEventListener('pointerdown', outside, true);
  window.addEventListener('blur', away);
  return close;
}

export function menuButton(button: HTMLElement, label: string, items: MenuItems): HTMLElement {
  const wrapper = h('span', { class: 'menu-anchor' }, button);
  button.setAttribute('aria-haspopup', 'menu');
  button.setAttribute('aria-expanded', 'false');
  let close: ((giveBack: boolean) => void) | null = null;
  button.addEventListener('click', () => {
    if (close) {
      close(true);
      return;
    }
    button.setAttribute('aria-expanded', 'true');
    close = openMenu({
      ...{ label, items, parent: wrapper, back: button, button },
      place: (menu) => {
        const { bottom, right } = button.getBoundingClientRect();
        return { left: right - menu.offsetWidth, top: bottom };
      },
      closed: () => {
        close = null;
        button.setAttribute('aria-expanded', 'false');
      },
    });
  });
  return wrapper;
}

/**
 * A menu at a right click, or by the keyboard below what is selected.
 * @param itemsAt what there is to do there; null when nothing is
 * @param selected the line that a key means
 */
export function contextMenu(
  element: HTMLElement,
  label: string,
  itemsAt: (target: Element) => MenuItems | null,
  selected: () => Element | null,
): void {
  element.addEventListener('contextmenu', (event) => {
    // a key's event comes to what has the focus, without a button; on macOS Ctrl and the first button are the second one
    const byKey = event.button !== 2 && !event.ctrlKey;
    const target = byKey ? selected() : (event.target as Element);
    const items = target && itemsAt(target);
    event.preventDefault();
    if (!items) return;
    const box = target.getBoundingClientRect();
    const at = byKey ? { left: box.left + 24, top: box.bottom } : { left: event.clientX, top: event.clientY };
    openMenu({ label, items, parent: element.parentElement ?? element, back: element, place: () => at });
  });
}
