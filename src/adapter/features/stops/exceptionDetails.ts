/** An exception and those it names as the protocol's nested `ExceptionDetails`. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { redact } from '../../../export/redact';
import { isJson, type Json } from '../../proxy/message';

/** One exception of a chain: members of the capture's `error` records. */
export type Link = Readonly<Record<string, unknown>>;

/** Beyond the protocol's members, `framewire` has what it has no place for. */
export interface Details extends DebugProtocol.ExceptionDetails {
  innerException?: Details[];
  framewire: Json;
}

/** @param chain the exception itself and then those it names: each has the `relation` to the one at index `of` */
export function exceptionDetails(chain: readonly Link[], evaluateName: string): Details | null {
  const nested = chain.map((link) => detailsOf(link));
  for (const [index, link] of chain.entries()) {
    const [inner, outer] = [nested[index], nested[Number(link.of)]];
    if (index === 0 || !inner || !outer || inner === outer) continue;
    outer.innerException = [...(outer.innerException ?? []), inner];
  }
  const [first] = nested;
  if (!first) return null;
  name(first, evaluateName);
  return first;
}

/** The notes of the exception, and a line for each that it names: "direct cause: BrokenPipeError: [Errno 32] Broken pipe (EPIPE)" */
export function chainLines(chain: readonly Link[]): string[] {
  const words: Record<string, string> = {
    reason: 'reason',
    cause: 'direct cause',
    context: 'raised while handling',
  };
  const named = (link: Link) => `${words[String(link.relation)] ?? link.relation}: ${oneLine(link)}`;
  return chain.flatMap((link, index) => [
    ...(index === 0 ? [] : [named(link)]),
    ...notesOf(link).map((note) => `${index === 0 ? '' : '  '}note: ${note}`),
  ]);
}

/** `__notes__`: what the program has added to it. */
function notesOf(link: Link): string[] {
  return Array.isArray(link.notes) ? link.notes.map((note) => redact.text(String(note))) : [];
}

function oneLine(link: Link): string {
  const message = textOf(link.message);
  const symbol = textOf(link.errnoName);
  return `${textOf(link.type) ?? 'exception'}${message ? `: ${redact.text(message)}` : ''}${symbol ? ` (${symbol})` : ''}`;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function detailsOf(link: Link): Details {
  const type = textOf(link.type) ?? 'Exception';
  const module = textOf(link.module);
  const message = textOf(link.message);
  const args = Array.isArray(link.args) ? link.args.map((one) => redact.text(String(one))) : [];
  const extra: Json = { args };
  for (const member of ['relation', 'errno', 'errnoName', 'library', 'reason', 'verifyMessage']) {
    if (link[member] !== undefined && link[member] !== null) extra[member] = link[member];
  }
  const notes = notesOf(link);
  if (notes.length > 0) extra.notes = notes;
  return {
    message: message ? redact.text(message) : `${type}(${args.join(', ')})`,
    typeName: type,
    fullTypeName: module && module !== 'builtins' ? `${module}.${type}` : type,
    framewire: extra,
  };
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  cause: '__cause__',
  context: '__context__',
  reason: 'reason',
};

/** Names every exception by an expression that gives it. A named one in `args` has no attribute: it gets no name. */
function name(details: Details, expression: string): void {
  details.evaluateName = expression;
  for (const inner of details.innerException ?? []) {
    const attribute = isJson(inner.framewire) ? ATTRIBUTES[String(inner.framewire.relation)] : undefined;
    if (attribute) name(inner, `${expression}.${attribute}`);
  }
}
