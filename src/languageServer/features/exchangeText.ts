/** An exchange in the words that the editor shows beside the source. */
import { t } from '../../base/l10n';
import type { PlacedExchange } from '../../messages/language';
import { asMarkdown, visible } from './plainText';

const NUMBERS = new Intl.NumberFormat('en-US');
export const count = (bytes: number): string => NUMBERS.format(bytes);

/** "413 · 115,906 of 12,444,474 B": how it ended, and what the kernel took of the request. Plain text. */
export function inShort(exchange: PlacedExchange): string {
  const bytes = bytesInShort(exchange);
  const end = outcome(exchange);
  return bytes === null ? end : `${end} · ${bytes}`;
}

function outcome({ status, error, live }: PlacedExchange): string {
  if (status !== null) return String(status);
  if (error) return visible(error.type);
  return live ? '…' : t('no reply');
}

/** Of a request with a body what was sent of it; of one without, what came back. */
function bytesInShort({ bytes, method }: PlacedExchange): string | null {
  const sent = bytes.accepted ?? bytes.handed;
  const hasBody = bytes.announced !== null ? bytes.announced > 0 : method !== 'GET' && method !== 'HEAD';
  if (!hasBody) return bytes.received > 0 ? t('{0} B received', count(bytes.received)) : null;
  if (sent === null || (sent === 0 && bytes.handed === null)) return null;
  return bytes.whole === null || sent >= bytes.whole
    ? `${count(sent)} B`
    : t('{0} of {1} B', count(sent), count(bytes.whole));
}

/** "POST https://localhost:8444/api → 413 Request Entity Too Large, never read by the program" */
export function headline(exchange: PlacedExchange): string {
  const { method, url, status, reason, unreadReply, error, live } = exchange;
  const asked = visible([method, url].filter((part) => part !== null).join(' ')) || t('Connection');
  let answered: string;
  if (status !== null) answered = visible(`${status} ${reason ?? ''}`.trim());
  else if (error) answered = visible(nameOf(error));
  else answered = live ? t('no reply yet') : t('no reply');
  return `${asked} → ${answered}${unreadReply ? `, ${t('never read by the program')}` : ''}`;
}

function nameOf({ type, errno }: NonNullable<PlacedExchange['error']>): string {
  return errno === null ? type : `${type} [${errno}]`;
}

/** Each byte count by its name; "≈" marks one that was computed, "≥" a lower bound. */
export function byteCounts({ bytes }: PlacedExchange): string {
  const mark = (name: string) => (bytes.atLeast.includes(name) ? '≥ ' : bytes.derived.includes(name) ? '≈ ' : '');
  const parts = [
    bytes.handed === null ? null : t('handed {0} B', mark('handed') + count(bytes.handed)),
    bytes.accepted === null ? null : t('accepted {0} B', mark('accepted') + count(bytes.accepted)),
    bytes.acknowledged === null ? null : t('acknowledged {0} B', mark('acknowledged') + count(bytes.acknowledged)),
    t('received {0} B', count(bytes.received)),
  ].filter((part) => part !== null);
  const whole = bytes.whole === null ? '' : t(' of a request of {0} B', count(bytes.whole));
  return parts.slice(0, -1).join(' ▸ ') + (parts.length > 1 ? `${whole} · ` : '') + (parts.at(-1) ?? '');
}

/** "11 ms, at 10:42:28" */
export function when({ began, duration }: PlacedExchange): string {
  const time = new Date(began).toTimeString().slice(0, 8);
  if (duration === null) return t('began at {0}', time);
  return t('{0}, at {1}', duration >= 10_000 ? `${(duration / 1000).toFixed(1)} s` : `${count(duration)} ms`, time);
}

/** What a hint's own hover tells. Plain text. */
export function tooltip(exchange: PlacedExchange): string {
  const { error, finding, status } = exchange;
  return [
    headline(exchange),
    byteCounts(exchange),
    when(exchange),
    ...(error && status !== null ? [visible(`${nameOf(error)}: ${error.message ?? ''}`)] : []),
    ...(finding ? [visible(finding.title)] : []),
  ].join('\n');
}

/** The paragraph of a call's hover. Markdown. @param link what leads to the exchange, or null */
export function paragraph(exchange: PlacedExchange, link: string | null): string {
  const { error, finding } = exchange;
  const lines = [
    `**${t('Last exchange')}**: ${asMarkdown(headline(exchange))}`,
    asMarkdown(byteCounts(exchange)),
    asMarkdown(when(exchange)),
    ...(error ? [asMarkdown(`${nameOf(error)}: ${error.message ?? ''}`)] : []),
    ...(finding ? [`**${asMarkdown(finding.title)}**`] : []),
    ...(finding?.advice.slice(0, 2).map(({ text }) => asMarkdown(text)) ?? []),
    ...(link ? [`[${t('Show in the wire panel')}](${link})`] : []),
  ];
  return lines.join('\n\n');
}

/** Whether it ended in a way that somebody should look at. */
export function hasFailed({ live, error, status, finding }: PlacedExchange): boolean {
  if (finding) return finding.severity !== 'info';
  return !live && (error !== null || (status ?? 0) >= 400);
}
