/** Which debugpy to use: the one that ships with the adapter, or the interpreter's own when that is newer. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programsOnPath } from '../../launch/searchPath';
import { askInterpreter, type InterpreterFacts } from './askInterpreter';
import { debugpyMissing } from './errors';

export interface DebugpyLocation {
  readonly version: string;
  /** Folder of the package, ".../debugpy". */
  readonly package: string;
  /** The interpreter that runs debugpy's adapter. */
  readonly python: string;
  readonly bundled: boolean;
}

/** Unpacked beside the built adapter; see scripts/lib/debugpy.mjs. */
const BUNDLED_FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'debugpy');
/** The oldest Python on which the bundled debugpy's adapter runs, and the oldest whose programs it can debug. */
const ADAPTER_MINIMUM = '3.10';
const DEBUGGEE_MINIMUM = '3.8';

/**
 * For Python 3.10 and newer the newer one of the two. Below that the interpreter's own, which was made for it; the
 * bundled one can still debug 3.8 and 3.9, but its adapter needs a newer Python to run on.
 * @throws LaunchError DebugpyMissing
 */
export async function locateDebugpy(
  python: string,
  facts: InterpreterFacts,
  newerPython: () => Promise<string | null>,
  folder = BUNDLED_FOLDER,
): Promise<DebugpyLocation> {
  const isAtLeast = (minimum: string) => compareVersions(facts.version, minimum) >= 0;
  const bundled = bundledVersion(folder);
  const own = facts.debugpy && { ...facts.debugpy, python, bundled: false };
  if (own && (bundled === null || !isAtLeast(ADAPTER_MINIMUM) || compareVersions(own.version, bundled) > 0)) return own;
  if (bundled === null) throw debugpyMissing(python, facts.version, 'this build has none');
  if (!isAtLeast(DEBUGGEE_MINIMUM)) {
    throw debugpyMissing(python, facts.version, `the one in this build debugs Python ${DEBUGGEE_MINIMUM} and newer`);
  }
  const adapterPython = isAtLeast(ADAPTER_MINIMUM) ? python : await newerPython();
  if (adapterPython === null) {
    const why = `the one in this build needs Python ${ADAPTER_MINIMUM} or newer to run, and there is none on PATH`;
    throw debugpyMissing(python, facts.version, why);
  }
  return { version: bundled, package: join(folder, 'debugpy'), python: adapterPython, bundled: true };
}

/** What `locateDebugpy` gives for most interpreters: the one that ships with the adapter, on the interpreter itself. */
export function likelyDebugpy(python: string, folder = BUNDLED_FOLDER): DebugpyLocation | null {
  const bundled = bundledVersion(folder);
  return bundled === null ? null : { version: bundled, package: join(folder, 'debugpy'), python, bundled: true };
}

/** The first interpreter on PATH that is new enough to run the bundled adapter; null when there is none. */
export async function newerPythonOnPath(env: NodeJS.ProcessEnv, cwd: string): Promise<string | null> {
  const numbered = [14, 13, 12, 11, 10].map((minor) => `python3.${minor}`);
  for (const path of ['python3', 'python', ...numbered].flatMap((name) => programsOnPath(name, env, cwd))) {
    const facts = await askInterpreter(path, cwd, env).catch(() => null);
    if (facts && compareVersions(facts.version, ADAPTER_MINIMUM) >= 0) return path;
  }
  return null;
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
