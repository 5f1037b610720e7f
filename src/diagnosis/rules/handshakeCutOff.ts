import { say, timeoutAdvice } from '../advice';
import { finding } from '../build';
import type { Rule } from '../context';
import { connectEvidence, countersEvidence, failureEvidence, initiatorEvidence } from '../evidence';
import { RFC } from '../references';
import { duration } from '../wording';

/** The TCP connection stood, and TLS never came about. */
export const handshakeCutOff: Rule = {
  id: 'handshake-cut-off',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('tls', 'cut', 'timeout', 'gave-up', 'unreachable');
    if (!failure) return null;
    const timedOut = context.failedIn('tls', 'timeout', 'gave-up') !== null;
    return finding(this.id, context, {
      title: timedOut
        ? `${context.server} accepted the connection but did not finish the TLS handshake within ${duration(failure.duration)}.`
        : `The connection to ${context.server} was cut off during the TLS handshake.`,
      side: timedOut ? 'server' : 'tls',
      summary: timedOut
        ? 'TCP was connected, so something listens there; its part of the handshake did not come.'
        : 'TCP was connected, then the other end (or a firewall or proxy on the way) closed without a TLS alert; nothing of the request was sent.',
      evidence: [
        connectEvidence(exchange),
        failureEvidence(exchange),
        countersEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say(
          'Check that this port speaks TLS: a server that expects another protocol waits or hangs up at a TLS greeting.',
        ),
        timedOut
          ? timeoutAdvice(context, 'read')
          : say("Look at the server's log, and for something on the way that blocks this server name."),
      ],
      references: [RFC.tlsAlerts],
    });
  },
};
