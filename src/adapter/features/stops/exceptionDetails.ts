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

/** One line each: "caused by BrokenPipeError: [Errno 32] Broken pipe (EPIPE)" */
export function chainLines(chain: readonly Link[]): string[] {
  const words: Record<string, string> = {
    reason: 'reason',
    cause: 'direct cause',
    context: 'raised while handling',
  };
  return chain.slice(1).map((link) => `${words[String(link.relation)] ?? link.relation}: ${oneLine(link)}`);
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
  for (const member of ['relation', 'errno', 'errnoName', 'library', 'reason', 'verifyMessage', 'notes']) {
    if (link[member] !== undefined && link[member] !== null) extra[member] = link[member];
  }
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
