import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { connectEvidence, failureEvidence, initiatorEvidence } from '../evidence';
import { RFC } from '../references';

/** What OpenSSL says when the first bytes that come back are no TLS record; newer versions word it by the record's length. */
const NOT_TLS =
  /^(WRONG_VERSION_NUMBER|UNKNOWN_PROTOCOL|HTTP_REQUEST|HTTPS_PROXY_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE|UNEXPECTED_MESSAGE)$/;

/** The program spoke TLS to something that does not. */
export const tlsToPlainPort: Rule = {
  id: 'tls-to-plain-port',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('tls');
    const error = failure && context.errors.find(({ reason }) => reason !== null && NOT_TLS.test(reason));
    if (!error) return null;
    return finding(this.id, context, {
      title: `${context.server} does not speak TLS: what came back is not a TLS record.`,
      side: 'tls',
      summary: `The program began a TLS handshake, and the answer was something else (${describeError(error)}): most often plain HTTP on a port that was taken for HTTPS, or a proxy that is itself addressed with https://.`,
      evidence: [connectEvidence(exchange), failureEvidence(exchange), initiatorEvidence(exchange)],
      advice: [
        say('Use http:// for this port, or the port on which the server speaks TLS.'),
        say("Behind a proxy, the proxy's own address usually begins with http://, also in HTTPS_PROXY."),
      ],
      references: [RFC.tlsAlerts],
    });
  },
};
