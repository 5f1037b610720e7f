import { finding } from '../build';
import { certificateReason } from '../certificateReason';
import { describeError } from '../classify';
import type { Rule } from '../context';
import { certificateEvidence, failureEvidence, initiatorEvidence } from '../evidence';

/** The program's side did not accept the server's certificate. */
export const certificateRefused: Rule = {
  id: 'certificate-refused',
  check(context) {
    const { exchange } = context;
    const error = context.find('certificate');
    if (!error) return null;
    const reason = certificateReason(error, context);
    return finding(this.id, context, {
      title: reason.title,
      side: 'tls',
      summary: `${reason.explanation} The ${exchange.tls?.version ? 'connection' : 'handshake'} ended there (${describeError(error)}); nothing of the request was sent.`,
      evidence: [certificateEvidence(exchange), failureEvidence(exchange), initiatorEvidence(exchange)],
      advice: reason.advice,
      references: [reason.reference],
    });
  },
};
