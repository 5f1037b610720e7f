import type { ProcessInfo } from '../wire/model';

/**
 * Turns a process's monotonic nanoseconds into milliseconds since the capture began. All processes of a capture ran on
 * one machine; their monotonic clocks may still differ (a container), so that each is anchored by its wall clock.
 */
export class Clock {
  private readonly zero: bigint;
  /** Nanoseconds between the capture's beginning and each process's: asked for with every row. */
  private readonly offsets = new Map<Pick<ProcessInfo, 'wallBase' | 'monotonicBase'>, number>();

  /** @param processes in the order in which they began */
  constructor(processes: readonly ProcessInfo[]) {
    this.zero =
      processes.reduce<bigint | null>(
        (least, { wallBase }) => (least === null || wallBase < least ? wallBase : least),
        null,
      ) ?? 0n;
  }

  at(process: Pick<ProcessInfo, 'wallBase' | 'monotonicBase'>, monotonic: number): number {
    let offset = this.offsets.get(process);
    if (offset === undefined) {
      offset = Number(process.wallBase - this.zero);
      this.offsets.set(process, offset);
    }
    return (offset + (monotonic - process.monotonicBase)) / 1e6;
  }
}

/** Nanoseconds as milliseconds. */
export const toMs = (nanoseconds: number): number => nanoseconds / 1e6;
