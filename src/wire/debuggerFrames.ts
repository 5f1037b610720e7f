/** Leaves a debugger's own frames out of stacks: under one, every main thread begins in it. */
import type { Frame } from './model';

/** debugpy, with the pydevd that it carries; the names are those of its folders. */
const DEBUGGER =
  /[\\/]debugpy[\\/](?:_vendored[\\/]|adapter[\\/]|common[\\/]|launcher[\\/]|server[\\/]|__main__\.pyc?$)/;

/**
 * The stack without frames of the debugger, and without what lies outside the outermost one of them: that is how the
 * debugger itself was started. The same array when there are none.
 *
 * @param frames innermost first
 */
export function withoutDebugger(frames: readonly Frame[]): readonly Frame[] {
  const outermost = frames.findLastIndex(isDebugger);
  return outermost < 0 ? frames : frames.slice(0, outermost).filter((frame) => !isDebugger(frame));
}

function isDebugger({ file }: Frame): boolean {
  return DEBUGGER.test(file);
}
