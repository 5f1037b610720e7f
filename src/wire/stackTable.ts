import { withoutDebugger } from './debuggerFrames';
import type { Frame } from './model';

/** Frames of a resolved stack; what lies deeper is cut. */
const MAX_DEPTH = 2000;

interface Code {
  readonly file: string;
  readonly name: string;
}

/** The interned code objects and stacks of one process. Each distinct stack is resolved once, and only when asked for. */
export class StackTable {
  private readonly codes = new Map<number, Code>();
  private readonly stacks = new Map<number, { readonly base: number; readonly frames: Uint32Array }>();
  private readonly resolved = new Map<number, readonly Frame[]>();
  private readonly frameCache = new Map<number, Map<number, Frame>>();

  addCode(id: number, file: string, name: string): void {
    if (!this.codes.has(id)) this.codes.set(id, { file, name });
  }

  /** @param frames pairs of code id and line, innermost first */
  addStack(id: number, base: number, frames: Uint32Array): void {
    if (id !== 0 && !this.stacks.has(id)) this.stacks.set(id, { base, frames });
  }

  /** The whole stack but for a debugger's frames, innermost first; empty for 0 and for ids that were never introduced. */
  frames(stackId: number): readonly Frame[] {
    const known = this.resolved.get(stackId);
    if (known) return known;
    const result: Frame[] = [];
    const seen = new Set<number>(); // a damaged capture may name a stack as its own base
    for (let id = stackId; id !== 0 && !seen.has(id) && result.length < MAX_DEPTH; ) {
      seen.add(id);
      const stack = this.stacks.get(id);
      if (!stack) break;
      for (let index = 0; index < stack.frames.length && result.length < MAX_DEPTH; index += 2) {
        const frame = this.frame(stack.frames[index] as number, stack.frames[index + 1] as number);
        if (frame) result.push(frame);
      }
      id = stack.base;
    }
    const frames = withoutDebugger(result);
    if (this.stacks.has(stackId)) this.resolved.set(stackId, frames);
    return frames;
  }

  /** One frame, shared by everything that names it; `null` for a code id that was never introduced. */
  frame(codeId: number, line: number): Frame | null {
    const code = this.codes.get(codeId);
    if (!code) return null;
    let lines = this.frameCache.get(codeId);
    if (!lines) {
      lines = new Map();
      this.frameCache.set(codeId, lines);
    }
    let frame = lines.get(line);
    if (!frame) {
      frame = { file: code.file, line, function: code.name };
      lines.set(line, frame);
    }
    return frame;
  }
}
