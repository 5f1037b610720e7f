/** The stack: the program's own lines one by one, what libraries did in between folded. */
import { isAbsolute, relative } from 'node:path';
import type { ReportExchange, ReportFrame } from '../reportTypes';
import { columns, padded } from './layout';
import type { Page } from './page';
import type { Span } from './style';

interface Line {
  /** "asciinema 2.2.0" */
  readonly owner: string;
  readonly place: string;
  readonly name: string;
  readonly start: boolean;
  readonly own: boolean;
}

const MAX_OWN = 8;

const START = '◂ your request starts here';

/** Outermost first, as a traceback reads. */
export function frameRows(page: Page, exchange: ReportExchange, cwd: string | null): void {
  const lines = linesOf(exchange, cwd);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(columns));
  const own = lines.filter((line) => line.own);
  const owners = widest(lines.map(({ owner }) => owner));
  const places = widest(own.map(({ place }) => place));
  const names = widest(own.map(({ name, start }) => name + (start ? `  ${START}` : '')));
  if (owners + places + names + 4 <= page.contentWidth) columnRows(page, lines, owners, places);
  else narrowRows(page, lines);
}

function columnRows(page: Page, lines: readonly Line[], owners: number, places: number): void {
  let last = '';
  const indent = owners > 0 ? owners + 2 : 0;
  for (const [index, line] of lines.entries()) {
    const owner = line.owner === last ? '' : line.owner;
    last = line.owner;
    const spans = line.own
      ? [placed(page, line, padded(line.place, places)), page.span(`  ${line.name}`), ...mark(page, line, '  ')]
      : [page.span(line.place, 'dim')];
    page.row(index === 0 ? 'frames' : '', [page.span(padded(owner, indent), 'dim'), ...spans], indent);
  }
}

/** Without room for columns: the owner on a line of its own. */
function narrowRows(page: Page, lines: readonly Line[]): void {
  let last = '';
  let label = 'frames';
  const row = (spans: Span[], hanging: number) => {
    page.row(label, spans, hanging);
    label = '';
  };
  for (const line of lines) {
    if (line.owner !== last && line.owner !== '') row([page.span(line.owner, 'dim')], 0);
    last = line.owner;
    const indent = page.span(line.owner === '' ? '' : '  ');
    if (!line.own) row([indent, page.span(line.place, 'dim')], 4);
    else row([indent, placed(page, line, line.place), page.span(` ${line.name}`), ...mark(page, line, ' ')], 4);
  }
}

function placed(page: Page, { start }: Line, place: string): Span {
  return page.span(place, start ? 'strong' : 'plain');
}

function mark(page: Page, { start }: Line, before: string): Span[] {
  return start ? [page.span(`${before}${START}`, 'good')] : [];
}

function linesOf({ frames, initiator }: ReportExchange, cwd: string | null): Line[] {
  const lines: Line[] = [];
  const outermostFirst = frames.map((frame, index) => ({ frame, index })).reverse();
  for (let at = 0; at < outermostFirst.length; ) {
    const item = outermostFirst[at];
    if (!item) break;
    const { frame, index } = item;
    if (isStartScript(frame, outermostFirst.length)) {
      at += 1;
      continue;
    }
    if (frame.kind === 'user') {
      const line = { owner: ownerOf(frame), place: `${placeOf(frame, cwd)}:${frame.line}`, name: frame.function };
      lines.push({ ...line, start: index === initiator, own: true });
      at += 1;
      continue;
    }
    let end = at;
    while (
      outermostFirst[end + 1]?.frame.kind === frame.kind &&
      ownerOf(outermostFirst[end + 1]?.frame ?? frame) === ownerOf(frame)
    ) {
      end += 1;
    }
    const run = outermostFirst.slice(at, end + 1).map((each) => each.frame);
    at = end + 1;
    // what starts the program (runpy, importlib, threading) tells nothing
    const starter =
      lines.every(({ own }) => !own) && outermostFirst.slice(at).some((each) => each.frame.kind === 'user');
    if (starter && frame.kind === 'stdlib') continue;
    lines.push(folded(run, cwd));
  }
  return withoutMiddle(lines);
}

/** The few lines in a folder of commands that import the program and call it. */
function isStartScript({ file, function: name, package: owner }: ReportFrame, frames: number): boolean {
  return frames > 1 && owner === null && name === '<module>' && /[\\/](?:bin|sbin|Scripts)[\\/][^\\/]+$/.test(file);
}

function folded(run: readonly ReportFrame[], cwd: string | null): Line {
  const short = (frame: ReportFrame) => `${placeOf(frame, cwd)}:${frame.line} ${frame.function}`;
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) throw new RangeError('a run of frames has one at least');
  const between = run.length > 2 ? ` … ${run.length - 2} more … ` : run.length === 2 ? ', ' : '';
  const place = run.length === 1 ? short(first) : `${short(first)}${between}${short(last)}`;
  return { owner: ownerOf(first), place, name: '', start: false, own: false };
}

/** A deep stack keeps its ends: where the program began, and where the request did. */
function withoutMiddle(lines: Line[]): Line[] {
  const own = lines.filter(({ own: mine }) => mine);
  if (own.length <= MAX_OWN) return lines;
  const dropped = new Set(own.slice(2, own.length - (MAX_OWN - 2)));
  const first = lines.findIndex((line) => dropped.has(line));
  const kept = lines.filter((line) => !dropped.has(line));
  const note = { owner: '', place: `… ${dropped.size} more`, name: '', start: false, own: false };
  return [...kept.slice(0, first), note, ...kept.slice(first)];
}

function ownerOf({ package: name, packageVersion: version }: ReportFrame): string {
  return name === null ? 'your code' : [name, version].filter((part) => part !== null).join(' ');
}

/** Below the package's folder for what is installed, below the working folder for what is the user's. */
function placeOf({ file, package: name }: ReportFrame, cwd: string | null): string {
  if (name !== null) {
    const installed = /[\\/](?:site|dist)-packages[\\/](?!.*[\\/](?:site|dist)-packages[\\/])(.+)$/.exec(file)?.[1];
    if (installed)
      return installed.includes('/') && installed.startsWith(`${name}/`) ? installed.slice(name.length + 1) : installed;
    return (
      /[\\/](?:lib|lib64|Lib)[\\/](?:python\d(?:\.\d+)?t?[\\/])?(?:lib-dynload[\\/])?(.+)$/.exec(file)?.[1] ?? file
    );
  }
  if (cwd === null || !isAbsolute(file)) return file;
  const inside = relative(cwd, file);
  return inside === '' || inside.startsWith('..') ? file : inside;
}
