/** The rows about what went over the wire: the body, how far it got, and what came back. */
import { bytes, duration, grouped, inSentence } from '../../diagnosis/wording';
import type { ReportBytes, ReportExchange, ReportRequest } from '../reportTypes';
import type { Page } from './page';
import type { Span } from './style';

export function bodyRow(page: Page, { request }: ReportExchange): void {
  if (!request?.body) return;
  const { body } = request;
  page.parts('body', [
    [page.span(announced(request))],
    ...body.parts
      .slice(0, MAX_PARTS)
      .map((part, index) => [
        page.span(
          `${index === 0 ? 'multipart: ' : ''}${part.name ?? '(no name)'}${part.filename === null ? '' : ` = ${part.filename}`}${
            part.size === null ? '' : `, ${part.sizeDerived ? '≈ ' : ''}${bytes(part.size)}`
          }`,
        ),
      ]),
    ...(body.parts.length > MAX_PARTS ? [[page.span(`${body.parts.length - MAX_PARTS} more parts`)]] : []),
    storage(page, request),
  ]);
}

const MAX_PARTS = 4;
/** From here on a body in memory is worth a second look. */
const LARGE = 1 << 20;

function announced({ bodyAnnounced, chunked, body }: ReportRequest): string {
  if (bodyAnnounced !== null) return `${bytes(bodyAnnounced)} announced`;
  const size = body?.size == null ? '' : `, ${bytes(body.size)}`;
  return `${chunked ? 'chunked, no length announced' : 'no length announced'}${size}`;
}

function storage(page: Page, { body }: ReportRequest): Span[] {
  if (!body?.storage) return [];
  const files = body.files.map(({ path }) => path).join(', ');
  const type = body.type ?? 'object';
  switch (body.storage) {
    case 'memory':
      return [
        page.span(`${type}, held in memory whole`, (body.size ?? 0) >= LARGE ? 'warn' : 'plain'),
        ...(files ? [page.span(`, read from ${files}`)] : []),
      ];
    case 'file':
      return [page.span(`streamed from ${files || 'a file'}`)];
    case 'stream':
      return [page.span(`produced piece by piece by a ${type}`)];
  }
}

/** "12,444,474 handed ▸ 115,906 accepted ▸ 98,212 acknowledged" and a bar of it. */
export function sentRow(page: Page, exchange: ReportExchange): void {
  const { bytes: counts, request } = exchange;
  if (!request?.sent || counts.handed === null) return;
  const total = requestSize(request) ?? counts.handed;
  const spans = (['handed', 'accepted', 'acknowledged'] as const).flatMap((name, index) => [
    ...(index === 0 ? [] : [page.span(' ▸ ', 'dim')]),
    page.span(`${figure(counts, name)} ${name}`, name === 'accepted' && isShort(counts, total) ? 'bad' : 'plain'),
  ]);
  page.row('sent', spans);
  if (counts.accepted !== null && counts.accepted < total) {
    page.row('', bar(page, counts.acknowledged ?? 0, counts.accepted, total));
  }
}

function isShort({ accepted }: ReportBytes, total: number): boolean {
  return accepted !== null && accepted < total;
}

function figure(counts: ReportBytes, name: 'handed' | 'accepted' | 'acknowledged'): string {
  const value = counts[name];
  if (value === null) return '? (not known)';
  return `${counts.derived.includes(name) ? '≈ ' : ''}${counts.atLeast.includes(name) ? '≥ ' : ''}${bytes(value)}`;
}

function requestSize({ headBytes, bodyAnnounced, chunked }: ReportRequest): number | null {
  return headBytes === null || chunked ? null : headBytes + (bodyAnnounced ?? 0);
}

function bar(page: Page, acknowledged: number, accepted: number, total: number): Span[] {
  const cells = Math.min(40, page.contentWidth - 34);
  // what is there is shown, however little: a cell is begun with its first byte
  const upTo = (value: number) => Math.min(cells, value > 0 ? Math.max(1, Math.round((value / total) * cells)) : 0);
  const solid = upTo(Math.min(acknowledged, accepted));
  const light = Math.max(upTo(accepted), accepted > acknowledged ? Math.min(cells, solid + 1) : solid) - solid;
  const percent = (accepted / total) * 100;
  const said = percent >= 99.95 ? '> 99.9' : percent < 10 ? percent.toFixed(1) : percent.toFixed(0);
  return [
    page.span('▓'.repeat(solid), 'good'),
    page.span('▒'.repeat(light), 'warn'),
    page.span('░'.repeat(cells - solid - light), 'dim'),
    page.span(` ${said} % of ${bytes(total)} accepted`),
  ];
}

/** What the marks before figures mean, for the marks that were used. */
export function legendRow(page: Page, { bytes: counts, request }: ReportExchange): void {
  const derived = counts.derived.length > 0 || request?.body?.parts.some(({ sizeDerived }) => sizeDerived);
  const texts = [
    derived ? '≈ computed from other figures, reported by nobody' : null,
    counts.atLeast.length > 0 ? '≥ at least' : null,
  ].filter((text) => text !== null);
  if (texts.length > 0) page.row('', [page.span(texts.join(' · '), 'dim')]);
}

/** What the server said, in its own words. */
export function replyRow(page: Page, exchange: ReportExchange): void {
  const { response, received, lastWords } = exchange;
  if (!response) {
    if (received > 0) page.row('reply', [page.span(`${bytes(received)}, no complete HTTP head`)]);
    else if (lastWords?.outcome === 'not-recoverable') {
      page.row('reply', [
        page.span(`not recoverable${lastWords.reason ? `: ${inSentence(lastWords.reason)}` : ''}`, 'warn'),
      ]);
    }
    return;
  }
  const said = response.bodyText === null ? '' : readable(response.bodyText);
  const retry = response.headers.find(({ name }) => /^(retry-after|location|www-authenticate)$/i.test(name));
  page.parts('reply', [
    [page.span(`${grouped(received)} B`)],
    ...(response.early ? [[page.span('before the request was sent whole')]] : []),
    ...(response.complete ? [] : [[page.span('incomplete', 'bad')]]),
    ...(response.interim.length > 0
      ? [[page.span(`after ${response.interim.map(({ status }) => status).join(', ')}`)]]
      : []),
    ...(retry ? [[page.span(`${retry.name}: ${retry.value}`)]] : []),
    ...(said ? [[page.span(`“${said}”`, 'dim')]] : []),
  ]);
}

/** A body in one short line: markup dropped, blanks joined. */
function readable(text: string): string {
  const plain = /^\s*</.test(text)
    ? text.replace(/<(style|script|title)\b[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<[^>]*>/g, ' ')
    : text;
  const line = plain.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 120).trimEnd()}…` : line;
}

export function timeRow(page: Page, { timings }: ReportExchange): void {
  const steps: [string, number | null][] = [
    ['name', timings.resolveNs],
    ['connect', timings.connectNs],
    ['TLS', timings.tlsNs],
    ['request', timings.requestNs],
    ['wait', timings.waitNs],
    ['reply', timings.responseNs],
  ];
  const known = steps.filter((step): step is [string, number] => step[1] !== null);
  const total = timings.totalNs === null ? [] : [[page.span(`${duration(timings.totalNs)} in all`)]];
  if (known.length === 0 && total.length === 0) return;
  page.parts('time', [...known.map(([name, took]) => [page.span(`${name} ${duration(took)}`)]), ...total]);
}
