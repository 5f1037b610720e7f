/** What a probe tells of a stop, and a debugger that answers as it is told. */
import { type ExchangeLookup, RecordedExchanges } from '../../../../../src/adapter/features/recordedExchanges';
import type { Ask } from '../../../../../src/adapter/features/stops/asking';
import type { Json, Response } from '../../../../../src/adapter/proxy/message';
import type { Exchange } from '../../../../../src/decode/exchange';
import type { WireStop } from '../../../../../src/messages/wireBreakpoints';
import { CaptureReader } from '../../../../../src/wire/reader';
import { refused } from '../conversations';

export const BROKEN = {
  type: 'BrokenPipeError',
  module: 'builtins',
  args: ['32', "'Broken pipe'"],
  message: '[Errno 32] Broken pipe',
  errno: 32,
  errnoName: 'EPIPE',
};

export const STOP: WireStop = {
  version: 1,
  threadId: 4,
  threadIdent: 99,
  breakpoint: 'wire.failed',
  kind: 'filter',
  text: 'BrokenPipeError: [Errno 32] Broken pipe, after the server had already replied 413 Request Entity Too Large',
  exception: { type: 'BrokenPipeError', message: BROKEN.message, chain: [BROKEN] },
  frame: { file: '/lib/http/client.py', line: 10, function: 'send' },
  socket: 1,
  exchange: {
    host: 'localhost',
    port: 8080,
    address: '127.0.0.1',
    method: 'POST',
    path: '/upload',
    status: 413,
    statusLine: '413 Request Entity Too Large',
    readByProgram: false,
    handed: 1_000_108,
    accepted: 1208,
    acknowledged: null,
    announced: 1_000_000,
    elapsed: 0.5,
    unreadFor: 11,
    lastWords: { outcome: 'recovered', reason: null, bytes: 69 },
  },
};

/** A refused upload as the capture has it. */
export async function refusedExchange(): Promise<{
  recorded: ExchangeLookup;
  exchange: Exchange;
  remove(): void;
}> {
  const { folder } = refused();
  const recorded = new RecordedExchanges(await CaptureReader.begin(folder.path));
  await recorded.readOn();
  const exchange = await recorded.exchange(recorded.lines()[0]?.id ?? '');
  if (!exchange) throw new Error('the capture has no exchange');
  return { recorded, exchange, remove: () => folder.remove() };
}

/** Answers with bodies by command, an Error for a failure, and notes what it was asked. */
export function scriptedAsk(script: Record<string, (args: Json) => unknown>): { ask: Ask; asked: [string, Json][] } {
  const asked: [string, Json][] = [];
  const ask: Ask = async (command, args = {}) => {
    asked.push([command, args]);
    const body = script[command]?.(args);
    const common = { seq: 1, type: 'response', request_seq: 1, command } as const;
    const failed: Response | null = body instanceof Error ? { ...common, success: false, message: body.message } : null;
    return failed ?? { ...common, success: true, body };
  };
  return { ask, asked };
}
