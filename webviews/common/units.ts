/** Numbers with what they count. */
import { t } from './strings';

const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** "12,444,474" */
export const grouped = (value: number): string => thousands.format(value);

/** "12,444,474 B" */
export const exactBytes = (value: number): string => `${grouped(value)} B`;

/** "12.4 MB", decimal units, three digits. */
export function shortBytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let scaled = value;
  let unit = '';
  for (const next of units) {
    scaled /= 1000;
    unit = next;
    if (scaled < 999.5) break;
  }
  return `${scaled < 99.95 ? scaled.toFixed(1) : Math.round(scaled)} ${unit}`;
}

/** "1.2 s", "85 ms", "0.3 ms" from milliseconds. */
export function shortTime(ms: number): string {
  if (ms < 0.01) return `${Math.max(0, Math.round(ms * 1000))} µs`;
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** "≥ ≈ 115,906 B": a count with what it is worth. */
export function countText({
  value,
  derived,
  atLeast,
}: {
  value: number | null;
  derived: boolean;
  atLeast: boolean;
}): string {
  if (value === null) return t('unknown');
  return `${atLeast ? '≥ ' : ''}${derived ? '≈ ' : ''}${exactBytes(value)}`;
}

/** Last component of a path, and its folder for things called the same everywhere. */
export function shortFile(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}

export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
