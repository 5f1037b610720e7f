import type { ErrorInfo } from '../../wire/model';
import { say } from '../advice';
import { finding } from '../build';
import { describeError, nameError } from '../classify';
import type { Context, Rule } from '../context';
import { failureEvidence, initiatorEvidence, lastWordsEvidence } from '../evidence';
import { RFC } from '../references';

const REQUIRED = /ALERT_CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE|ALERT_NO_CERTIFICATE/;
const REJECTED = /ALERT_(UNKNOWN_CA|CERTIFICATE_(EXPIRED|REVOKED|UNKNOWN)|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/;

/** The server refused the program's certificate, or wants one. In TLS 1.3 this arrives with the first read. */
export const clientCertificateRequired: Rule = {
  id: 'client-certificate',
  check(context) {
    const { exchange } = context;
    const heard = context.errors.find(({ reason }) => isAbout(reason)) ?? afterItsOwn(context);
    // a send that failed before the alert was read
    const unheard = isAbout(exchange.lastWords?.alert ?? null) ? exchange.lastWords?.alert : null;
    const alert = heard?.reason ?? unheard;
    if (!alert) return null;
    const rejected = REJECTED.test(alert);
    const words = heard ? describeError(heard) : `${alert}, which lay unread when the program met ${nameOf(context)}`;
    return finding(this.id, context, {
      title: rejected
        ? `${context.server} did not accept the certificate that the program presented.`
        : `${context.server} ${REQUIRED.test(alert) ? 'asks' : 'most likely asks'} for a client certificate.`,
      side: 'tls',
      summary:
        REQUIRED.test(alert) || rejected
          ? `The server ended the TLS connection with an alert about the program's own certificate (${words}).`
          : `The server had chosen the encryption and shown its own certificate; then it broke the handshake off (${words}). That is how TLS 1.2 refuses a client that has no certificate to show.`,
      evidence: [
        failureEvidence(exchange),
        ...(heard ? [] : [lastWordsEvidence(exchange)]),
        initiatorEvidence(exchange),
      ],
      advice: [
        rejected
          ? say('Check that the client certificate has not expired, and that its issuer is the one this server trusts.')
          : say(
              'Give the program the client certificate and key that this server expects.',
              loadLine(context.client?.name),
            ),
      ],
      references: [RFC.clientCertificate, RFC.tlsAlerts],
    });
  },
};

const isAbout = (reason: string | null): boolean => reason !== null && (REQUIRED.test(reason) || REJECTED.test(reason));

/** What was to be agreed on was agreed on when a server shows its certificate in TLS 1.2. */
function afterItsOwn({ exchange, errors }: Context): ErrorInfo | undefined {
  if (!exchange.tls?.certificate) return undefined;
  return errors.find(({ reason }) => reason !== null && /ALERT_HANDSHAKE_FAILURE/.test(reason));
}

const nameOf = ({ rootError }: Context): string => (rootError ? nameError(rootError) : 'the end of the connection');

function loadLine(client: string | undefined): string {
  if (client === 'requests') return 'requests.get(url, cert=("client.pem", "client.key"))';
  return 'context.load_cert_chain("client.pem", "client.key")';
}
