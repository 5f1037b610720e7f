import { largest } from '../../base/extremes';
import { readEarlyReply, say } from '../advice';
import { finding } from '../build';
import { nameError } from '../classify';
import type { Context, Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence, lastWordsEvidence, sentEvidence } from '../evidence';
import { RFC } from '../references';
import { bytes, inSentence } from '../wording';

/** Something had arrived when the connection broke, and it is gone: probably the reason in words. */
export const refusalLost: Rule = {
  id: 'refusal-lost',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('send', 'cut');
    if (!failure || exchange.response || exchange.lastWords?.outcome === 'recovered') return null;
    const lost = cutOff(context) ?? unreadBytes(context);
    if (lost === 0) return null;
    const reason = exchange.lastWords?.reason;
    return finding(this.id, context, {
      title: `${context.server} closed the connection while the request was being sent; it had probably replied, and the reply is lost.`,
      side: 'server',
      summary: `${bytes(lost)} from the server lay unread when ${failure.operation} failed with ${nameError(failure.error[0])}: most likely a refusal sent early. It could not be recovered${reason ? ` (${inSentence(reason)})` : ''}.`,
      evidence: [
        countersEvidence(exchange),
        failureEvidence(exchange),
        sentEvidence(exchange),
        lastWordsEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say("Look at the server's log for this request, and at its limit for the size of a body."),
        say('See the reply with a client that reads while it sends.', 'curl --verbose --data-binary @FILE URL'),
        ...readEarlyReply(context),
      ],
      references: [RFC.tearDown, RFC.earlyReply],
    });
  },
};

/**
 * Where TLS was asked: bytes of a record that did not come whole. 0: it had nothing for the program, and what lay there
 * were messages of its own, tickets or an alert. null: not asked.
 */
function cutOff({ exchange: { tls, lastWords } }: Context): number | null {
  if (!tls || !lastWords || lastWords.outcome === 'not-attempted') return null;
  return lastWords.outcome === 'not-recoverable' ? lastWords.bytes : 0;
}

/** Bytes in the receive queue that nobody read, by the kernel's count at the failure or at close. */
function unreadBytes({ exchange }: Context): number {
  const counters = exchange.socket?.counters ?? [];
  const since = exchange.beganAt;
  return largest(
    counters.filter(({ at }) => at >= since).map(({ unread }) => unread ?? 0),
    0,
  );
}
