/** The one place that knows the toolkit: it registers the elements the panel uses and types what it touches of them. */
import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { h } from './dom';
import { type IconName, icon } from './icons';

export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeLink(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

export type TextField = HTMLElement & { value: string };
export type Dropdown = HTMLElement & { value: string };

export const textField = (label: string, placeholder: string, onInput: (value: string) => void): TextField => {
  // the toolkit names a field by its text and by nothing else; the style sheet keeps that text for readers of the screen
  const field = h('vscode-text-field', { placeholder, spellcheck: 'false', text: label }) as TextField;
  field.addEventListener('input', () => onInput(field.value));
  return field;
};

/** A button that shows only a drawing; the label is its name and its hint. */
export function iconButton(name: IconName, label: string, onClick: () => void): HTMLElement {
  return h(
    'vscode-button',
    { appearance: 'icon', 'aria-label': label, title: label, on: { click: onClick } },
    icon(name),
  );
}

/** A button that stays pressed. */
export function toggleButton(name: IconName, label: string, onToggle: (pressed: boolean) => void): HTMLElement {
  const button = iconButton(name, label, () => {
    const pressed = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(pressed));
    onToggle(pressed);
  });
  button.setAttribute('aria-pressed', 'false');
  return button;
}

export function dropdown(
  label: string,
  options: Readonly<Record<string, string>>,
  onChange: (value: string) => void,
): Dropdown {
  const element = h(
    'vscode-dropdown',
    { 'aria-label': label },
    ...Object.entries(options).map(([value, text]) => h('vscode-option', { value, text })),
  ) as Dropdown;
  element.addEventListener('change', () => onChange(element.value));
  return element;
}
