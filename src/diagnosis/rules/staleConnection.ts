import { largest } from '../../base/extremes';
import { say } from '../advice';
import { finding } from '../build';
import type { Context, Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence } from '../evidence';
import type { Advice } from '../finding';
import { RFC } from '../references';
import { duration } from '../wording';

/** A kept-alive connection that the server closed while the next request was already on its way. */
export const staleConnection: Rule = {
  id: 'stale-connection',
  check(context) {
    const { exchange } = context;
    if (exchange.index === 0 || exchange.response || exchange.received > 0) return null;
    if (!context.wasCut || !exchange.request) return null;
    const idle = idleBefore(context);
    return finding(this.id, context, {
      title: `${context.server} had closed the kept-alive connection when the program used it again.`,
      side: 'network',
      summary: `This was request ${exchange.index + 1} on one connection${idle === null ? '' : `, after it had been idle for ${duration(idle)}`}. The server ends idle connections after a time of its own; its close and the new request crossed on the way. No reply came, so the server has most likely not handled the request.`,
      evidence: [failureEvidence(exchange), countersEvidence(exchange), initiatorEvidence(exchange)],
      advice: [
        ...retryAdvice(context),
        say('Keep idle connections for less time than the server does (its keep-alive timeout).'),
      ],
      references: [RFC.retry, RFC.persistence],
    });
  },
};

/** Nanoseconds since anything went over the connection before this exchange; null when nothing was seen. */
function idleBefore({ exchange }: Context): number | null {
  const before = (exchange.socket?.streams ?? [])
    .flatMap(({ operations }) => operations)
    .filter(({ at }) => at < exchange.beganAt)
    .map(({ at, duration: took }) => at + took)
    .filter((at) => at <= exchange.beganAt);
  return before.length === 0 ? null : exchange.beganAt - largest(before);
}

function retryAdvice({ client, exchange }: Context): Advice[] {
  const method = exchange.request?.method ?? '';
  const safe = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'].includes(method);
  const text = safe
    ? `${method} may be sent again: let the client retry once on a new connection.`
    : `${method || 'This method'} is not idempotent, so clients do not retry it by themselves: retry it only if the server can tell a repetition.`;
  const code =
    safe && (client?.name === 'requests' || client?.name === 'urllib3')
      ? 'HTTPAdapter(max_retries=Retry(connect=1, read=1))'
      : null;
  return [say(text, client?.name === 'urllib3' && code ? 'Retry(connect=1, read=1)' : code)];
}
