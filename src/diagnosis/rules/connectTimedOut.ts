import { say, timeoutAdvice } from '../advice';
import { finding } from '../build';
import type { Rule } from '../context';
import { connectEvidence, failureEvidence, initiatorEvidence, resolveEvidence } from '../evidence';
import { RFC } from '../references';
import { duration } from '../wording';

/** Nothing came back at all. */
export const connectTimedOut: Rule = {
  id: 'connect-timed-out',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('connect', 'timeout', 'gave-up');
    if (!failure) return null;
    const limit = exchange.connects.at(-1)?.timeout ?? null;
    const own = context.failedIn('connect', 'timeout') !== null;
    return finding(this.id, context, {
      title: `${context.server} did not answer the attempt to connect within ${duration(failure.duration)}.`,
      side: 'network',
      summary: `No answer came back, neither a yes nor a no: a firewall that drops packets, a wrong address, or a host that is down. ${
        own && limit
          ? `The program's own limit of ${limit} s ended the wait.`
          : 'The system gave up after its own retries.'
      }`,
      evidence: [
        resolveEvidence(exchange),
        connectEvidence(exchange),
        failureEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say('Check the address and port, and whether a firewall or a missing VPN is in the way.'),
        ...(own ? [timeoutAdvice(context, 'connect')] : []),
      ],
      references: [RFC.tcpTimeout],
    });
  },
};
