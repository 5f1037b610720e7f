import { isJson } from '../../proxy/message';
import type { Ask } from './asking';
import type { KnownStop } from './stopBook';

/** debugpy's id of the frame on top at a stop; null when the thread has gone on. */
export async function topFrame(ask: Ask, stop: KnownStop): Promise<number | null> {
  if (stop.topFrame !== null) return stop.topFrame;
  const { body } = await ask('stackTrace', { threadId: stop.threadId, startFrame: 0, levels: 1 });
  const frames = isJson(body) && Array.isArray(body.stackFrames) ? body.stackFrames : [];
  const id = isJson(frames[0]) ? frames[0].id : undefined;
  if (typeof id === 'number') stop.topFrame = id;
  return stop.topFrame;
}
