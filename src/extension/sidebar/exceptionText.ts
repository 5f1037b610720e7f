/** An exception and those that it names as plain text, to be pasted into an issue or a message. In English, as tracebacks are. */
import type { ExceptionLink } from '../../messages/dapExceptions';
import { namedBy } from './captureExceptions';

/** @param index of the exception in its chain; those that it names follow */
export function exceptionText(chain: readonly ExceptionLink[], index = 0, outermost = true): string {
  const link = chain[index];
  if (!link) return '';
  const relation = link.relation === null || outermost ? '' : `${RELATIONS[link.relation]}: `;
  const lines = [`${relation}${link.type}${link.message ? `: ${link.message}` : ''}`];
  lines.push(...link.args.map((text, at) => `  args[${at}] = ${text}`));
  if (link.errno) lines.push(`  errno = ${errnoText(link.errno)}`);
  lines.push(...link.attributes.map(({ name, value }) => `  ${name} = ${value}`));
  lines.push(...link.headers.map(({ name, value }) => `  header ${name}: ${value}`));
  lines.push(...link.notes.map((text) => `  note: ${text}`));
  lines.push(...link.frames.map(({ file, line, function: name }) => `  at ${name} (${file}:${line})`));
  const inner = namedBy(chain, index).map((at) => exceptionText(chain, at, false));
  return [lines.join('\n'), ...inner].join('\n');
}

/** What the attribute is called through which one exception names another. */
export const RELATIONS = { cause: '__cause__', context: '__context__', reason: 'reason' } as const;

/** "32 EPIPE: Broken pipe" */
export function errnoText({ number, name, meaning }: NonNullable<ExceptionLink['errno']>): string {
  return `${number}${name ? ` ${name}` : ''}${meaning ? `: ${meaning}` : ''}`;
}
