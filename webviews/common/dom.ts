/** Elements without markup: whatever comes from the wire can only ever become a text node. */

type Child = Node | string | null | undefined | false;
interface Properties {
  readonly class?: string;
  readonly text?: string;
  readonly on?: { readonly [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void };
  readonly style?: Readonly<Record<string, string>>;
  /** Attributes; `false`, `null` and `undefined` leave one out, `true` sets an empty one. */
  readonly [attribute: string]: unknown;
}

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties?: Properties,
  ...children: Child[]
): HTMLElementTagNameMap[Tag];
export function h(tag: string, properties?: Properties, ...children: Child[]): HTMLElement;
export function h(tag: string, properties: Properties = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === 'class') element.className = value as string;
    else if (name === 'text') element.textContent = value as string;
    else if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener as EventListener);
    } else if (name === 'style') {
      for (const [key, one] of Object.entries(value as Record<string, string>)) element.style.setProperty(key, one);
    } else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Sets an attribute only when it changes, so that nothing is announced or laid out for nothing. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

let lastId = 0;
/** An id that no other element has. */
export const uniqueId = (prefix: string): string => `${prefix}-${++lastId}`;
