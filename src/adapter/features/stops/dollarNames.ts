/** `$exception`, `$reply` and `$socket` in expressions at a stop: each stands for a Python expression. */
import type { Exchange } from '../../../decode/exchange';
import { quoted } from '../../launch/probeEntry';

export const DOLLAR_NAMES = ['$exception', '$reply', '$socket'] as const;
export type DollarName = (typeof DOLLAR_NAMES)[number];

/** Strings and comments, which are left alone, or one of the names. */
const TOKENS =
  /("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*)|\$(?:exception|reply|socket)\b/g;

export function dollarNamesIn(expression: string): DollarName[] {
  const found = [...expression.matchAll(TOKENS)].filter((match) => match[1] === undefined);
  return [...new Set(found.map(([text]) => text as DollarName))];
}

export function substitute(expression: string, meaning: Readonly<Partial<Record<DollarName, string>>>): string {
  return expression.replace(TOKENS, (all, skipped: string | undefined) =>
    skipped === undefined ? (meaning[all as DollarName] ?? all) : all,
  );
}

/** What stands before the cursor, when it is one of the names or a member of what one stands for. */
export interface Completing {
  /** "$exception.args": members of this are wanted; null for the names themselves. */
  readonly owner: string | null;
  /** What is typed of it already. */
  readonly prefix: string;
}

export function completing(before: string): Completing | null {
  const name = /\$\w*$/.exec(before);
  if (name) return { owner: null, prefix: name[0] };
  const member = /(\$(?:exception|reply|socket)(?:\.\w+)*)\.(\w*)$/.exec(before);
  return member ? { owner: member[1] as string, prefix: member[2] as string } : null;
}

/**
 * The reply as a Python expression: an object with status, reason, headers (as they came; those of one name joined by
 * ", "), body (after transfer and content codings, at most 64 KiB) and readByProgram. Not redacted. None without a reply.
 */
export function replyExpression(exchange: Exchange | null): string {
  const response = exchange?.response;
  if (!response) return 'None';
  const headers = new Map<string, string>();
  for (const { name, value } of response.headers) {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const pairs = [...headers].map(([name, value]) => `${quoted(name)}: ${quoted(value)}`);
  const { readByProgram } = response;
  const members = [
    `status=${response.status}`,
    `reason=${quoted(response.reason)}`,
    `headers={${pairs.join(', ')}}`,
    `body=${bytesLiteral(response.bodyPreview ?? new Uint8Array())}`,
    `readByProgram=${readByProgram === null ? 'None' : readByProgram ? 'True' : 'False'}`,
  ];
  return `__import__('types').SimpleNamespace(${members.join(', ')})`;
}

export function bytesLiteral(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `b'${text}'`;
}
