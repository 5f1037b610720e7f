/** Text with a meaning for the eye; how it looks is decided in one place, when it is printed. */
import { escapeText } from '../escape';

export type Style = 'plain' | 'strong' | 'dim' | 'label' | 'bad' | 'warn' | 'good' | 'link' | 'code';

/** A piece of one line. Its text holds no control characters: it is escaped on the way in. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** SGR parameters (ECMA-48); the sixteen colours that every theme sets. */
const SGR: Readonly<Record<Style, string>> = {
  plain: '',
  strong: '1',
  dim: '2',
  label: '36',
  bad: '1;31',
  warn: '1;33',
  good: '32',
  link: '4',
  code: '32',
};

/** A blank at which no line is broken; an ordinary one when it is printed. */
export const NO_BREAK = '\u00a0';

export interface Look {
  readonly color: boolean;
  /** False where the terminal's locale is not UTF-8. */
  readonly unicode: boolean;
}

const ASCII: Readonly<Record<string, string>> = {
  '✗': 'x',
  '✓': '+',
  '!': '!',
  '→': '->',
  '▸': '>',
  '◂': '<-',
  '·': '-',
  '…': '...',
  '≈': '~',
  '≥': '>=',
  '▓': '#',
  '▒': '=',
  '░': '.',
  '•': '*',
  '└': '`',
  '─': '-',
  µ: 'u',
  '“': '"',
  '”': '"',
};

export class Pen {
  constructor(private readonly look: Look) {}

  span(text: string, style: Style = 'plain'): Span {
    const safe = escapeText(text);
    return { text: this.look.unicode ? safe : safe.replace(/[^\x20-\x7e]/g, (char) => ASCII[char] ?? char), style };
  }

  /** One line as it goes to the terminal. */
  ink(line: readonly Span[]): string {
    return line
      .map(({ text, style }) => (this.look.color && SGR[style] ? `\x1b[${SGR[style]}m${text}\x1b[0m` : text))
      .join('')
      .replaceAll(NO_BREAK, ' ')
      .trimEnd();
  }
}
