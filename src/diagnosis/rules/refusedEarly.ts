import type { ResponseMessage } from '../../decode/exchange';
import { readEarlyReply, statusAdvice } from '../advice';
import { finding } from '../build';
import { nameError } from '../classify';
import type { Context, Rule } from '../context';
import {
  countersEvidence,
  failureEvidence,
  initiatorEvidence,
  lastWordsEvidence,
  replyEvidence,
  sentEvidence,
} from '../evidence';
import { RFC, statusReference } from '../references';
import { bytes, grouped, statusLine } from '../wording';

/** The server said why and hung up; the library noticed the hanging up only. */
export const refusedEarly: Rule = {
  id: 'refused-early',
  check(context) {
    const { exchange } = context;
    const { response } = exchange;
    if (response?.readByProgram !== false || response.status < 400) return null;
    if ((!exchange.failure && !context.wasCut) || context.repliedTooLate) return null;
    return finding(this.id, context, {
      title: `The server ${refusal(response)} (${statusLine(response)}) and closed the connection; ${context.clientName} reported only the broken connection.`,
      side: 'server',
      summary: summary(context, response),
      evidence: [
        [replyEvidence(exchange, response)],
        failureEvidence(exchange),
        sentEvidence(exchange),
        countersEvidence(exchange),
        lastWordsEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [...statusAdvice(context, response), ...readEarlyReply(context)],
      references: [statusReference(response.status), RFC.earlyReply, RFC.tearDown],
    });
  },
};

/** What a status says about the request, as a verb. */
export function refusal({ status }: Pick<ResponseMessage, 'status'>): string {
  if (status === 411 || status === 413 || status === 415 || status === 422) return 'refused the body';
  if (status === 408) return 'stopped waiting for the request';
  if (status >= 500) return 'failed to handle the request';
  return 'refused the request';
}

function summary(context: Context, response: ResponseMessage): string {
  const { failure, bytes: counts, request } = context.exchange;
  const accepted = counts.accepted.value;
  const size = context.requestSize;
  const far =
    accepted !== null && size !== null && accepted < size
      ? ` when ${counts.accepted.derived ? 'about ' : ''}${grouped(accepted)} of ${bytes(size)} had left the program`
      : '';
  const early = response.early || request?.complete === false ? ' before the body was sent whole' : '';
  const error = failure ? `, so the next ${failure.operation} failed with ${nameError(failure.error[0])}` : '';
  return `The server answered ${statusLine(response)}${early} and closed the connection${far}${error}. ${
    context.clientName === 'the program' ? 'The program' : context.clientName
  } gave up at that error; the reply lay unread in the receive buffer.`;
}
