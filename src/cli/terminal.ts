/** How a stream wants to be written to: colours, width, characters. */
import { usageError } from './errors';
import type { OptionValues } from './options';

export interface Appearance {
  readonly color: boolean;
  readonly width: number;
  readonly unicode: boolean;
}

const DEFAULT_WIDTH = 100;

/** @throws CliError for a --color or --width that makes no sense */
export function appearance(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  options: OptionValues,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Appearance {
  return {
    color: useColor(stream.isTTY === true, options.get('color'), env),
    width: widthOf(stream.columns, options.get('width'), env),
    unicode: platform === 'win32' || isUtf8(env),
  };
}

/** --color, then NO_COLOR (no-color.org), then FORCE_COLOR, then whether a terminal looks on. */
function useColor(isTerminal: boolean, option: string | true | undefined, env: NodeJS.ProcessEnv): boolean {
  if (option === true || option === 'always') return true;
  if (option === 'never') return false;
  if (option !== undefined && option !== 'auto') throw usageError(`--color is always, never or auto, not "${option}".`);
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

function widthOf(columns: number | undefined, option: string | true | undefined, env: NodeJS.ProcessEnv): number {
  if (option !== undefined) {
    const width = Number(option);
    if (!Number.isInteger(width) || width < 60) throw usageError('--width is a number of columns, 60 or more.');
    return width;
  }
  const set = Number(env.COLUMNS);
  return Number.isInteger(set) && set > 0 ? set : (columns ?? DEFAULT_WIDTH);
}

/** The locale's character set, found as setlocale(3) finds it. */
function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale);
}
