/** Which call, function or file "Debug Upload Here" is about. */
import type { Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { UploadPlace } from '../../base/uploadPlace';
import type { Analysis, ModulePlace } from '../analysis/analyze';
import { bodyOf } from '../analysis/bodies';
import type { CallSite } from '../analysis/callSites';
import type { Block, ClassDefinition, FunctionDefinition, Span } from '../syntax/ast';
import { callSpan } from './ranges';
import { sourceFacts } from './sourceFacts';

/** @param analysis null when the source cannot have calls that send */
export function uploadPlace(
  document: TextDocument,
  statements: Block,
  analysis: Analysis | null,
  place: ModulePlace,
  asked: Range | null,
): UploadPlace {
  const around = asked ? definitionsAround(statements, document.offsetAt(asked.start)) : [];
  const source = sourceFacts(document.getText(), statements, analysis, place, testOf(around));
  const site = asked && callAt(document, analysis, asked);
  if (site) return { kind: 'call', name: site.name, ...linesOf(document, callSpan(site)), source };
  const function_ = around.findLastIndex(({ node }) => node.kind === 'function');
  const found = around[function_];
  if (found) {
    const name = around.slice(0, function_ + 1).map(({ node }) => node.name);
    return { kind: 'function', name: name.join('.'), ...linesOf(document, found.span), source };
  }
  return { kind: 'file', name: null, line: 1, endLine: document.lineCount, source };
}

/**
 * The call that a range is about: the innermost around its beginning, else one that lies on the same line. Of several,
 * one that may carry a body.
 */
function callAt(document: TextDocument, analysis: Analysis | null, { start }: Range): CallSite | null {
  if (!analysis) return null;
  const { sites, resolver } = analysis;
  const offset = document.offsetAt(start);
  const within = sites.filter((site) => contains(callSpan(site), offset));
  const onLine = sites.filter((site) => {
    const { line, endLine } = linesOf(document, callSpan(site));
    return line <= start.line + 1 && start.line + 1 <= endLine;
  });
  const candidates = within.length > 0 ? within : onLine;
  const uploads = candidates.filter((site) => bodyOf(site, resolver) !== false);
  const size = (site: CallSite) => callSpan(site).end - callSpan(site).start;
  return [...(uploads.length > 0 ? uploads : candidates)].sort((a, b) => size(a) - size(b))[0] ?? null;
}

interface Definition {
  readonly node: FunctionDefinition | ClassDefinition;
  readonly span: Span;
}

/** The functions and classes around a place, outermost first. */
function definitionsAround(block: Block, offset: number, base = 0): Definition[] {
  for (const { offset: own, statement } of block) {
    const from = base + own;
    const span = { start: from + statement.start, end: from + statement.end };
    if (!contains(span, offset) || !('body' in statement)) continue;
    const inner = definitionsAround(statement.body, offset, from);
    return statement.kind === 'function' || statement.kind === 'class' ? [{ node: statement, span }, ...inner] : inner;
  }
  return [];
}

/** The test as pytest names it: functions inside of it belong to it, and a helper of a test class to the whole class. */
function testOf(around: readonly Definition[]): string[] | null {
  const first = around.findIndex(({ node }) => node.kind === 'function');
  const outer = first < 0 ? around : around.slice(0, first + 1);
  const names = outer.map(({ node }) => node.name);
  if (first >= 0 && names.at(-1)?.startsWith('test')) return names;
  const classes = first < 0 ? names : names.slice(0, -1);
  return classes.some((name) => /^Test|Tests?$|TestCase$/.test(name)) ? classes : null;
}

const contains = ({ start, end }: Span, offset: number) => start <= offset && offset <= end;

function linesOf(document: TextDocument, { start, end }: Span): { line: number; endLine: number } {
  return { line: document.positionAt(start).line + 1, endLine: document.positionAt(end).line + 1 };
}
