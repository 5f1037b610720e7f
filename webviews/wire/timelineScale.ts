/** Axes and labels of the timeline: numbers that one can read, and words that do not lie on top of each other. */
import { grouped } from '../../src/base/quantities';

/** The smallest of 1, 2 or 5 times a power of ten of which `count` cover the span. */
export function niceStep(span: number, count: number): number {
  const least = span / count;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * 0.999_999) ?? 10;
  return factor * power;
}

/** Every multiple of the step within the bounds, both included. */
export function ticksWithin(from: number, to: number, step: number): number[] {
  const ticks: number[] = [];
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + step * 1e-9; index += 1)
    ticks.push(index * step + 0); // no negative zero
  return ticks;
}

/** "+1,532.5 ms", "+12 s": as exact as steps of that many milliseconds need it. */
export function tickTime(ms: number, step: number): string {
  const [scaled, unit, by] = step >= 1000 ? [ms / 1000, 's', step / 1000] : [ms, 'ms', step];
  const decimals = Math.max(0, -Math.floor(Math.log10(by) + 1e-9));
  const whole = Math.trunc(Math.abs(scaled) + 10 ** -(decimals + 3));
  const rest = decimals === 0 ? '' : Math.abs(scaled).toFixed(decimals).replace(/^\d+/, '');
  return `+${decimals === 0 ? grouped(Math.round(scaled)) : `${grouped(whole)}${rest}`} ${unit}`;
}

export interface Word {
  readonly x: number;
  /** One sign that may stand alone. */
  readonly symbol: string;
  readonly text: string;
}

export interface PlacedWord {
  readonly x: number;
  readonly row: number;
  readonly anchor: 'start' | 'end';
  readonly text: string;
}

/** Between two words in one row, and between a word and its line, in pixels. */
const GAP = 6;
/** Fewer letters tell nothing. */
const FEWEST = 8;

/**
 * Finds a place for each word at its moment, to the right of it or to the left, in one of the rows; shortens what has too little
 * room, to its symbol at worst.
 * @param letter width of a letter in pixels
 */
export function placeWords(
  words: readonly Word[],
  { left, right, rows, letter }: { left: number; right: number; rows: number; letter: number },
): PlacedWord[] {
  const taken: [number, number][][] = Array.from({ length: rows }, () => []);
  const width = (text: string) => [...text].length * letter + GAP;
  const isFree = (row: number, from: number, to: number) =>
    from >= left && to <= right && (taken[row] ?? []).every(([start, end]) => to <= start || from >= end);
  const room = ({ x }: Word) => Math.floor((Math.max(right - x, x - left) - GAP) / letter);
  return words.map((word) => {
    const whole = `${word.symbol} ${word.text}`;
    const most = room(word);
    const short = most >= FEWEST && most < [...whole].length ? `${[...whole].slice(0, most - 1).join('')}…` : null;
    for (const text of [whole, short, word.symbol]) {
      if (text === null) continue;
      for (let row = 0; row < rows; row += 1) {
        for (const anchor of ['start', 'end'] as const) {
          const [from, to] = anchor === 'start' ? [word.x, word.x + width(text)] : [word.x - width(text), word.x];
          if (!isFree(row, from, to)) continue;
          taken[row]?.push([from, to]);
          return { x: word.x + (anchor === 'start' ? 3 : -3), row, anchor, text };
        }
      }
    }
    return { x: word.x + 3, row: rows - 1, anchor: 'start', text: word.symbol };
  });
}
