import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { initiatorEvidence, replyEvidence } from '../evidence';
import { statusReference } from '../references';
import { header, statusLine } from '../wording';

const TOO_MANY = /TooManyRedirects|infinite loop/;

/** The server sent the program elsewhere, and the library raised instead of going there. */
export const redirectNotFollowed: Rule = {
  id: 'redirect-not-followed',
  check(context) {
    const { exchange } = context;
    const { response, request, raised } = exchange;
    if (!response || !request || !raised || exchange.failure) return null;
    if (response.status < 300 || response.status >= 400 || response.status === 304) return null;
    const where = header(response, 'location');
    const loop = raised.some(({ type, message }) => TOO_MANY.test(type) || TOO_MANY.test(message ?? ''));
    return finding(this.id, context, {
      title: loop
        ? `${context.server} redirects without an end; ${context.clientName} gave up.`
        : `${context.server} redirects (${statusLine(response)}), and ${context.clientName} does not follow.`,
      side: loop ? 'server' : 'client library',
      summary: `The server answered ${request.method} with ${statusLine(response)}${where ? `, pointing to ${where}` : ' and no Location'}. ${
        loop
          ? `${context.clientName} had followed it before, and stopped`
          : `${context.clientName} raised an exception instead`
      } (${describeError(raised[0])}).`,
      evidence: [[replyEvidence(exchange, response)], initiatorEvidence(exchange)],
      advice: loop
        ? [
            say(
              'Look at what the server wants before it stops redirecting: often a cookie that the program does not keep, or http and https pointing at each other.',
            ),
          ]
        : [
            say(
              where
                ? 'Use the URL that the server points to.'
                : 'Ask whoever runs the server: a redirect without Location leads nowhere.',
            ),
            ...(context.client?.name === 'urllib' && request.method !== 'GET'
              ? [say(`urllib follows 307 and 308 for GET and HEAD only, since ${request.method} would be sent twice.`)]
              : []),
          ],
      references: [statusReference(response.status)],
    });
  },
};
