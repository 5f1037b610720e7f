/** The rows about the exception: where it came up, and what became of it on its way to the program. */
import { bytes, duration, roughly } from '../../diagnosis/wording';
import type { ReportError, ReportErrorLink, ReportExchange, ReportResponse } from '../reportTypes';
import type { Page } from './page';

export function failedRow(page: Page, { error, response }: ReportExchange): void {
  if (!error) return;
  if (error.operation !== null) operationRow(page, error, response);
  chainRows(page, error.chain);
}

function operationRow(page: Page, error: ReportError, response: ReportResponse | null): void {
  const arrivedBefore = response?.arrivedBeforeFailureNs ?? null;
  const name = error.errno === null ? error.type : `${error.type}(${error.errno})`;
  const by = response?.acknowledgedByArrival ?? null;
  const confirmed = by === null ? '' : ` with ${bytes(by)} acknowledged`;
  const since = arrivedBefore ? `, ${roughly(arrivedBefore)} after the reply had arrived${confirmed}` : '';
  const took = error.durationNs === null || arrivedBefore ? '' : ` after ${duration(error.durationNs)}`;
  page.row('failed', [page.span(name, 'bad'), page.span(` in ${error.operation}${took}${since}`)]);
}

const RELATIONS = { reason: 'names', cause: 'caused by', context: 'while handling' } as const;

/** Every exception with its args, each under the one that it hangs on. */
function chainRows(page: Page, chain: readonly ReportErrorLink[]): void {
  const shown = chain.slice(0, MAX_LINKS);
  const depths: number[] = [];
  for (const [index, link] of shown.entries()) {
    const depth = link.of === null ? 0 : (depths[link.of] ?? 0) + 1;
    depths.push(depth);
    const lead = depth === 0 ? '' : `${'  '.repeat(depth - 1)}└ `;
    const relation = link.relation === null ? '' : `${RELATIONS[link.relation]} `;
    page.row(
      index === 0 ? 'exception' : '',
      [page.span(`${lead}${relation}`, 'dim'), page.span(link.type, 'strong'), page.span(argsOf(link))],
      lead.length + 2,
    );
  }
  if (chain.length > MAX_LINKS) page.row('', [page.span(`… and ${chain.length - MAX_LINKS} more`, 'dim')]);
}

const MAX_LINKS = 6;
const MAX_ARGS = 240;

/** "(32, 'Broken pipe')", and the message where the args do not tell it. */
function argsOf({ args, message }: ReportErrorLink): string {
  const text = `(${args.join(', ')})`;
  const inner = args.join(' ');
  const extra = message && /^(<\w+>)?$/.test(inner) ? ` ${message}` : '';
  const whole = text + extra;
  return whole.length > MAX_ARGS ? `${whole.slice(0, MAX_ARGS)}…` : whole;
}
