import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence, replyEvidence } from '../evidence';
import { RFC } from '../references';
import { bytes, grouped, statusLine } from '../wording';

/** The reply began and the connection ended before its announced end. */
export const incompleteReply: Rule = {
  id: 'incomplete-reply',
  check(context) {
    const { exchange } = context;
    const { response, peerEnd, failure } = exchange;
    if (!response || response.complete || response.readByProgram === false) return null;
    const ended = peerEnd === 'fin' || peerEnd === 'reset' || context.failedIn('receive', 'cut') !== null;
    // a program that stops reading by itself is no incomplete reply
    if (!ended && context.find('incomplete') === null) return null;
    const got = response.bodyRange.length;
    const far =
      response.bodyAnnounced === null
        ? `${bytes(got)} of a chunked body without its last chunk`
        : `${grouped(got)} of ${bytes(response.bodyAnnounced)}`;
    const error = context.find('incomplete') ?? failure?.error[0] ?? null;
    return finding(this.id, context, {
      title: `${context.server} ended the connection in the middle of its reply (${statusLine(response)}).`,
      side: 'server',
      severity: 'error',
      summary: `The program got ${far}; then the connection was ${peerEnd === 'reset' ? 'reset' : 'closed'}${error ? ` (${describeError(error)})` : ''}.`,
      evidence: [
        [replyEvidence(exchange, response)],
        failureEvidence(exchange),
        countersEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say(
          "Look at the server's log at this time: the program behind it may have died while it wrote, or a proxy's time limit cut it.",
        ),
        say(
          'Do not use what has arrived as if it were whole; ask again, from where it stopped if the server takes Range requests.',
        ),
        ...(context.client?.layers.some(({ name, version }) => name === 'urllib3' && version?.startsWith('1.')) &&
        context.find('incomplete') === null
          ? [
              say(
                'urllib3 1.26 does not check the length unless told to; urllib3 2 does.',
                'pip install --upgrade "urllib3>=2"',
              ),
            ]
          : []),
      ],
      references: [RFC.incomplete],
    });
  },
};
