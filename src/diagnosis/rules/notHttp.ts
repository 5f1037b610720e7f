import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { failureEvidence, initiatorEvidence } from '../evidence';
import { bytes } from '../wording';

const PROTOCOL_ERRORS = new Set([
  'BadStatusLine',
  'UnknownProtocol',
  'RemoteProtocolError',
  'BadHttpMessage',
  'BadHttpMethod',
  'LineTooLong',
]);
/** The start of a TLS alert record as Python prints it: type 21, version 3.x. */
const TLS_ALERT = /\\x15\\x03/;

/** Bytes came back that are no HTTP reply. */
export const notHttp: Rule = {
  id: 'not-http',
  check(context) {
    const { exchange } = context;
    if (!exchange.request || exchange.response || exchange.received === 0) return null;
    const error = context.errors.find(({ type }) => PROTOCOL_ERRORS.has(type));
    if (!error) return null;
    const alert = error.args.some((text) => TLS_ALERT.test(text));
    return finding(this.id, context, {
      title: alert
        ? `${context.server} speaks TLS, and the program sent plain HTTP.`
        : `What ${context.server} sent back is not HTTP.`,
      side: alert ? 'program' : 'server',
      summary: alert
        ? `The ${bytes(exchange.received)} that came back are a TLS alert: the server took the request for a broken TLS greeting.`
        : `The ${bytes(exchange.received)} that came back do not begin with a status line (${describeError(error)}).`,
      evidence: [
        [
          {
            kind: 'bytes',
            exchange: exchange.id,
            range: {
              direction: 'down',
              layer: exchange.tls?.version ? 'tls' : 'wire',
              start: 0,
              end: exchange.received,
            },
            text: `${bytes(exchange.received)} received, no status line`,
          },
        ],
        failureEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        alert
          ? say('Use https:// for this port.')
          : say('Check which program listens on this port, and which protocol it speaks.'),
      ],
      references: [],
    });
  },
};
