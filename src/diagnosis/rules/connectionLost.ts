import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence, sentEvidence } from '../evidence';
import { RFC } from '../references';

/** The way to the server broke while the connection was in use. */
export const connectionLost: Rule = {
  id: 'connection-lost',
  check(context) {
    const { exchange } = context;
    const failure =
      context.failedIn('send', 'gave-up', 'unreachable') ?? context.failedIn('receive', 'gave-up', 'unreachable');
    if (!failure) return null;
    return finding(this.id, context, {
      title: `The connection to ${context.server} was lost: nothing came back from it any more.`,
      side: 'network',
      summary: `The system sent again and again, got no confirmation and gave up (${describeError(failure.error[0])}). The server did not close; the way to it, or the machine itself, is gone.`,
      evidence: [
        failureEvidence(exchange),
        sentEvidence(exchange),
        countersEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say(
          'Check the network, the VPN and the Wi-Fi at that time. Firewalls and address translators forget idle connections: keep-alive packets prevent that.',
          'sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)',
        ),
      ],
      references: [RFC.tcpTimeout],
    });
  },
};
