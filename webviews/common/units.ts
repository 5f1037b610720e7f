/** Numbers with what they count. */
import { exactBytes, grouped, shortBytes, shortTime } from '../../src/base/quantities';
import { t } from './strings';

export { exactBytes, grouped, shortBytes, shortTime };

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
