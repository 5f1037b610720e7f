/** Edits of calls, as replacements of text. */
import type { CallSymbol } from '../analysis/symbols';
import type { Argument, Span } from '../syntax/ast';

export interface Replacement {
  readonly replace: Span;
  readonly by: string;
}

/** Adds an argument behind the last one. */
export function addArgument(call: CallSymbol, source: string, argument: string): Replacement {
  const { args, list } = call.node;
  const last = args.at(-1);
  if (!last) {
    const at = call.base + list.start + 1;
    return { replace: { start: at, end: at }, by: argument };
  }
  const at = call.base + last.end;
  // f(x for x in y) may have no second argument beside it
  const bare = args.length === 1 && last.start === list.start;
  if (bare) {
    const inner = source.slice(call.base + list.start, call.base + list.end);
    return { replace: { start: call.base + list.start, end: call.base + list.end }, by: `(${inner}, ${argument})` };
  }
  return { replace: { start: at, end: at }, by: `, ${argument}` };
}

/** Takes an argument out, with the comma that goes with it. */
export function removeArgument(call: CallSymbol, source: string, argument: Argument): Replacement {
  const { args } = call.node;
  const index = args.indexOf(argument);
  const previous = args[index - 1];
  const next = args[index + 1];
  if (previous) return { replace: { start: call.base + previous.end, end: call.base + argument.end }, by: '' };
  if (next) return { replace: { start: call.base + argument.start, end: call.base + next.start }, by: '' };
  const end = call.base + call.node.list.end - 1;
  const comma = /^\s*,/.exec(source.slice(call.base + argument.end, end))?.[0].length ?? 0;
  return { replace: { start: call.base + argument.start, end: call.base + argument.end + comma }, by: '' };
}
