import { RecentLog } from '../base/recentLog';
import { isWouldBlock } from './errorChain';
import type { ErrorChain, Frame, Sighting } from './model';

/** Sightings kept; a program that fails all the time must not fill the memory. */
const MOST = 1000;

type Seen = Omit<Sighting, 'kind' | 'stack'>;

/** The exceptions of a process in the order in which they were seen, the latest of them. */
export class SightingLog extends RecentLog<Sighting> {
  constructor() {
    super(MOST);
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
}
