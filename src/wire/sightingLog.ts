import { isWouldBlock } from './errorChain';
import type { ErrorChain, Frame, Sighting } from './model';

/** Sightings kept; a program that fails all the time must not fill the memory. */
const MOST = 1000;

type Seen = Omit<Sighting, 'kind' | 'stack'>;

/** The exceptions of a process in the order in which they were seen, the latest of them. */
export class SightingLog {
  private entries: Sighting[] = [];
  /** Number of those that are not kept any more. */
  private forgotten = 0;

  /** All that were ever seen: the place to go on from. */
  get end(): number {
    return this.forgotten + this.entries.length;
  }

  /** Those from the `start`-th on, as far as they are kept. */
  since(start: number): readonly Sighting[] {
    return this.entries.slice(Math.max(0, start - this.forgotten));
  }

  /** @param stack resolved only for what is kept: most failing operations merely would have blocked */
  operation(seen: Seen, stack: () => readonly Frame[]): void {
    if (isWouldBlock(seen.chain)) return;
    this.add({ ...seen, kind: 'operation', stack: stack() });
  }

  library(kind: 'call' | 'raise', seen: Omit<Sighting, 'kind' | 'socket'>): void {
    if (!isWouldBlock(seen.chain)) this.add({ ...seen, kind, socket: 0 });
  }

  uncaught(chain: ErrorChain, at: number, thread: number): void {
    this.add({ chain, at, thread, scope: 0, where: null, kind: 'uncaught', socket: 0, stack: [] });
  }

  private add(sighting: Sighting): void {
    this.entries.push(sighting);
    if (this.entries.length < 2 * MOST) return;
    this.forgotten += MOST;
    this.entries = this.entries.slice(MOST);
  }
}
