import type { ErrorInfo } from '../../wire/model';
import { say } from '../advice';
import { finding } from '../build';
import { describeError, isTlsError } from '../classify';
import type { Context, Rule } from '../context';
import { connectEvidence, failureEvidence, initiatorEvidence } from '../evidence';
import type { Advice } from '../finding';
import { RFC } from '../references';

interface Words {
  readonly pattern: RegExp;
  readonly title: (server: string) => string;
  readonly advice: readonly Advice[];
}

const oldServer = say(
  "If the server is old and cannot be renewed, a context of your own may allow its version; the system's OpenSSL has the last word.",
  'context.minimum_version = ssl.TLSVersion.TLSv1',
);

const KNOWN: readonly Words[] = [
  {
    pattern: /UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|ALERT_PROTOCOL_VERSION|WRONG_SSL_VERSION/,
    title: (server) => `${server} and the program have no version of TLS in common.`,
    advice: [say('Let the server offer TLS 1.2 or 1.3, and do not limit the versions in the program.'), oldServer],
  },
  {
    pattern: /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS_AVAILABLE|INSUFFICIENT_SECURITY/,
    title: (server) => `${server} and the program could not agree on how to encrypt.`,
    advice: [
      say(
        'Compare the ciphers, curves and key types of both sides; some servers say this as well when the server name is missing or a client certificate is.',
      ),
    ],
  },
  {
    pattern: /UNRECOGNIZED_NAME/,
    title: (server) => `${server} does not know the server name that the program asked for.`,
    advice: [say('Use the host name that the server is set up for; an address or an alias may not do.')],
  },
  {
    pattern: /(DH|EE|CA)_KEY_TOO_SMALL|CA_MD_TOO_WEAK|LEGACY_SIGALG|BAD_SIGNATURE|WRONG_SIGNATURE_TYPE/,
    title: (server) => `${server} uses keys that are too weak for this system's OpenSSL.`,
    advice: [say('Let the server use RSA keys of 2,048 bits or more (or elliptic curves) and SHA-256.')],
  },
  {
    pattern: /UNSAFE_LEGACY_RENEGOTIATION/,
    title: (server) => `${server} only knows the old, unsafe TLS renegotiation, which OpenSSL 3 refuses.`,
    advice: [say('Update the server (RFC 5746).')],
  },
];

/** Both speak TLS, but not in a way that suits both. */
export const tlsMismatch: Rule = {
  id: 'tls-mismatch',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('tls', 'tls', 'other');
    const error = failure && context.errors.find(isTlsError);
    if (!error) return null;
    const reason = error.reason ?? inWords(error);
    const words = KNOWN.find(({ pattern }) => pattern.test(reason));
    return finding(this.id, context, {
      title: words?.title(context.server) ?? `The TLS handshake with ${context.server} failed${named(reason)}.`,
      side: 'tls',
      summary: `${whoEnded(context)} ended the handshake (${describeError(error)}); nothing of the request was sent.`,
      evidence: [connectEvidence(exchange), failureEvidence(exchange), initiatorEvidence(exchange)],
      advice: words?.advice ?? [
        say('Look at the handshake from outside.', 'openssl s_client -connect HOST:PORT -servername HOST'),
      ],
      references: [RFC.tlsVersions, RFC.tlsAlerts],
    });
  },
};

/** Older Pythons do not know the names of newer OpenSSL's reasons, only the words: "[SSL] legacy sigalg disallowed (…)". */
function inWords({ message }: ErrorInfo): string {
  const [, said = ''] = /^\[SSL[^\]]*\] (.+?)(?: \(_ssl\.c:\d+\))?$/.exec(message ?? '') ?? [];
  return said.toUpperCase().replaceAll(' ', '_');
}

function named(reason: string): string {
  return reason ? `: ${reason.toLowerCase().replaceAll('_', ' ')}` : '';
}

/** OpenSSL puts ALERT into the reasons that came from the other side. */
function whoEnded(context: Context): string {
  return context.errors.some(({ reason }) => reason?.includes('ALERT')) ? 'The server' : "The program's side";
}
