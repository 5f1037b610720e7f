/** Which lines of source an exchange is shown at. Free of the editor's API. */
import type { ExchangePlace, ExchangesNotification, PlacedExchange } from '../../messages/language';
import type { RecordedExchange } from './captureExchanges';

/** Exchanges and places told at once. */
const BATCH = 200;

/**
 * The initiator and the frames that led to it. The library's frames below it are left out: whoever reads urllib's source does not ask
 * for his own exchange there.
 */
export function placesOf({ frames, initiator }: RecordedExchange): Omit<ExchangePlace, 'exchange'>[] {
  if (initiator === null) return [];
  const first = frames.findIndex(({ file, line }) => file === initiator.file && line === initiator.line);
  if (first < 0) return [{ file: initiator.file, line: initiator.line, calls: null, initiator: true }];
  return frames.slice(first).flatMap(({ file, line }, index) => {
    if (file.startsWith('<') || line < 1) return [];
    const below = frames[first + index - 1];
    return [{ file, line, calls: below ? lastName(below.function) : null, initiator: index === 0 }];
  });
}

/** "Session.post" is called as `post`, a class by its own name. */
function lastName(qualified: string): string | null {
  const names = qualified.split('.').filter((name) => name !== '<locals>');
  const last = names.at(-1) ?? '';
  if (last === '__init__' || last === '__call__' || last === '__new__') return names.at(-2) ?? null;
  return /^[A-Za-z_]\w*$/.test(last) ? last : null;
}

export function placed(exchange: RecordedExchange, capture: string): PlacedExchange {
  const { id, method, url, status, reason, unreadReply, bytes, began, duration, error, finding, live } = exchange;
  return { id, method, url, status, reason, unreadReply, bytes, began, duration, error, finding, live, capture };
}

/** As messages of bounded size. */
export function notifications(
  exchanges: readonly { readonly capture: string; readonly of: RecordedExchange }[],
): ExchangesNotification[] {
  const messages: ExchangesNotification[] = [];
  for (let start = 0; start < exchanges.length; start += BATCH) {
    const batch = exchanges.slice(start, start + BATCH);
    messages.push({
      reset: false,
      exchanges: batch.map(({ capture, of }) => placed(of, capture)),
      places: batch.flatMap(({ of }, exchange) => placesOf(of).map((place) => ({ ...place, exchange }))),
    });
  }
  return messages;
}
