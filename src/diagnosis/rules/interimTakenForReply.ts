import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Context, Rule } from '../context';
import { failureEvidence, initiatorEvidence, replyEvidence, sentEvidence } from '../evidence';
import { RFC } from '../references';
import { statusLine } from '../wording';

const CONTINUE = 100;

/** http.client reads on after 100 Continue only: it gives any other interim reply to the program as the final one. */
export const interimTakenForReply: Rule = {
  id: 'interim-taken-for-reply',
  check(context) {
    const { exchange, client } = context;
    const { response, raised } = exchange;
    if (!client?.layers.some(({ name }) => name === 'http.client') || !wasRead(context)) return null;
    const taken = (response?.interim ?? exchange.interim).find(({ status }) => status !== CONTINUE);
    if (!taken || (!isKnown(exchange.process.python) && !saysSo(context, taken.status))) return null;
    const final = response
      ? `The final reply, ${statusLine(response)}, came behind it and was not given to the program.`
      : 'The final reply had not come when the program was given this one.';
    const above = client.name === 'http.client' ? '' : ` ${client.name} is built on it.`;
    return finding(this.id, context, {
      title: `http.client took ${statusLine(taken)} for the reply of ${context.server}; it only announces one.`,
      side: 'client library',
      summary: `A server may send any number of interim replies (1xx) before the final one, and a client has to read on. Python's http.client does so after 100 Continue only and gives every other to the program as the reply, without a body${raised?.[0] ? ` (${describeError(raised[0])})` : ''}.${above} ${final}`,
      evidence: [
        response ? [replyEvidence(exchange, response)] : [],
        failureEvidence(exchange),
        sentEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say('Use a client that passes interim replies over: httpx and aiohttp do.'),
        say(
          taken.status === 103
            ? 'Or have the server, or the proxy in front of it, send no Early Hints to this client: they are of use to browsers.'
            : `Or have the server, or the proxy in front of it, send no ${taken.status} to this client.`,
        ),
        say(
          'Close the connection after such a reply: what comes behind it would be taken for the reply to the next request.',
        ),
      ],
      references: [RFC.interim, ...(taken.status === 103 ? [RFC.earlyHints] : [])],
    });
  },
};

/** Not what the probe alone saw, nor what came after sending or receiving had failed. */
function wasRead({ exchange }: Context): boolean {
  const { response, failure, lastWords } = exchange;
  if (failure && failure.error[0].type !== 'HTTPError') return false;
  return response ? response.readByProgram !== false || exchange.raised !== null : lastWords?.outcome !== 'recovered';
}

/** The versions whose http.client was looked into; a later one may read on. */
function isKnown(python: string | null): boolean {
  const [major = 0, minor = 0] = (python ?? '').split('.').map(Number);
  return major === 3 && minor <= 13;
}

/** urllib raises it: "HTTP Error 103: Early Hints". */
function saysSo({ errors }: Context, status: number): boolean {
  return errors.some(
    ({ type, message }) => type === 'HTTPError' && (message?.startsWith(`HTTP Error ${status}`) ?? false),
  );
}
