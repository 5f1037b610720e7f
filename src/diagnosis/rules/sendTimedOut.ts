import { say, timeoutAdvice } from '../advice';
import { finding } from '../build';
import type { Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence, sentEvidence } from '../evidence';
import { duration } from '../wording';

/** The server stopped taking bytes, and the program's patience ended. */
export const sendTimedOut: Rule = {
  id: 'send-timed-out',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('send', 'timeout');
    if (!failure) return null;
    return finding(this.id, context, {
      title: `${context.server} took the request too slowly; ${failure.operation} ended after ${duration(failure.duration)} by the program's own time limit.`,
      side: 'server',
      summary:
        'The buffers between the program and the server were full and did not drain: the server does not read, or the network is slow. For sendall the limit counts for the whole call, not for each piece.',
      evidence: [
        failureEvidence(exchange),
        sentEvidence(exchange),
        countersEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say('See whether the server reads the body at all, and how fast the way there is.'),
        timeoutAdvice(context, 'read'),
      ],
      references: [],
    });
  },
};
