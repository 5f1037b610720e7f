import { largest } from '../base/extremes';
import type { Socket } from '../wire/model';
import type { LastWords } from './exchange';

/** Most telling first: a reply that was found outweighs a later look that found nothing more. */
const ORDER: readonly LastWords['outcome'][] = ['recovered', 'not-recoverable', 'not-attempted', 'nothing-unread'];

/** What became of the unread reply, from the probe's looks at the failure and at the close. */
export function lastWordsOf(socket: Socket): LastWords | null {
  const outcome = ORDER.find((one) => socket.lastWords.some((words) => words.outcome === one));
  if (!outcome) return null;
  const telling = socket.lastWords.filter((words) => words.outcome === outcome);
  return {
    outcome,
    reason: telling.findLast(({ reason }) => reason !== null)?.reason ?? null,
    alert: socket.lastWords.find(({ alert }) => alert !== null)?.alert ?? null,
    bytes: largest(telling.map(({ bytes }) => bytes)), // a later look counts what an earlier one found again
  };
}
