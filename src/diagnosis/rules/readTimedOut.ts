import { say, timeoutAdvice } from '../advice';
import { finding } from '../build';
import type { Rule } from '../context';
import { countersEvidence, failureEvidence, initiatorEvidence, sentEvidence } from '../evidence';
import { bytes, duration, statusLine } from '../wording';

/** The program's patience ended before the reply did. */
export const readTimedOut: Rule = {
  id: 'read-timed-out',
  check(context) {
    const { exchange } = context;
    const failure = context.failedIn('receive', 'timeout');
    if (!failure) return null;
    const late = context.repliedTooLate ? exchange.response : null;
    const begun = exchange.received > 0 && !late;
    const waited = duration(failure.duration);
    const request = exchange.request;
    return finding(this.id, context, {
      title: begun
        ? `${context.server} stopped in the middle of its reply; the program waited ${waited} and gave up.`
        : `${context.server} did not answer; the program waited ${waited} and gave up.`,
      side: 'server',
      summary: begun
        ? `${bytes(exchange.received)} of the reply had come when it stopped. The connection was still open; the program's own time limit ended the wait.`
        : `The connection stood${request?.complete ? ', and the request had been handed over whole' : ''}. Nothing came back, and the program's own time limit ended the wait.${late ? ` The reply, ${statusLine(late)}, came only after that.` : ''}`,
      evidence: [
        failureEvidence(exchange),
        sentEvidence(exchange),
        countersEvidence(exchange),
        initiatorEvidence(exchange),
      ],
      advice: [
        say('Look at what the server does in that time: its log, its load, what it waits for itself.'),
        timeoutAdvice(context, 'read'),
      ],
      references: [],
    });
  },
};
