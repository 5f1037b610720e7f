/** Edits of a call that a finding's advice amounts to. Advice that is no edit of the call has none. */
import { t } from '../../base/l10n';
import type { PlacedExchange } from '../../messages/language';
import { argumentAt, unpacks } from '../analysis/arguments';
import type { CallSite } from '../analysis/callSites';
import type { Argument } from '../syntax/ast';
import { addArgument } from './edits';
import type { HintFix } from './hint';

const TIMEOUTS = new Set(['read-timed-out', 'send-timed-out', 'connect-timed-out']);
const TIMEOUT = { keywords: ['timeout'] };

export function adviceFixes(site: CallSite, source: string, { finding }: PlacedExchange): HintFix[] {
  // an edit belongs where the library is called, not where a function of the program's is
  if (!finding || site.through) return [];
  if (TIMEOUTS.has(finding.id)) return longerTimeout(site, source);
  if (finding.id === 'tls-to-plain-port') return otherScheme(site, source, 'https', 'http');
  if (finding.id === 'not-http' && finding.advice.some(({ text }) => text.includes('https://'))) {
    return otherScheme(site, source, 'http', 'https');
  }
  const asksFirst = site.library === 'aiohttp' && finding.advice.some(({ code }) => code?.includes('expect100=True'));
  return asksFirst ? expectContinue(site, source) : [];
}

/** Twice the number of seconds that stands there. */
function longerTimeout({ call, fact }: CallSite, source: string): HintFix[] {
  const given = argumentAt(call.node, fact.timeout ?? TIMEOUT);
  if (given?.value.kind !== 'constant') return [];
  const replace = { start: call.base + given.value.start, end: call.base + given.value.end };
  const seconds = Number(source.slice(replace.start, replace.end));
  if (!(seconds > 0 && seconds < 3600)) return [];
  const by = String(seconds * 2);
  return [{ title: t('Wait for {0} seconds instead of {1}', by, String(seconds)), replace, by }];
}

function otherScheme({ call }: CallSite, source: string, from: string, to: string): HintFix[] {
  const url = call.node.args.find((argument) => isTextBeginning(argument, `${from}://`));
  if (!url) return [];
  const start = call.base + url.value.start;
  const at = source.slice(start, call.base + url.value.end).indexOf(`${from}://`);
  if (at < 0) return [];
  const replace = { start: start + at, end: start + at + from.length };
  return [{ title: t('Use {0} here', `${to}://`), replace, by: to }];
}

function isTextBeginning({ value }: Argument, beginning: string): boolean {
  return value.kind === 'text' && (value.value ?? value.prefix).toLowerCase().startsWith(beginning);
}

function expectContinue({ call }: CallSite, source: string): HintFix[] {
  if (unpacks(call.node) || argumentAt(call.node, { keywords: ['expect100'] })) return [];
  const edit = addArgument(call, source, 'expect100=True');
  return [{ title: t('Ask the server before the body is sent (expect100=True)'), ...edit }];
}
