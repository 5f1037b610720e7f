/**
 * The order in which VS Code gets the stacks that it asks for at an exception.
 *
 * It asks for the frame on top, opens its source, and then shows its exception widget if the focused frame is still the first of
 * the thread's call stack: the same object (debugEditorContribution.ts, toggleExceptionWidget). Meanwhile the Call Stack view,
 * which has seen an empty stack, may ask for the whole of it; the answer replaces the object, and there is no widget. That
 * answer waits until the widget has asked for its text.
 */
import { resolvesWithin } from '../../proxy/time';

/** Milliseconds, for an editor that shows no widget: the stop is not in the session that it shows, for instance. */
const PATIENCE = 4_000;

interface Turn {
  /** The frame on top has been asked for by itself. */
  topAsked: boolean;
  readonly informed: Promise<void>;
  readonly inform: () => void;
}

export class StackTurns {
  private readonly turns = new Map<number, Turn>();

  constructor(private readonly patience = PATIENCE) {}

  /** A thread has stopped at an exception. */
  stopped(threadId: number): void {
    this.informed(threadId);
    let inform: () => void = () => undefined;
    const informed = new Promise<void>((resolve) => {
      inform = resolve;
    });
    this.turns.set(threadId, { topAsked: false, informed, inform });
  }

  /** The client asks for a stack; null when it may have it at once, else when it may. */
  asked(threadId: number, startFrame: number, levels: number): Promise<unknown> | null {
    const turn = this.turns.get(threadId);
    if (!turn || startFrame > 0) return null;
    if (turn.topAsked && levels !== 1) return resolvesWithin(turn.informed, this.patience);
    turn.topAsked ||= levels === 1;
    return null;
  }

  /** The client asks what the exception is. */
  informed(threadId: number): void {
    this.turns.get(threadId)?.inform();
    this.turns.delete(threadId);
  }

  /** The program goes on. */
  resumed(): void {
    for (const threadId of [...this.turns.keys()]) this.informed(threadId);
  }
}
