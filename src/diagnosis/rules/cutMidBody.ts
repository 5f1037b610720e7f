import { say } from '../advice';
import { finding } from '../build';
import { nameError } from '../classify';
import type { Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence, lastWordsEvidence, sentEvidence } from '../evidence';
import { RFC } from '../references';
import { bytes, grouped } from '../wording';

/** The connection ended while the request was on its way, and nobody said why. */
export const cutMidBody: Rule = {
  id: 'cut-mid-body',
  check(context) {
    const { exchange } = context;
    const { failure, request, response, peerEnd, bytes: counts } = exchange;
    if (!request || response || !failure || !context.wasCut) return null;
    const inBody = failure.phase === 'send' || (failure.phase === 'receive' && !request.complete);
    if (!inBody) return null;
    const how = peerEnd === 'reset' ? 'reset' : 'closed';
    const size = context.requestSize;
    const sent = counts.accepted.value;
    const far =
      sent === null
        ? ''
        : ` after ${counts.accepted.derived ? 'about ' : ''}${counts.accepted.atLeast ? 'at least ' : ''}${size === null ? bytes(sent) : `${grouped(sent)} of ${bytes(size)}`} had left the program`;
    const acknowledged = counts.acknowledged.value;
    return finding(this.id, context, {
      title: `${context.server} ${how} the connection in the middle of the request, without a reply.`,
      side: 'server',
      summary: `The connection was ${how}${far}${acknowledged === null ? '' : `; ${bytes(acknowledged)} of it were acknowledged`}. ${failure.operation} failed with ${nameError(failure.error[0])}, and no reply had come.`,
      evidence: [
        failureEvidence(exchange),
        sentEvidence(exchange),
        countersEvidence(exchange),
        lastWordsEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say(
          "Look at the server's log at this time: it may have crashed, been restarted, or cut a body that it found too large or too slow.",
        ),
        say(
          'Try a smaller body: if that goes through, a limit is what cuts the larger one. A proxy or firewall on the way can be the one that cuts.',
        ),
      ],
      references: [peerEnd === 'reset' ? RFC.tcpReset : RFC.tearDown],
    });
  },
};
