/** A line between two areas that can be dragged or moved by keys; it sets a custom property in percent. */
import { h } from '../common/dom';
import { clamp } from '../common/units';

export interface SplitterOptions {
  readonly label: string;
  readonly axis: 'x' | 'y';
  readonly container: HTMLElement;
  /** Custom property on the container. */
  readonly property: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** The size counts from the far edge. */
  readonly reverse?: boolean;
  readonly changed: (value: number) => void;
}

export function splitter(options: SplitterOptions): HTMLElement {
  const { axis, container, property, least, most, label } = options;
  let value = options.value;
  const element = h('div', {
    class: `splitter splitter-${axis}`,
    role: 'separator',
    tabindex: '0',
    'aria-label': label,
    'aria-orientation': axis === 'x' ? 'vertical' : 'horizontal',
    'aria-valuemin': String(least),
    'aria-valuemax': String(most),
  });
  const set = (next: number) => {
    value = clamp(next, least, most);
    container.style.setProperty(property, `${value}%`);
    element.setAttribute('aria-valuenow', String(Math.round(value)));
  };
  set(value);
  element.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => {
      const box = container.getBoundingClientRect();
      const share = axis === 'x' ? (moved.clientX - box.left) / box.width : (moved.clientY - box.top) / box.height;
      set(100 * (options.reverse ? 1 - share : share));
    };
    element.addEventListener('pointermove', move);
    element.addEventListener(
      'pointerup',
      () => {
        element.removeEventListener('pointermove', move);
        options.changed(value);
      },
      { once: true },
    );
  });
  element.addEventListener('keydown', (event) => {
    const forward = axis === 'x' ? 'ArrowRight' : 'ArrowDown';
    const backward = axis === 'x' ? 'ArrowLeft' : 'ArrowUp';
    const step = event.key === forward ? 2 : event.key === backward ? -2 : 0;
    if (step === 0) return;
    set(value + (options.reverse ? -step : step));
    options.changed(value);
    event.preventDefault();
  });
  return element;
}
