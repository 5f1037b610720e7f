/** The exception of a stop in full, as `framewireException` gives it. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Exchange } from '../../../decode/exchange';
import type { ExceptionSummary } from '../../../messages/dapExceptions';
import { parseErrorChain } from '../../../wire/errorChain';
import type { ErrorChain, Frame } from '../../../wire/model';
import { StackTable } from '../../../wire/stackTable';
import { isJson } from '../../proxy/message';
import { summarizeChain } from '../exceptionSummary';
import type { Ask } from './asking';
import type { Link } from './exceptionDetails';
import type { KnownStop } from './stopBook';

/** Frames asked for. */
const MOST_FRAMES = 200;

/**
 * @param chain as the probe describes it; null where there is none in the program
 * @param exchange the one that it broke, when the capture knows it
 */
export async function stoppedException(
  ask: Ask,
  stop: KnownStop,
  chain: readonly Link[] | null,
  exchange: Exchange | null,
): Promise<ExceptionSummary | null> {
  const { told, threadId } = stop;
  if (told && told.exception === null) return null;
  const described = chain ?? told?.exception?.chain ?? (await debuggersOwn(ask, threadId));
  const parsed: ErrorChain | null = parseErrorChain({ chain: described }, new StackTable());
  if (!parsed) return null;
  return {
    id: `stop/${threadId}`,
    process: exchange?.process.file ?? null,
    pid: exchange?.process.pid ?? null,
    fate: 'stopped',
    at: null,
    where: told?.frame.function ?? null,
    exchange: exchange?.id ?? null,
    chain: summarizeChain(parsed, await stackOf(ask, threadId), '$exception'),
  };
}

/** What debugpy says of it: no more than type and text. */
async function debuggersOwn(ask: Ask, threadId: number): Promise<readonly Link[]> {
  const { success, body } = await ask('exceptionInfo', { threadId });
  if (!success || !isJson(body)) return [];
  const { exceptionId, details } = body as Partial<DebugProtocol.ExceptionInfoResponse['body']>;
  const type = String(details?.typeName ?? exceptionId ?? 'Exception');
  const dot = type.lastIndexOf('.');
  const message = typeof details?.message === 'string' ? details.message : null;
  return [{ type: type.slice(dot + 1), module: type.slice(0, Math.max(dot, 0)), message }];
}

async function stackOf(ask: Ask, threadId: number): Promise<readonly Frame[]> {
  const { body } = await ask('stackTrace', { threadId, startFrame: 0, levels: MOST_FRAMES });
  const frames =
    isJson(body) && Array.isArray(body.stackFrames) ? (body.stackFrames as DebugProtocol.StackFrame[]) : [];
  return frames.map(({ name, line, source }) => ({ file: source?.path ?? '<unknown>', line, function: name }));
}
