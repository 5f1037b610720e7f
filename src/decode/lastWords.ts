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

/**
 * Nothing waited in the receive queue when an operation failed: what was found later had come later.
 * @param since when the operation began
 */
export function cameAfterFailure(
  { lastWords, counters }: Pick<Socket, 'lastWords' | 'counters'>,
  since: number,
): boolean {
  // the look comes first, and may leave nothing for the system to count
  if (lastWords.some(({ moment, outcome }) => moment === 'failed' && outcome === 'recovered')) return false;
  return counters.some(({ moment, at, unread }) => moment === 'failed' && at >= since && unread === 0);
}
