import type { ProcessInfo } from '../../wire/model';

/** A moment of a process's monotonic clock as ISO 8601, to the millisecond. */
export function wallTime({ wallBase, monotonicBase }: ProcessInfo, monotonic: number): string {
  const milliseconds = Number(wallBase / 1_000_000n) + (monotonic - monotonicBase) / 1e6;
  const date = new Date(Math.round(milliseconds));
  // a damaged capture may say anything
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
