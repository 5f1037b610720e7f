import { say, statusAdvice } from '../advice';
import { finding } from '../build';
import type { Context, Rule } from '../context';
import { initiatorEvidence, replyEvidence, sentEvidence } from '../evidence';
import { RFC, statusReference } from '../references';
import { bytes, statusLine } from '../wording';
import { refusal } from './refusedEarly';

/** "Who are you?", RFC 9110 sections 15.5.2 and 15.5.8: how HTTP asks for credentials. */
const ASKS_WHO: ReadonlySet<number> = new Set([401, 407]);

/** The server said no, and the program heard it. */
export const errorStatus: Rule = {
  id: 'error-status',
  check(context) {
    const { exchange } = context;
    const { response, request } = exchange;
    if (!response || response.status < 400 || response.readByProgram === false) return null;
    if (exchange.followed && ASKS_WHO.has(response.status)) return null; // the library has answered it
    const proxy = request?.method === 'CONNECT' || response.status === 407;
    const who = proxy ? 'The proxy' : 'The server';
    return finding(this.id, context, {
      title: `${who} ${proxy && request?.method === 'CONNECT' ? 'refused the tunnel' : refusal(response)}: ${statusLine(response)}.`,
      side: proxy ? 'proxy' : side(response.status),
      // a tunnel that is refused is the end of the request that was to go through it
      severity: request?.method === 'CONNECT' && exchange.raised ? 'error' : 'warning',
      summary: `${proxy ? who : context.server} answered ${statusLine(response)}, and the program read that reply${early(context)}.`,
      evidence: [[replyEvidence(exchange, response)], sentEvidence(exchange), initiatorEvidence(exchange)],
      advice: [...plainToTls(context), ...statusAdvice(context, response)],
      references: [statusReference(response.status), ...(proxy ? [RFC.proxy] : [])],
    });
  },
};

/** 4xx says that the request is at fault, except where it speaks of the server's own limits. */
function side(status: number): 'program' | 'server' {
  return status >= 500 || status === 408 || status === 413 || status === 429 ? 'server' : 'program';
}

function early({ exchange, requestSize }: Context): string {
  const { response, bytes: counts } = exchange;
  if (!response?.early || counts.accepted.value === null || requestSize === null) return '';
  return counts.accepted.value < requestSize
    ? `; it came early, when ${bytes(counts.accepted.value)} of ${bytes(requestSize)} had been sent`
    : '';
}

/** nginx and others answer a plain request on their TLS port with 400 and a sentence. */
function plainToTls({ exchange }: Context) {
  const { response, scheme } = exchange;
  const text = response?.bodyPreview ? Buffer.from(response.bodyPreview).toString('latin1') : '';
  return scheme === 'http' && response?.status === 400 && /sent to (an? )?(HTTPS|SSL|TLS)/i.test(text)
    ? [say('This port expects TLS: use https:// in the URL.')]
    : [];
}
