/** Which debugpy to use: the one that ships with the adapter, or the interpreter's own when that is newer. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InterpreterFacts } from './askInterpreter';
import { debugpyMissing } from './errors';

export interface DebugpyLocation {
  readonly version: string;
  /** Folder of the package, ".../debugpy". */
  readonly package: string;
  readonly bundled: boolean;
}

/** Unpacked beside the built adapter; see scripts/lib/debugpy.mjs. */
const BUNDLED_FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'debugpy');
/** The oldest Python that the bundled debugpy runs on. */
const BUNDLED_MINIMUM = '3.8';

/** @throws LaunchError DebugpyMissing */
export function locateDebugpy(python: string, facts: InterpreterFacts, folder = BUNDLED_FOLDER): DebugpyLocation {
  const found = bundledVersion(folder);
  const bundled = found !== null && compareVersions(facts.version, BUNDLED_MINIMUM) >= 0 ? found : null;
  if (facts.debugpy && (bundled === null || compareVersions(facts.debugpy.version, bundled) > 0)) {
    return { ...facts.debugpy, bundled: false };
  }
  if (bundled !== null) return { version: bundled, package: join(folder, 'debugpy'), bundled: true };
  const why = found === null ? 'this build has none' : `the one in this build needs Python ${BUNDLED_MINIMUM}`;
  throw debugpyMissing(python, facts.version, why);
}

/** Version of the unpacked wheel, from its metadata's folder name; null when there is none. */
export function bundledVersion(folder: string): string | null {
  try {
    const names = readdirSync(folder);
    if (!names.includes('debugpy')) return null;
    return names.map((name) => /^debugpy-(.+)\.dist-info$/.exec(name)?.[1]).find((version) => version) ?? null;
  } catch {
    return null;
  }
}

/** Compares release numbers, "1.8.9" < "1.8.22"; what follows them does not count, and "unknown" is older than any. */
export function compareVersions(left: string, right: string): number {
  const numbers = (version: string) => (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
  const [a, b] = [numbers(left), numbers(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
