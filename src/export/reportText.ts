/** The report for people, set for a terminal of any width from 60 columns on. */
import { relative } from 'node:path';
import { bytes, statusLine } from '../diagnosis/wording';
import type { Report, ReportExchange } from './reportTypes';
import { exchangeBlock, headline } from './text/exchangeBlock';
import { Page } from './text/page';
import { Pen } from './text/style';

export interface TextOptions {
  readonly color: boolean;
  /** Columns; less than 60 counts as 60. */
  readonly width: number;
  /** False for a locale that is not UTF-8; true unless told. */
  readonly unicode?: boolean;
}

const MAX_WIDTH = 132;

/** One block for each exchange with a finding, a line for the quiet ones, and what is to be said of the capture. */
export function renderReport(report: Report, { color, width, unicode = true }: TextOptions): string {
  const page = new Page(new Pen({ color, unicode }), Math.min(MAX_WIDTH, Math.max(60, width)));
  const byId = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]));
  for (const finding of report.findings) {
    const exchange = byId.get(finding.exchange);
    if (exchange) exchangeBlock(page, exchange, finding, report.cwd);
  }
  quietLine(page, report);
  if (report.exchanges.length === 0 && report.processes.length > 0) {
    page.headline(page.span('✓', 'good'), [page.span('No connection was made; nothing to report.')]);
  }
  for (const problem of report.problems) page.headline(page.span('!', 'warn'), [page.span(problem.message)]);
  for (const notice of report.notices) {
    const python = notice.python ? ` (Python ${notice.python})` : '';
    page.headline(page.span('!', 'warn'), [
      page.span(`Process ${notice.pid}${python} was not recorded: ${notice.message}`),
    ]);
  }
  page.blank();
  closing(page, report);
  return page.toString();
}

function quietLine(page: Page, { exchanges, findings }: Report): void {
  const troubled = new Set(findings.map(({ exchange }) => exchange));
  const quiet = exchanges.filter(({ id }) => !troubled.has(id));
  if (quiet.length === 0) return;
  const mark = page.span('✓', 'good');
  const [only] = quiet;
  if (quiet.length === 1 && only) {
    page.headline(mark, [...headline(page, only), page.span(`   ${outcome(only)}`, 'dim')]);
    return;
  }
  const unfinished = quiet.filter((each) => !isComplete(each)).length;
  const complete = quiet.length - unfinished;
  const other = findings.length > 0 ? 'other ' : '';
  const said = [
    complete > 0 ? `${complete} ${other}exchange${complete === 1 ? '' : 's'} complete` : null,
    unfinished > 0 ? `${unfinished} without a complete HTTP reply` : null,
  ].filter((text) => text !== null);
  page.headline(mark, [page.span(`${said.join(', ')}; nothing to report.`)]);
}

function isComplete({ response }: ReportExchange): boolean {
  return response?.complete ?? false;
}

function outcome({ request, response, bytes: counts, received }: ReportExchange): string {
  const sent = counts.accepted ?? counts.handed;
  const sizes = `${sent === null ? '' : `${bytes(sent)} sent, `}${bytes(received)} received`;
  if (response?.complete) return `complete: ${sizes}; nothing to report`;
  return request?.sent ? `${statusOf(response)}${sizes}; nothing to report` : 'nothing to report';
}

function statusOf(response: ReportExchange['response']): string {
  return response ? `${statusLine(response)}, ` : 'no reply seen: ';
}

function closing(page: Page, { capture, exitCode, signal, cwd }: Report): void {
  const inside = cwd === null ? '' : relative(cwd, capture.folder);
  const folder = inside !== '' && !inside.startsWith('..') ? inside : capture.folder;
  const end = signal ? `ended by ${signal}` : exitCode === null ? null : `exit code ${exitCode}`;
  const again = folder.startsWith('.framewire') ? 'framewire show' : `framewire show ${quoted(folder)}`;
  page.parts('capture', [[page.span(folder)], ...(end ? [[page.span(end)]] : []), [page.span(again, 'dim')]]);
}

/** As it may be pasted into a shell. */
function quoted(path: string): string {
  return /^[\w./:@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
