/**
 * The editor takes the focus from whatever has it in a webview when the keys go elsewhere. When they come back, the same
 * element has them again: without this, Tab would begin anew.
 */
export function keepFocus(root: HTMLElement): void {
  let last: HTMLElement | null = null;
  root.addEventListener('focusin', ({ target }) => {
    last = target as HTMLElement;
  });
  window.addEventListener('focus', () => {
    const { activeElement, body } = document;
    if (activeElement === body && last?.isConnected && last.checkVisibility()) last.focus({ preventScroll: true });
  });
}
