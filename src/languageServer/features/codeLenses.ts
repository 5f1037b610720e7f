/** "Debug upload here" above calls that send data. */
import type { CodeLens } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../analysis/analyze';
import { carriesBody } from '../analysis/arguments';
import { callSpan, rangeOf } from './ranges';

/** @param command the client's command; it gets the document's URI and the call's range */
export function codeLenses(document: TextDocument, analysis: Analysis, command: string): CodeLens[] {
  const lines = new Set<number>();
  return analysis.sites.flatMap((site) => {
    // a call without a body is no upload; where it cannot be told, it may be one
    if (carriesBody(site.direct.node, site.send.body) === false) return [];
    const range = rangeOf(document, callSpan(site));
    if (lines.has(range.start.line)) return [];
    lines.add(range.start.line);
    return [{ range, command: { title: 'Debug upload here', command, arguments: [document.uri, range] } }];
  });
}
