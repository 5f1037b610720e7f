import { say } from '../advice';
import { finding } from '../build';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { failureEvidence, initiatorEvidence, resolveEvidence } from '../evidence';
import { RFC } from '../references';
import { type ResolveReason, resolveReason } from '../resolveReason';

/** The name never became an address. */
export const nameNotFound: Rule = {
  id: 'name-not-found',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('resolve');
    if (!failure) return null;
    const host = exchange.resolve?.host ?? exchange.host ?? 'the host';
    const [error] = failure.error;
    const { title, advice } = WORDS[resolveReason(error, exchange.process.platform)];
    return finding(this.id, context, {
      title: title(host),
      side: 'dns',
      summary: `No connection was tried, because ${failure.operation} gave no address for ${host} (${describeError(error)}).`,
      evidence: [resolveEvidence(exchange), failureEvidence(exchange), initiatorEvidence(exchange)],
      advice: host.includes('@') ? [say(USER_INFO, AUTHORIZATION)] : advice(host).map((text) => say(text)),
      references: [RFC.getaddrinfo],
    });
  },
};

const USER_INFO =
  'A user name and password in the URL were taken for a part of the host name: urllib and http.client do not know them there. Take them out of the URL and send them in a header.';
const AUTHORIZATION = 'headers={"Authorization": "Basic " + base64.b64encode(b"user:password").decode()}';

interface Words {
  readonly title: (host: string) => string;
  readonly advice: (host: string) => readonly string[];
}

const spelling = (host: string) => `Check the spelling of ${host}, and where the program takes it from.`;
const WORDS: Readonly<Record<ResolveReason, Words>> = {
  'not-found': {
    title: (host) => `The name ${host} was not found.`,
    advice: (host) => [
      spelling(host),
      'If it is a name of your own network: connect to that network or its VPN, or add it to the hosts file.',
    ],
  },
  'no-address': {
    title: (host) => `The name ${host} exists but has no address of the kind that was asked for.`,
    advice: (host) => [`Look at the records of ${host}: it may have IPv6 addresses only, or none.`],
  },
  'try-again': {
    title: (host) => `The name ${host} could not be looked up: the name server did not answer.`,
    advice: () => [
      'This says nothing about the name: check the network connection and the name servers (on Linux /etc/resolv.conf), then try again.',
    ],
  },
  failed: {
    title: (host) => `The name server failed to look up ${host}.`,
    advice: () => ['The failure is on the side of the name server: try another one, or ask whoever runs it.'],
  },
  invalid: {
    title: (host) => `${host} is not a valid host name.`,
    advice: (host) => [
      spelling(host),
      'A label of a host name has 1 to 63 characters; an empty one comes from two dots in a row.',
    ],
  },
  service: {
    title: (host) => `The port or service asked for at ${host} is not known.`,
    advice: () => ['Give the port as a number, or a service name that this system knows (/etc/services).'],
  },
  other: {
    title: (host) => `The name ${host} could not be looked up.`,
    advice: (host) => [spelling(host)],
  },
};
