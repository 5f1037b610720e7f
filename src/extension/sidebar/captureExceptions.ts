/** The exceptions of one capture as its session tells of them, and those that its threads are stopped at. */
import type { ExceptionLink, ExceptionSummary } from '../../messages/dapExceptions';

/** Kept of one capture, the latest. */
const MAX_EXCEPTIONS = 500;

/** An exception; the same object as long as it is known, so that a view can name it. */
export interface ExceptionNode {
  readonly kind: 'exception';
  summary: ExceptionSummary;
}

export class CaptureExceptions {
  private readonly byId = new Map<string, ExceptionNode>();

  /** @returns those that were there before, and whether there are new ones */
  update(exceptions: readonly ExceptionSummary[]): {
    readonly added: boolean;
    readonly changed: ReadonlySet<ExceptionNode>;
  } {
    const changed = new Set<ExceptionNode>();
    let added = false;
    for (const summary of exceptions) {
      const known = this.byId.get(summary.id);
      if (known) {
        known.summary = summary;
        changed.add(known);
      } else {
        this.byId.set(summary.id, { kind: 'exception', summary });
        added = true;
        if (this.byId.size > MAX_EXCEPTIONS) this.byId.delete(this.byId.keys().next().value as string);
      }
    }
    return { added, changed };
  }

  find(id: string): ExceptionNode | null {
    return this.byId.get(id) ?? null;
  }

  /**
   * Latest first, without those at which the program is stopped: they are the same, on their way.
   * @param stops those that threads are stopped at
   */
  latestFirst(stops: readonly ExceptionNode[]): readonly ExceptionNode[] {
    const shown = stops.flatMap(({ summary }) => [...summary.chain]);
    return [...this.byId.values()]
      .reverse()
      .filter(({ summary }) => summary.fate !== 'raised' || !shown.some((link) => isSame(link, summary.chain[0])));
  }
}

/** As far as their texts tell. */
function isSame(a: ExceptionLink, b: ExceptionLink | undefined): boolean {
  return b !== undefined && a.type === b.type && a.message === b.message && a.args.join('\n') === b.args.join('\n');
}

/** Positions in the chain of the exceptions that the one at `index` names. */
export function namedBy(chain: readonly ExceptionLink[], index: number): readonly number[] {
  return chain.flatMap((link, at) => (at > index && link.of === index ? [at] : []));
}
