// Fetches the debugpy that ships with the product: one pinned version, checked, kept in the cache, unpacked at build time.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { cache } from './paths.mjs';
import { findPythons } from './pythons.mjs';
import { runQuiet } from './run.mjs';

export const DEBUGPY_VERSION = '1.8.22';

/** SHA-256 of the wheels of this version that were looked at. A wheel of another platform is named with its sum. */
const KNOWN = {
  'debugpy-1.8.22-cp311-cp311-manylinux_2_34_x86_64.whl':
    '192b73e8d53bbd60225220c0943627bf249ac93d0ea3090e23c45f3e0ceb6a35',
};

/** The pure wheel runs everywhere; a platform's wheel adds compiled parts for one Python and is pure for all others. */
const CHOICES = [['--platform', 'any', '--implementation', 'py', '--abi', 'none'], []];

/**
 * Unpacks debugpy into `target` (".../debugpy" and its metadata under it). Returns null, or why it could not be had:
 * the product then works with interpreters that have a debugpy of their own.
 */
export async function ensureDebugpy(target) {
  const unpacked = join(cache, `debugpy-${DEBUGPY_VERSION}`);
  if (!existsSync(join(unpacked, 'debugpy', 'adapter'))) {
    const problem = await fetchInto(unpacked);
    if (problem) return problem;
  }
  rmSync(target, { recursive: true, force: true });
  cpSync(unpacked, target, { recursive: true, filter: (source) => !source.includes('__pycache__') });
  return null;
}

async function fetchInto(folder) {
  const pythons = findPythons().reverse();
  if (pythons.length === 0) return 'no Python 3.8 or newer was found to fetch it with';
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetch-'));
  try {
    process.stdout.write(`· pip download debugpy==${DEBUGPY_VERSION}\n`);
    const tried = download(pythons, work);
    const wheel = tried.wheel ?? (await downloadWithoutPip(work).catch(() => null));
    if (!wheel) return tried.problem;
    check(join(work, wheel), wheel);
    runQuiet(pythons[0].path, ['-m', 'zipfile', '-e', join(work, wheel), join(work, 'unpacked')], {
      what: 'unpacking debugpy',
    });
    // renamed when complete, so that a build that was stopped leaves nothing half done
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(work, 'unpacked'), folder);
    return null;
  } catch (error) {
    return error.message;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Tries every interpreter: each has its own pip, its own index settings and its own kind of wheel. */
function download(pythons, work) {
  let problem = '';
  for (const { path: python } of pythons) {
    for (const choice of CHOICES) {
      try {
        runQuiet(
          python,
          [
            ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--retries', '1'],
            ...['--no-deps', '--only-binary=:all:', ...choice, '-d', work, `debugpy==${DEBUGPY_VERSION}`],
          ],
          { what: `pip download debugpy==${DEBUGPY_VERSION}` },
        );
      } catch (error) {
        problem = error.message;
        continue;
      }
      const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
      if (wheel) return { wheel };
    }
  }
  return { problem };
}

/** Debian's Python comes without pip: then the index is asked directly, and its own sum is checked. */
export async function downloadWithoutPip(work, index = 'https://pypi.org') {
  const about = await fetched(`${index}/pypi/debugpy/${DEBUGPY_VERSION}/json`);
  const { filename, url, digests } = JSON.parse(about).urls.find((file) => file.filename.endsWith('-none-any.whl'));
  const wheel = await fetched(url);
  const sum = createHash('sha256').update(wheel).digest('hex');
  if (sum !== digests.sha256) throw new Error(`${filename} has the SHA-256 ${sum}, not ${digests.sha256}`);
  writeFileSync(join(work, basename(filename)), wheel);
  return basename(filename);
}

async function fetched(url) {
  const reply = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${reply.statusText}`);
  return Buffer.from(await reply.arrayBuffer());
}

function check(path, wheel) {
  const sum = createHash('sha256').update(readFileSync(path)).digest('hex');
  const expected = KNOWN[wheel];
  if (expected && sum !== expected) throw new Error(`${wheel} has the SHA-256 ${sum}, not ${expected}: it is not used`);
  if (!expected) process.stdout.write(`  ${wheel}, SHA-256 ${sum} (not among the sums on record)\n`);
}
