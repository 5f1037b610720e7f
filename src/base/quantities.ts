/** Numbers with what they count, as every surface writes them. */

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
