import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Context, Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence, sentEvidence } from '../evidence';
import { RFC } from '../references';
import { bytes } from '../wording';

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
    const encrypted = encryptedBytes(context);
    const none = encrypted > 0 ? 'no reply could be read' : 'not one byte of a reply had come';
    const what =
      encrypted > 0
        ? ` ${bytes(encrypted)} came encrypted after the handshake and held nothing for the program: messages of TLS's own, such as session tickets, or the beginning of a reply that was cut off within a TLS record.`
        : '';
    return finding(this.id, context, {
      title: `${context.server} ${how} without any reply.`,
      side: 'server',
      summary: request
        ? `The request had been handed over${request.complete ? ' whole' : ''}; then the connection ended and ${none}${error ? ` (${describeError(error)})` : ''}.${what}`
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

/** What came over TLS after the handshake, by the kernel's count, where the program never had a byte of it. */
function encryptedBytes({ exchange: { tls, socket } }: Context): number {
  if (
    !tls ||
    !socket ||
    socket.streams.some((one) => one.direction === 'down' && one.layer === 'tls' && one.bytes.length > 0)
  )
    return 0;
  const before = socket.counters.find(({ moment }) => moment === 'handshake')?.received ?? null;
  const after = socket.counters.at(-1)?.received ?? null;
  return before === null || after === null ? 0 : after - before;
}
