/** Stacks of programs whose event loop sends what another task has asked for. */
import type { Frame } from '../wire/model';

/** The frame in which asyncio's loop calls back: what is outside of it has asked for nothing. */
const isCallback = ({ file, function: name }: Frame): boolean =>
  /[\\/]asyncio[\\/]events\.py$/.test(file) && /(?:^|\.)_run$/.test(name);

/**
 * A stack with who asked for what it does: where the event loop made the call, and not for the task that asked, its own
 * frames are followed by those of `origin`, as a browser joins the stacks of asynchronous calls.
 *
 * @param frames innermost first
 * @param origin the stack on which it was asked for, innermost first
 */
export function joinStacks(frames: readonly Frame[], origin: readonly Frame[]): readonly Frame[] {
  const called = frames.findIndex(isCallback);
  const outermost = frames[called - 1];
  if (!outermost || origin.length === 0) return frames;
  const asked = origin.findIndex(isCallback);
  const task = asked < 0 ? origin : origin.slice(0, asked);
  const same = task.some((frame) => frame.file === outermost.file && frame.function === outermost.function);
  return same ? frames : [...frames.slice(0, called), ...origin];
}
