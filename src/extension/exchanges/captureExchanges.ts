/** The exchanges of one capture as its session tells them. Free of the editor's API. */
import type { ExchangeSummary, ExchangesBody, FindingSummary, FindingsBody, StackFrame } from '../../messages/dap';

/** An exchange with its stack in place. */
export interface RecordedExchange extends Omit<ExchangeSummary, 'stack'> {
  /** The stack that sent its first bytes or made the attempt, innermost frame first. */
  readonly frames: readonly StackFrame[];
}

/** Kept of one capture; the panel reads all of them from the capture itself. */
const MAX_EXCHANGES = 5000;
/** Stacks remembered so that exchanges share them. */
const MAX_STACKS = 1000;

export class CaptureExchanges {
  /** The session has ended; nothing will change any more. */
  ended = false;
  /** Most important first; known at the end only. An exchange's own `finding` is known as it goes. */
  findings: readonly FindingSummary[] = [];
  /** Exchanges that were given up for want of room. */
  dropped = 0;
  private readonly byId = new Map<string, RecordedExchange>();
  private readonly stacks = new Map<string, readonly StackFrame[]>();

  constructor(
    readonly folder: string,
    readonly session: { readonly id: string; readonly name: string },
    private readonly limit = MAX_EXCHANGES,
  ) {}

  /** In the order in which they were first told, which is about that in which they began. */
  get exchanges(): readonly RecordedExchange[] {
    return [...this.byId.values()];
  }

  get(id: string): RecordedExchange | undefined {
    return this.byId.get(id);
  }

  /** Takes what has changed, and gives it back with stacks. */
  update({ exchanges, stacks }: Pick<ExchangesBody, 'exchanges' | 'stacks'>): readonly RecordedExchange[] {
    const interned = stacks.map((stack) => this.intern(stack));
    const changed = exchanges.map(({ stack, ...rest }) => ({
      ...rest,
      frames: (stack === null ? undefined : interned[stack]) ?? [],
    }));
    for (const exchange of changed) this.byId.set(exchange.id, exchange);
    // a little at a time would look at all of them each time
    if (this.byId.size > this.limit * 1.2) this.shrink();
    return changed;
  }

  conclude({ findings }: Pick<FindingsBody, 'findings'>): void {
    this.findings = findings;
  }

  private intern(stack: readonly StackFrame[]): readonly StackFrame[] {
    const key = JSON.stringify(stack);
    const known = this.stacks.get(key);
    if (known) return known;
    if (this.stacks.size >= MAX_STACKS) this.stacks.clear();
    this.stacks.set(key, stack);
    return stack;
  }

  /** Gives up the oldest, those about which there is nothing to say first. */
  private shrink(): void {
    const all = this.exchanges;
    const order = [...all.filter(({ finding }) => !finding), ...all.filter(({ finding }) => finding)];
    for (const { id } of order.slice(0, all.length - this.limit)) {
      this.byId.delete(id);
      this.dropped += 1;
    }
  }
}
