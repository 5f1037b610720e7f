/** Expected texts that are kept in files under test/golden. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from './checkout';

/** The flag that writes them anew: `npm test -- TIER --update-goldens`. */
const UPDATE = 'FRAMEWIRE_UPDATE_GOLDENS';

export interface GoldenOptions {
  readonly folder?: string;
  readonly update?: boolean;
}

/**
 * Fails unless `text` is what the file holds. A file that is missing is a failure, too: nothing is written unless the run
 * was asked to.
 * @param name path under test/golden
 */
export function expectGolden(
  name: string,
  text: string,
  { folder = join(checkout, 'test/golden'), update = process.env[UPDATE] === '1' }: GoldenOptions = {},
): void {
  const path = join(folder, name);
  if (update) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  const hint = 'If that is right, run the tier again with --update-goldens and read what has changed.';
  if (!existsSync(path)) throw new Error(`There is no test/golden/${name}. ${hint} It would hold:\n${text}`);
  const expected = readFileSync(path, 'utf8');
  if (expected !== text) throw new Error(`Not as in test/golden/${name}. ${hint}\n${difference(expected, text)}`);
}

/** The lines around the first one that differs: what was expected with -, what came with +. */
function difference(expected: string, actual: string): string {
  const [want, have] = [expected.split('\n'), actual.split('\n')];
  const at = want.findIndex((line, index) => line !== have[index]);
  const first = at < 0 ? want.length : at;
  const before = want.slice(Math.max(0, first - 3), first).map((line) => `  ${line}`);
  const minus = want.slice(first, first + 6).map((line) => `- ${line}`);
  const plus = have.slice(first, first + 6).map((line) => `+ ${line}`);
  return [`line ${first + 1}:`, ...before, ...minus, ...plus].join('\n');
}
