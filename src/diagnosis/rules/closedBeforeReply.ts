import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence, sentEvidence } from '../evidence';
import { RFC } from '../references';

/** The request went out whole, and the connection ended instead of a reply. */
export const closedBeforeReply: Rule = {
  id: 'closed-before-reply',
  check(context) {
    const { exchange } = context;
    const { request, response, peerEnd, failure } = exchange;
    if (response || exchange.received > 0) return null;
    // without a request it takes a library that minded, and a connection that can be looked into
    const opaque = exchange.scheme === 'tls' && !exchange.tls;
    if ((!request && (!exchange.raised || opaque)) || failure?.phase === 'connect' || failure?.phase === 'tls')
      return null;
    if (!context.wasCut || (request && failure?.phase === 'send')) return null;
    const how = peerEnd === 'reset' ? 'reset the connection' : 'closed the connection';
    const error = context.rootError;
    return finding(this.id, context, {
      title: `${context.server} ${how} without any reply.`,
      side: 'server',
      summary: request
        ? `The request had been handed over${request.complete ? ' whole' : ''}; then the connection ended and not one byte of a reply had come${error ? ` (${describeError(error)})` : ''}.`
        : `The connection stood, and it ended before anything of a request was sent${error ? ` (${describeError(error)})` : ''}.`,
      evidence: [
        failureEvidence(exchange),
        sentEvidence(exchange),
        countersEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say(
          "Look at the server's log at this time: a crash or restart while handling the request, or a worker that was killed, looks like this.",
        ),
        exchange.scheme === 'http'
          ? say(
              'Check that the port speaks plain HTTP: some servers that expect TLS or another protocol hang up like this.',
            )
          : say('A proxy or load balancer in front of the server can be the one that closed: look at its log too.'),
      ],
      references: [RFC.incomplete, ...(peerEnd === 'reset' ? [RFC.tcpReset] : [])],
    });
  },
};
