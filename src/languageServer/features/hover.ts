/** Hovering over a call tells what it sends through, and what came of it last. */
import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { t } from '../../base/l10n';
import type { Analysis } from '../analysis/analyze';
import { bodyOf } from '../analysis/bodies';
import type { CallSite } from '../analysis/callSites';
import type { Anchor } from '../exchanges/anchors';
import type { Sent } from '../library/facts';
import { paragraph } from './exchangeText';
import { nameSpan, rangeOf } from './ranges';

export interface HoverParts {
  readonly describesCalls: boolean;
  /** Empty where exchanges are not to be told. */
  readonly anchors: readonly Anchor[];
  /** The client's command that opens an exchange, or null. */
  readonly showExchange: string | null;
}

export function hoverAt(document: TextDocument, analysis: Analysis, offset: number, parts: HoverParts): Hover | null {
  const site = analysis.sites.find((candidate) => {
    const { start, end } = nameSpan(candidate);
    return start <= offset && offset <= end;
  });
  if (!site) return null;
  const name = nameSpan(site);
  const anchor = parts.anchors.find((each) => each.isCall && each.name.start === name.start);
  const texts = [
    ...(parts.describesCalls ? [describe(site, document, analysis)] : []),
    ...(anchor ? [paragraph(anchor.place.exchange, linkTo(anchor, parts.showExchange))] : []),
  ];
  if (texts.length === 0) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n---\n\n') },
    range: rangeOf(document, name),
  };
}

/** All of it percent-encoded: nothing in an id or a path can end the link. */
function linkTo({ place: { exchange } }: Anchor, command: string | null): string | null {
  if (command === null) return null;
  const given = encodeURIComponent(JSON.stringify([exchange.capture, exchange.id]));
  return `command:${command}?${given.replace(/[()']/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`;
}

function whatIsSent(what: Sent, carries: boolean | null): string {
  switch (what) {
    case 'request':
      if (carries === null) return t('Sends an HTTP request');
      return carries ? t('Sends an HTTP request with a body') : t('Sends an HTTP request without a body');
    case 'operation':
      if (carries === null) return t('Sends a request to the service');
      return carries
        ? t('Sends a request with a body to the service')
        : t('Sends a request without a body to the service');
    case 'message':
      return t('Sends a message');
    case 'file':
      return t('Sends a file');
    case 'bytes':
      return t('Sends bytes');
  }
}

/** "Sends an HTTP request with a body through requests: `Session.post`." */
export function describe(site: CallSite, document: TextDocument, { resolver }: Pick<Analysis, 'resolver'>): string {
  const { library, name, send, through } = site;
  const isRequest = send.what === 'request' || send.what === 'operation';
  const what = whatIsSent(send.what, isRequest ? bodyOf(site, resolver) : null);
  const called = name === null ? t('which method is decided when the program runs') : `\`${name}\``;
  const lines = [t('{0} through **{1}**: {2}.', what, library, called)];
  if (through) {
    const line = document.positionAt(through.start).line + 1;
    lines.push(t('By way of `{0}`, defined in line {1}.', through.name, line));
  }
  return lines.join('\n\n');
}
