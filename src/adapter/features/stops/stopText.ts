/** What a client shows of a stop in its exception widget: the exception, and the reply that was never read. */
import type { Exchange, ResponseMessage } from '../../../decode/exchange';
import { diagnose } from '../../../diagnosis/diagnose';
import { redact } from '../../../export/redact';
import { PATH_FILTER, WIRE_FILTERS, type WireStop } from '../../../messages/wireBreakpoints';
import { chainLines } from './exceptionDetails';

/** Characters of a reply's body that are shown. */
const BODY = 600;

const grouped = (bytes: number | null, what: string): string =>
  bytes === null ? `${what}: not known` : `${bytes.toLocaleString('en-US')} B ${what}`;

/** In one line, so that the reply below it is in sight where a client shows few. */
function counts({ handed, accepted, acknowledged }: NonNullable<WireStop['exchange']>, tls: boolean): string {
  const wire = tls ? ' (on the wire)' : '';
  const three = [
    grouped(handed, 'handed to send'),
    grouped(accepted, 'accepted'),
    grouped(acknowledged, 'acknowledged'),
  ];
  return `${three.join(' ▸ ')}${wire}`;
}

/** The name under which the breakpoint stands among the filters. */
export function breakpointLabel({ breakpoint, kind }: WireStop): string {
  if (kind === 'place') return 'First Send From Here';
  if (kind === 'autoBreakpoint') return `${PATH_FILTER.label} (${breakpoint})`;
  return WIRE_FILTERS.find(({ id }) => id === breakpoint)?.label ?? breakpoint;
}

/** @param exchange the capture's view of it; null where there is none */
export function stopDescription(told: WireStop, exchange: Exchange | null): string {
  const parts = [redact.text(told.text)];
  const { exchange: facts } = told;
  if (facts?.method) {
    const url = exchange?.request ? redact.url(exchange.request.url) : `${facts.host ?? ''}${facts.path ?? ''}`;
    parts.push(`${facts.method} ${url}\n${counts(facts, Boolean(exchange?.tls))}`);
  }
  // where there is a reply, it says more
  const [finding] = exchange && !exchange.response ? diagnose(exchange) : [];
  if (finding) parts.push(printable(redact.text(finding.title)));
  if (exchange?.response) parts.push(replyText(exchange.response, facts?.readByProgram ?? null, arrival(told)));
  const chain = chainLines(told.exception?.chain ?? []);
  if (chain.length > 0) parts.push(chain.join('\n'));
  return parts.join('\n\n');
}

/**
 * When an unread reply came: "11 ms before" the failure. Until a send came back the program could not know. "just" is less than
 * the system counts; null where it does not tell.
 */
export function arrival({ exchange, exception }: WireStop): string | null {
  const milliseconds = exchange?.unreadFor ?? null;
  if (milliseconds === null) return null;
  if (milliseconds === 0) return exception ? 'just before' : 'just now';
  return `${milliseconds.toLocaleString('en-US')} ms ${exception ? 'before' : 'ago'}`;
}

/**
 * Head and beginning of the body, secrets masked and control characters left out.
 * @param arrived for one that was not read: when it did
 */
export function replyText(response: ResponseMessage, read: boolean | null, arrived: string | null = null): string {
  const unread = `The reply, never read by the program${arrived ? ` (arrived ${arrived})` : ''}:`;
  const title = read === false ? unread : 'The reply:';
  const headers = response.headers.map((header) => {
    const { name, value } = redact.header(header);
    return `${name}: ${value}`;
  });
  const body = bodyText(response);
  return printable([title, response.startLine, ...headers, ...(body ? ['', body] : [])].join('\n'));
}

export function bodyText({ bodyPreview, bodyPreviewTruncated }: ResponseMessage, most = BODY): string {
  if (!bodyPreview) return '';
  const text = redact.text(new TextDecoder('utf-8').decode(bodyPreview)).trimEnd();
  return text.length > most || bodyPreviewTruncated ? `${text.slice(0, most)}…` : text;
}

/** What a server sends must not move the cursor, or anything else, in a client that is a terminal. */
export function printable(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '�');
}
