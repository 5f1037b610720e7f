import { say } from '../advice';
import { finding } from '../build';
import type { Rule } from '../context';
import { connectEvidence, failureEvidence, initiatorEvidence, resolveEvidence } from '../evidence';
import { RFC } from '../references';
import { endpoint, listed } from '../wording';

/** The host is there and says that nothing listens on the port. */
export const connectionRefused: Rule = {
  id: 'connection-refused',
  check(context) {
    const { exchange } = context;
    if (!context.failedIn('connect', 'refused')) return null;
    const tried = [...new Set(exchange.connects.map(({ address, port }) => endpoint(address ?? '?', port)))];
    const where = tried.length > 0 ? ` at ${listed(tried)}` : '';
    const local = exchange.connects.some(({ address }) => address !== null && /^(127\.|::1$)/.test(address));
    return finding(this.id, context, {
      title: `Nothing accepts connections at ${context.server}: the connection was refused.`,
      side: 'server',
      summary: `The machine answered and refused the connection${where}, so the name and the network are fine: no program listens on that port, or a firewall rejects it.`,
      evidence: [
        resolveEvidence(exchange),
        connectEvidence(exchange),
        failureEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say('Start the server, or correct the port that the program uses.'),
        ...(local && !isWindows(exchange.process.platform)
          ? [
              say(
                'See what listens on this machine, and on which address.',
                isMac(exchange.process.platform) ? 'lsof -nP -iTCP -sTCP:LISTEN' : 'ss -ltnp',
              ),
            ]
          : []),
        ...(local
          ? [say('In a container, localhost is the container itself: use the address or name of the other one.')]
          : []),
      ],
      references: [RFC.tcpReset],
    });
  },
};

const isWindows = (platform: string | null) => platform === 'win32';
const isMac = (platform: string | null) => platform === 'darwin';
