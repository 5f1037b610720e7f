/** What is known of the threads that are stopped at an exception or a wire breakpoint. */
import type { WireStop } from '../../../messages/wireBreakpoints';
import { isJson, type Json } from '../../proxy/message';

export interface KnownStop {
  readonly threadId: number;
  /** What the probe told of it; null for a stop that debugpy made by itself. */
  readonly told: WireStop | null;
  /** debugpy's id of the frame on top; null until a client has asked for the stack. */
  topFrame: number | null;
  /** Path of its source, as the client knows it; null likewise. */
  topSource: string | null;
}

export class StopBook {
  /** Told by the probe, while their `stopped` event is still to come. */
  private readonly told = new Map<number, WireStop>();
  private readonly stops = new Map<number, KnownStop>();
  private readonly threadOfFrame = new Map<number, number>();

  tell(stop: WireStop): void {
    this.told.set(stop.threadId, stop);
  }

  /** Takes note of a `stopped` event; returns its body as the client is to see it. */
  stopped(body: Json): Json {
    const threadId = Number(body.threadId);
    const told = this.told.get(threadId) ?? null;
    this.told.delete(threadId);
    this.stops.delete(threadId);
    if (told === null && body.reason !== 'exception') return body;
    this.stops.set(threadId, { threadId, told, topFrame: null, topSource: null });
    return told === null ? body : { ...body, reason: 'exception', description: told.text, text: told.text };
  }

  /** Takes note of a stack as the client was given it. */
  stack(threadId: number, startFrame: number, frames: unknown): void {
    const stop = this.stops.get(threadId);
    if (!stop || !Array.isArray(frames)) return;
    for (const [index, frame] of frames.entries()) {
      if (!isJson(frame) || typeof frame.id !== 'number') continue;
      this.threadOfFrame.set(frame.id, threadId);
      if (index + startFrame > 0) continue;
      stop.topFrame = frame.id;
      if (isJson(frame.source) && typeof frame.source.path === 'string') stop.topSource = frame.source.path;
    }
  }

  ofThread(threadId: unknown): KnownStop | null {
    return this.stops.get(Number(threadId)) ?? null;
  }

  ofFrame(frameId: unknown): KnownStop | null {
    const thread = this.threadOfFrame.get(Number(frameId));
    return thread === undefined ? null : this.ofThread(thread);
  }

  /** The program goes on: debugpy lets all threads go at once. */
  resumed(): void {
    this.stops.clear();
    this.threadOfFrame.clear();
  }
}
