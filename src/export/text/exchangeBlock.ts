/** One exchange that needs attention, from its headline to what to do. */
import type { Finding, Severity } from '../../diagnosis/finding';
import { endpoint, sideName, statusLine } from '../../diagnosis/wording';
import type { ReportExchange } from '../reportTypes';
import { certificateRow, serverRow } from './connectionRows';
import { failedRow } from './errorRows';
import { frameRows } from './frameRows';
import { wrap } from './layout';
import type { Page } from './page';
import { NO_BREAK, type Span, type Style } from './style';
import { bodyRow, legendRow, replyRow, sentRow, timeRow } from './transferRows';

const MARKS: Readonly<Record<Severity, readonly [string, Style]>> = {
  error: ['✗', 'bad'],
  warning: ['!', 'warn'],
  info: ['·', 'plain'],
};

export function exchangeBlock(page: Page, exchange: ReportExchange, finding: Finding, cwd: string | null): void {
  const [mark, style] = MARKS[finding.severity];
  page.headline(page.span(mark, style), headline(page, exchange));
  page.paragraph([page.span(finding.title, 'strong')]);
  page.blank();
  page.row('why', [page.span(finding.summary)]);
  page.row('side', [page.span(sideName(finding.side))]);
  serverRow(page, exchange);
  certificateRow(page, exchange);
  bodyRow(page, exchange);
  sentRow(page, exchange);
  legendRow(page, exchange);
  replyRow(page, exchange);
  failedRow(page, exchange);
  timeRow(page, exchange);
  frameRows(page, exchange, cwd);
  adviceRows(page, finding);
  if (finding.references.length > 0)
    page.parts(
      'see',
      finding.references.map((text) => [page.span(text, 'dim')]),
    );
}

/** "POST https://…   413 Request Entity Too Large   never read by the program" */
export function headline(page: Page, exchange: ReportExchange): Span[] {
  const { request, response } = exchange;
  const method = request?.method ? `${request.method} ` : '';
  const spans = [page.span(`${method}${request?.url ?? target(exchange)}`, 'strong')];
  if (response) {
    const style: Style = response.status >= 400 ? 'bad' : 'good';
    spans.push(page.span('   '), page.span(statusLine(response), style));
    if (response.readByProgram === false) spans.push(page.span('   '), page.span(NEVER_READ, 'warn'));
  }
  return spans;
}

/** In one piece: it goes on the next line where there is no room for all of it. */
const NEVER_READ = 'never read by the program'.replaceAll(' ', NO_BREAK);

function target({ scheme, host, port, peer, resolve }: ReportExchange): string {
  const name = host ?? resolve?.host ?? peer?.address ?? null;
  return name === null
    ? 'a connection'
    : `${scheme ? `${scheme}://` : ''}${endpoint(name, port ?? peer?.port ?? null)}`;
}

function adviceRows(page: Page, { advice }: Finding): void {
  for (const [index, { text, code }] of advice.entries()) {
    const label = index === 0 ? 'do' : '';
    if (advice.length === 1) page.row(label, [page.span(text)]);
    else page.row(label, [page.span(`${index + 1} `, 'dim'), page.span(text)], 2);
    for (const line of code?.split('\n') ?? []) codeRow(page, line, advice.length === 1 ? 0 : 2);
  }
}

function codeRow(page: Page, line: string, indent: number): void {
  for (const part of wrap([page.span(line, 'code')], page.contentWidth - indent - 2)) {
    page.row('', [page.span(' '.repeat(indent + 2)), ...part]);
  }
}
