import { say } from '../advice';
import { finding } from '../build';
import { describeError, errnoNameOf } from '../classify';
import type { Rule } from '../context';
import { connectEvidence, failureEvidence, initiatorEvidence, resolveEvidence } from '../evidence';
import { RFC } from '../references';

/** The network says that it has no way there. */
export const unreachable: Rule = {
  id: 'unreachable',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('connect', 'unreachable');
    if (!failure) return null;
    const [error] = failure.error;
    const name = errnoNameOf(error);
    const wholeNetwork = name === 'ENETUNREACH' || name === 'ENETDOWN';
    const onlyIpv6 = exchange.connects.length > 0 && exchange.connects.every(({ family }) => family === 'AF_INET6');
    return finding(this.id, context, {
      title: wholeNetwork
        ? `There is no route from this machine to the network of ${context.server}.`
        : `The host of ${context.server} cannot be reached.`,
      side: 'network',
      summary: `The connection was not refused by the server: ${wholeNetwork ? 'this machine' : 'a machine on the way'} found no way to it (${describeError(error)}).`,
      evidence: [
        resolveEvidence(exchange),
        connectEvidence(exchange),
        failureEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say('Check the network connection, the VPN that the host may need, and the address that the name resolved to.'),
        ...(onlyIpv6
          ? [say('Only IPv6 addresses were tried: check that this machine has IPv6, or use an IPv4 address.')]
          : []),
      ],
      references: [RFC.unreachable],
    });
  },
};
