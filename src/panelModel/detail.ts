/** Everything the panel shows of one exchange, but for its bytes. */

import { ByteRange } from '../base/byteRange';
import type { Exchange } from '../decode/exchange';
import { operationsWithin } from '../decode/operations';
import { nameError } from '../diagnosis/classify';
import { streamOf } from '../export/exchangeStreams';
import type { Redactor } from '../export/redact';
import type { ExchangeDetail, OperationAt, StreamDirection } from '../messages/panel';
import type { ProcessModel } from '../wire/processModel';
import { callTreeOf } from './callTree';
import { type Clock, toMs } from './clock';
import { entryOf } from './entry';
import { factsFor } from './facts';
import { errorViewsOf, findingViewOf } from './findingView';
import { replyViewOf, requestViewOf, whyNoReply } from './messageViews';
import { rowOf } from './row';
import { streamViewOf } from './streamViews';

export interface Surroundings {
  readonly process: ProcessModel;
  readonly clock: Clock;
  readonly redactor: Redactor;
}

export async function detailOf(
  exchange: Exchange,
  { process, clock, redactor }: Surroundings,
): Promise<Omit<ExchangeDetail, 'version'>> {
  const { nodes } = callTreeOf(exchange, process, clock);
  return {
    row: rowOf(entryOf(exchange), clock, redactor),
    finding: findingViewOf(exchange, nodes, redactor),
    nodes,
    up: streamViewOf(exchange, 'up'),
    down: streamViewOf(exchange, 'down'),
    request: await requestViewOf(exchange, redactor),
    reply: await replyViewOf(exchange, redactor),
    replyMissing: whyNoReply(exchange),
    facts: factsFor(exchange, redactor),
    errors: errorViewsOf(exchange, redactor),
  };
}

/** The call that moved the byte at `offset`; for bytes received twice, the program's own. */
export function operationAtOf(
  exchange: Exchange,
  direction: StreamDirection,
  offset: number,
  { process, clock }: Surroundings,
): OperationAt | null {
  const own = streamOf(exchange, direction);
  if (!own?.range.contains(offset)) return null;
  const there = operationsWithin(own.stream, ByteRange.ofLength(offset, 1)).filter(({ range }) =>
    range.contains(offset),
  );
  const found = there.find(({ lastWords, peek }) => !lastWords && !peek) ?? there[0];
  if (!found) return null;
  return {
    operation: found.lastWords ? 'last words' : found.op,
    span: { start: found.range.start, end: found.range.end },
    node: callTreeOf(exchange, process, clock).leafOf(found),
    calls: found.calls,
    began: clock.at(exchange.process, found.at),
    duration: toMs(found.duration),
    thread: process.threads.get(found.thread) ?? `thread ${found.thread}`,
    error: found.error && nameError(found.error[0]),
    pending: found.pending,
  };
}
