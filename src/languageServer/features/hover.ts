/** Hovering over a call tells what it sends through. */
import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '../analysis/analyze';
import { carriesBody } from '../analysis/arguments';
import type { CallSite } from '../analysis/callSites';
import type { Sent } from '../library/facts';
import { nameSpan, rangeOf } from './ranges';

export function hoverAt(document: TextDocument, analysis: Analysis, offset: number): Hover | null {
  const site = analysis.sites.find((candidate) => {
    const { start, end } = nameSpan(candidate);
    return start <= offset && offset <= end;
  });
  if (!site) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: describe(site, document) },
    range: rangeOf(document, nameSpan(site)),
  };
}

const SENDS: Record<Sent, string> = {
  request: 'Sends an HTTP request',
  operation: 'Sends a request to the service',
  message: 'Sends a message',
  file: 'Sends a file',
  bytes: 'Sends bytes',
};

/** "Sends an HTTP request with a body through requests: `Session.post`." */
export function describe(site: CallSite, document: TextDocument): string {
  const { library, name, send, through, direct } = site;
  const what = SENDS[send.what];
  const isRequest = send.what === 'request' || send.what === 'operation';
  const body = isRequest ? bodyPhrase(carriesBody(direct.node, send.body)) : '';
  const called = name === null ? 'which method is decided when the program runs' : `\`${name}\``;
  const lines = [`${what}${body} through **${library}**: ${called}.`];
  if (through) {
    const line = document.positionAt(through.start).line + 1;
    lines.push(`By way of \`${through.name}\`, defined in line ${line}.`);
  }
  return lines.join('\n\n');
}

function bodyPhrase(carries: boolean | null): string {
  if (carries === null) return '';
  return carries ? ' with a body' : ' without a body';
}
