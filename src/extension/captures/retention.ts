/** Deletes the oldest captures of a folder, when the user has set how many are to be kept. Free of the editor's API. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** As captures are named by the time they were made; anything else in the folder is somebody else's. */
const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:-\d+)?$/;

/**
 * Keeps the newest `keep` of the captures beside `capture`, itself included. Only folders with a capture's name, a capture's
 * manifest and an end noted in it are deleted.
 * @returns the folders that were deleted
 */
export async function dropOldCaptures(capture: string, keep: number): Promise<string[]> {
  const parent = dirname(capture);
  if (keep < 1 || basename(parent) !== '.framewire') return [];
  const names = (await readdir(parent)).filter((name) => NAME.test(name)).sort(byTime);
  const dropped: string[] = [];
  for (const name of names.slice(0, Math.max(0, names.length - keep))) {
    const folder = join(parent, name);
    if (folder === capture || !(await hasEnded(folder))) continue;
    await rm(folder, { recursive: true, force: true });
    dropped.push(folder);
  }
  return dropped;
}

/** Several of one second are numbered: "…-10" is newer than "…-2". */
function byTime(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

async function hasEnded(folder: string): Promise<boolean> {
  try {
    const { format, ended } = JSON.parse(await readFile(join(folder, 'capture.json'), 'utf8'));
    return format === 'framewire-capture' && typeof ended === 'string';
  } catch {
    return false;
  }
}
