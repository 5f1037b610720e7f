/** OpenSSL's reasons to refuse a certificate (X509_V_ERR_*, x509_vfy.h) in words, with what to do about each. */
import { isIP } from 'node:net';
import type { ErrorInfo } from '../wire/model';
import { say, trustAdvice } from './advice';
import type { Context } from './context';
import type { Advice } from './finding';
import { RFC } from './references';
import { listed } from './wording';

export interface CertificateReason {
  readonly title: string;
  readonly explanation: string;
  readonly advice: readonly Advice[];
  readonly reference: string;
}

/** The reason in the words for this server, certificate and library. */
export function certificateReason(error: ErrorInfo, context: Context): CertificateReason {
  const { exchange } = context;
  const certificate = exchange.tls?.certificate ?? null;
  const host = exchange.tls?.serverName ?? exchange.host ?? exchange.peer?.address ?? 'the server';
  const path = RFC.certificatePath;
  const clock = say("Check this machine's clock as well: a wrong date makes good certificates look bad.");
  const code = verifyCodeOf(error, host);
  switch (code) {
    case 9: {
      const from = certificate ? ` before ${certificate.notBefore.slice(0, 10)}` : ' yet';
      return {
        title: `The certificate of ${context.server} is not valid${from}.`,
        explanation: 'The program refused it because its time has not begun.',
        advice: [clock, say('If the clock is right, the server uses its new certificate too early.')],
        reference: path,
      };
    }
    case 10: {
      const on = certificate ? ` on ${certificate.notAfter.slice(0, 10)}` : '';
      return {
        title: `The certificate of ${context.server} expired${on}.`,
        explanation: 'The program refused it because its time is over.',
        advice: [say('Renew the certificate on the server (and reload it), or ask whoever runs it.'), clock],
        reference: path,
      };
    }
    case 18:
      return {
        title: `The certificate of ${context.server} is self-signed, and the program does not trust it.`,
        explanation: 'It vouches for itself, and none of the authorities that the program trusts does.',
        advice: [trustAdvice(context), interceptAdvice],
        reference: path,
      };
    case 19:
      return {
        title: `The certificate of ${context.server} comes from an authority that the program does not trust.`,
        explanation:
          "Its chain ends in a self-signed root that is not among the trusted ones: a company's own authority, or something on the way that opens TLS (a proxy, a virus scanner).",
        advice: [trustAdvice(context), interceptAdvice],
        reference: path,
      };
    case 2:
    case 20:
    case 21:
      return {
        title: `Nobody that the program trusts vouches for the certificate of ${context.server}.`,
        explanation:
          'The issuer of its certificate is not known here: the server does not send its intermediate certificate, or the issuer is not among the trusted ones.',
        advice: [
          say(
            'See which certificates the server sends; a missing intermediate is to be added there.',
            chainCommand(context, host),
          ),
          trustAdvice(context),
          ...(exchange.process.platform === 'darwin'
            ? [
                say(
                  'A Python from python.org has no authorities until its "Install Certificates.command" was run once.',
                ),
              ]
            : []),
        ],
        reference: path,
      };
    case 23:
      return {
        title: `The certificate of ${context.server} has been revoked.`,
        explanation: 'Its issuer has withdrawn it.',
        advice: [say('The server needs a new certificate. Do not go around this one: its key may be in wrong hands.')],
        reference: path,
      };
    case 62:
    case 64: {
      const names = certificate?.names ?? [];
      const valid = names.length > 0 ? ` It is for ${listed(names)}.` : '';
      const address = code === 64;
      return {
        title: `The certificate of ${context.server} is for another ${address ? 'address' : 'name'} than ${host}.`,
        explanation: `The program asked for ${host}, and the certificate does not name it.${valid}`,
        advice: [
          say(
            names.length > 0
              ? `Use a name that the certificate has (${listed(names, 'or')}), or have ${host} added to it.`
              : `Have ${host} added to the certificate, or use a name that it has.`,
          ),
          ...(address ? [say('Certificates rarely name addresses: use the host name in the URL.')] : []),
        ],
        reference: RFC.hostName,
      };
    }
    default: {
      const said = error.verifyMessage ?? error.message;
      return {
        title: `The certificate of ${context.server} was not accepted${error.verifyMessage ? `: ${error.verifyMessage}` : ''}.`,
        explanation: said ? `OpenSSL says: ${said}.` : 'OpenSSL gives no reason.',
        advice: [
          say('See which certificates the server sends.', chainCommand(context, host)),
          ...WEAK_ADVICE(error.verifyCode),
        ],
        reference: path,
      };
    }
  }
}

/** X509_V_ERR_HOSTNAME_MISMATCH or …_IP_ADDRESS_MISMATCH also where a library found that out by itself. */
function verifyCodeOf(error: ErrorInfo, host: string): number | null {
  if (error.verifyCode !== null || error.type !== 'CertificateError') return error.verifyCode;
  return isIP(host) === 0 ? 62 : 64;
}

const interceptAdvice = say('If you do not know it, do not trust it: something on the way may be reading along.');

/** 66 to 68: key, authority key or digest too weak for the security level. */
const WEAK_ADVICE = (code: number | null): Advice[] =>
  code !== null && code >= 66 && code <= 68
    ? [
        say(
          "A key or signature in the chain is too weak for this system's OpenSSL: the server needs a new certificate.",
        ),
      ]
    : [];

function chainCommand(context: Context, host: string): string {
  const { port, peer } = context.exchange;
  // hosts come from the wire: only what is safe to paste into a shell is put into a command
  const safe = /^[A-Za-z0-9.:_-]+$/.test(host) && !host.startsWith('-') ? host : 'HOST';
  return `openssl s_client -connect ${safe}:${port ?? peer?.port ?? 443} -servername ${safe} -showcerts </dev/null`;
}
