import { readEarlyReply, say, statusAdvice } from '../advice';
import { finding } from '../build';
import type { Rule } from '../context';
import { failureEvidence, initiatorEvidence, lastWordsEvidence, replyEvidence, sentEvidence } from '../evidence';
import { RFC, statusReference } from '../references';
import { statusLine } from '../wording';

/** A reply was there and the program never took it: a refusal on a connection that did not break, or any reply behind a break. */
export const replyUnread: Rule = {
  id: 'reply-unread',
  check(context) {
    const { exchange } = context;
    const { response, failure } = exchange;
    if (response?.readByProgram !== false) return null;
    // a success that nobody waited for is a way to work; one that is hidden by an error is not
    if ((response.status < 400 && !failure) || context.repliedTooLate) return null;
    const hidden = failure !== null;
    return finding(this.id, context, {
      title: hidden
        ? `The server had replied ${statusLine(response)}; ${context.clientName} reported an error instead.`
        : `The server replied ${statusLine(response)}, and the program never read it.`,
      side: hidden ? 'client library' : 'program',
      summary: hidden
        ? 'The reply lay in the receive buffer when the error came up, and the library did not look for it.'
        : 'The program closed the connection with the reply still in the receive buffer, so it cannot know of it.',
      evidence: [
        [replyEvidence(exchange, response)],
        failureEvidence(exchange),
        sentEvidence(exchange),
        lastWordsEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        ...(hidden ? readEarlyReply(context) : [say('Read the reply before closing, at least its status.')]),
        ...(response.status >= 400 ? statusAdvice(context, response) : []),
      ],
      references: [statusReference(response.status), RFC.earlyReply],
    });
  },
};
