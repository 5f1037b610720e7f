/** The stack: the program's own lines one by one, what libraries did in between folded. */
import { isAbsolute, relative } from 'node:path';
import type { ReportExchange, ReportFrame } from '../reportTypes';
import { columns, padded } from './layout';
import type { Page } from './page';

interface Line {
  /** "asciinema 2.2.0" */
  readonly owner: string;
  readonly place: string;
  readonly name: string;
  readonly start: boolean;
  readonly own: boolean;
}

const MAX_OWN = 8;

/** Outermost first, as a traceback reads. */
export function frameRows(page: Page, exchange: ReportExchange, cwd: string | null): void {
  const lines = linesOf(exchange, cwd);
  const ownerWidth = Math.min(24, Math.max(0, ...lines.map(({ owner }) => columns(owner))));
  const placeWidth = Math.min(34, Math.max(0, ...lines.filter(({ own }) => own).map(({ place }) => columns(place))));
  let last = '';
  for (const [index, { owner, place, name, start, own }] of lines.entries()) {
    const shown = owner === last ? '' : owner;
    last = owner;
    page.row(
      index === 0 ? 'frames' : '',
      [
        page.span(ownerWidth > 0 ? `${padded(shown, ownerWidth)}  ` : '', 'dim'),
        page.span(own ? padded(place, placeWidth) : place, own ? (start ? 'strong' : 'plain') : 'dim'),
        page.span(own ? `  ${name}` : '', own ? 'plain' : 'dim'),
        ...(start ? [page.span('  ◂ your request starts here', 'good')] : []),
      ],
      ownerWidth > 0 ? ownerWidth + 2 : 2,
    );
  }
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
  return name === null ? '' : [name, version].filter((part) => part !== null).join(' ');
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
