import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { failureEvidence, initiatorEvidence, replyEvidence } from '../evidence';
import { RFC } from '../references';
import { statusLine } from '../wording';

/** What no client can go on from; other problems may be limits of the decoder. */
const BROKEN = /^a chunk /;

/** The reply began well, and then its own framing made no sense. */
export const malformedReply: Rule = {
  id: 'malformed-reply',
  check(context) {
    const { exchange } = context;
    const { response } = exchange;
    if (!response || response.complete || response.readByProgram === false) return null;
    if (!response.problem || !response.chunked || !BROKEN.test(response.problem)) return null;
    const error = context.rootError;
    return finding(this.id, context, {
      title: `The reply of ${context.server} (${statusLine(response)}) is not framed as HTTP asks for: ${response.problem}.`,
      side: 'server',
      summary: `Its head announces a chunked body, and what came where a chunk was due is none${error ? ` (${describeError(error)})` : ''}. Where the reply ends cannot be told, so clients give the connection up.`,
      evidence: [[replyEvidence(exchange, response)], failureEvidence(exchange), initiatorEvidence(exchange)],
      advice: [
        say(
          'Look at what writes the body on the server: often a plain body goes out behind "Transfer-Encoding: chunked", or two layers both set the header.',
        ),
        say('See the bytes as they come.', 'curl --verbose --raw URL'),
      ],
      references: [RFC.chunked],
    });
  },
};
