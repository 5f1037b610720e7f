import type { Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CallSite } from '../analysis/callSites';
import type { Span } from '../syntax/ast';

export function rangeOf(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** The whole call, in the source. */
export function callSpan({ call }: CallSite): Span {
  return { start: call.base + call.node.start, end: call.base + call.node.end };
}

/** The last name of what is called: `post` in `self.session.post(…)`. */
export function nameSpan({ call }: CallSite): Span {
  const { callee } = call.node;
  const end = call.base + callee.end;
  const length = callee.kind === 'attribute' ? callee.name.length : callee.end - callee.start;
  return { start: end - length, end };
}
