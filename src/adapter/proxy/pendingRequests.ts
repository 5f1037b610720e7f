/** Requests that wait for an answer, by the number under which they were sent on. */
import type { Request, Response } from './message';

type Waiting =
  | { readonly from: 'peer'; readonly request: Request }
  | { readonly from: 'us'; readonly settle: (response: Response) => void };

/** The requests sent to one side of the relay: those of the other side, and our own. */
export class PendingRequests {
  private readonly waiting = new Map<number, Waiting>();

  /** Notes that `request` of the other side went out under the number `seq`. */
  relayed(seq: number, request: Request): void {
    this.waiting.set(seq, { from: 'peer', request });
  }

  /** Notes a request of our own; `settle` gets its answer, and must be given one in the end. */
  own(seq: number, settle: (response: Response) => void): void {
    this.waiting.set(seq, { from: 'us', settle });
  }

  /** The relayed request that `response` answers; null when it was ours (it is settled) or nobody's. */
  answer(response: Response): Request | null {
    const entry = this.waiting.get(response.request_seq);
    this.waiting.delete(response.request_seq);
    if (entry?.from === 'us') entry.settle(response);
    return entry?.from === 'peer' ? entry.request : null;
  }

  isOwn(response: Response): boolean {
    return this.waiting.get(response.request_seq)?.from === 'us';
  }

  /** Whether a request of the other side with one of these commands waits. */
  has(...commands: string[]): boolean {
    return [...this.waiting.values()].some(
      (entry) => entry.from === 'peer' && commands.includes(entry.request.command),
    );
  }

  /** Gives up on all: settles our own as failed and returns those of the other side, oldest first. */
  drain(message: string): Request[] {
    const entries = [...this.waiting];
    this.waiting.clear();
    const requests: Request[] = [];
    for (const [seq, entry] of entries) {
      if (entry.from === 'peer') requests.push(entry.request);
      else entry.settle({ seq: 0, type: 'response', request_seq: seq, command: '', success: false, message });
    }
    return requests;
  }
}
