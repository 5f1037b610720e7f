import { say } from '../advice';
import { finding } from '../build';
import { classify, describeError } from '../classify';
import type { Rule } from '../context';
import { connectEvidence, countersEvidence, failureEvidence, initiatorEvidence, sentEvidence } from '../evidence';

const OPAQUE =
  ' What went over this connection is not HTTP that could be read (TLS that the program does by itself is one such case), so its meaning cannot be told.';

/** A failure that no rule has words for: said as it is, without a guess. */
export const operationFailed: Rule = {
  id: 'operation-failed',
  check(context) {
    const { exchange } = context;
    const { failure } = exchange;
    // inside TLS that is not known, connections end in many ways that the program takes as they come
    const unseen = exchange.scheme === 'tls' && exchange.tls === null && !exchange.request && !exchange.raised;
    if (!failure || unseen || exchange.response?.readByProgram || classify(failure.error[0]) === 'would-block')
      return null;
    const [error] = failure.error;
    const opaque = exchange.request === null && (failure.phase === 'send' || failure.phase === 'receive');
    return finding(this.id, context, {
      title: `${failure.operation} on the connection to ${context.server} failed: ${describeError(error)}.`,
      side: failure.phase === 'tls' ? 'tls' : 'network',
      // without a library call on record nobody knows whether the program minded
      severity: exchange.raised ? 'error' : 'warning',
      summary: `The exchange ended with this error in ${failure.operation}.${opaque ? OPAQUE : ''}`,
      evidence: [
        connectEvidence(exchange),
        failureEvidence(exchange),
        sentEvidence(exchange),
        countersEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [say('See the exception chain and the frames for where it came up.')],
      references: [],
    });
  },
};
