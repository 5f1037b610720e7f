/** The report for people, set for a terminal of any width from 60 columns on. */
import { relative } from 'node:path';
import type { Finding } from '../diagnosis/finding';
import { bytes, statusLine } from '../diagnosis/wording';
import type { Report, ReportExchange } from './reportTypes';
import { exchangeBlock, headline } from './text/exchangeBlock';
import { Page } from './text/page';
import { Pen } from './text/style';
import { unseenText } from './unseenText';

export interface TextOptions {
  readonly color: boolean;
  /** Columns; less than 60 counts as 60. */
  readonly width: number;
  /** False for a locale that is not UTF-8; true unless told. */
  readonly unicode?: boolean;
  /** Exchanges of the capture that the report does not list; none unless told. */
  readonly unlisted?: Unlisted;
}

export interface Unlisted {
  /** With nothing to report: those with a complete reply, and the others. */
  readonly complete: number;
  readonly unfinished: number;
  /** There is something to report, and there are too many of them. */
  readonly troubled: number;
}

const NONE: Unlisted = { complete: 0, unfinished: 0, troubled: 0 };

const MAX_WIDTH = 132;

/** One block for each exchange with a finding, a line for the quiet ones, and what is to be said of the capture. */
export function renderReport(report: Report, options: TextOptions): string {
  const { color, width, unicode = true, unlisted = NONE } = options;
  const page = new Page(new Pen({ color, unicode }), Math.min(MAX_WIDTH, Math.max(60, width)));
  const byId = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]));
  for (const group of alike(report.findings, byId)) {
    const [first, ...more] = group;
    if (!first) continue;
    exchangeBlock(page, first.exchange, first.finding, report.cwd);
    if (more.length > 0) alsoLine(page, more);
    page.blank();
  }
  if (unlisted.troubled > 0) {
    const many = `${unlisted.troubled} more exchange${unlisted.troubled === 1 ? '' : 's'} with something to report`;
    page.headline(page.span('!', 'warn'), [page.span(`${many}, not listed here.`)]);
  }
  quietLine(page, report, unlisted);
  const unseen = unseenText(report.processes.flatMap((process) => process.unseen));
  const count = report.exchanges.length + unlisted.complete + unlisted.unfinished + unlisted.troubled;
  if (count === 0 && report.processes.length > 0) {
    if (unseen) page.headline(page.span('!', 'warn'), [page.span(`No connection was seen. ${unseen}`)]);
    else page.headline(page.span('✓', 'good'), [page.span('No connection was seen; nothing to report.')]);
  } else if (unseen) page.headline(page.span('!', 'warn'), [page.span(unseen)]);
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

interface Found {
  readonly finding: Finding;
  readonly exchange: ReportExchange;
}

/** Findings that differ in nothing but the request, in the order of the first of each kind. */
function alike(findings: readonly Finding[], byId: ReadonlyMap<string, ReportExchange>): Found[][] {
  const groups = new Map<string, Found[]>();
  for (const finding of findings) {
    const exchange = byId.get(finding.exchange);
    if (!exchange) continue;
    const start = exchange.frames[exchange.initiator];
    const key = JSON.stringify([
      finding.title,
      finding.severity,
      exchange.pid,
      exchange.request?.method,
      start?.file,
      start?.line,
      exchange.error?.type,
    ]);
    const group = groups.get(key);
    if (group) group.push({ finding, exchange });
    else groups.set(key, [{ finding, exchange }]);
  }
  return [...groups.values()];
}

function alsoLine(page: Page, more: readonly Found[]): void {
  const urls = [...new Set(more.map(({ exchange }) => exchange.request?.url ?? exchange.host ?? exchange.id))];
  const shown = urls.slice(0, 3).join(', ');
  const rest = urls.length > 3 ? ` and ${urls.length - 3} others` : '';
  page.row('also', [page.span(`${more.length} more like this one: ${shown}${rest}`)]);
}

function quietLine(page: Page, { exchanges, findings }: Report, unlisted: Unlisted): void {
  const troubled = new Set(findings.map(({ exchange }) => exchange));
  const quiet = exchanges.filter(({ id }) => !troubled.has(id));
  const more = unlisted.complete + unlisted.unfinished;
  if (quiet.length + more === 0) return;
  const mark = page.span('✓', 'good');
  const [only] = quiet;
  if (quiet.length === 1 && more === 0 && only) {
    page.headline(mark, [...headline(page, only), page.span(`   ${outcome(only)}`, 'dim')]);
    return;
  }
  const listed = quiet.filter((each) => isComplete(each)).length;
  const complete = listed + unlisted.complete;
  const unfinished = quiet.length - listed + unlisted.unfinished;
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
  const end = endOf({ exitCode, signal, capture });
  const again = folder.startsWith('.framewire') ? 'framewire show' : `framewire show ${quoted(folder)}`;
  page.parts('capture', [[page.span(folder)], ...(end ? [[page.span(end)]] : []), [page.span(again, 'dim')]]);
}

function endOf({ exitCode, signal, capture }: Pick<Report, 'exitCode' | 'signal' | 'capture'>): string | null {
  if (signal !== null) return `ended by ${signal}`;
  if (exitCode !== null) return `exit code ${exitCode}`;
  return capture.created === null ? null : 'still running, or its end was not noted';
}

/** As it may be pasted into a shell. */
function quoted(path: string): string {
  return /^[\w./:@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
