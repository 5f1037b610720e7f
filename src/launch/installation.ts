/** Where this installation's own files lie: found from the running program, never written down. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { probeMissing } from './errors';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * The folder that holds the Python package `framewire_probe`: beside the built program, or in the source tree when
 * running from one.
 * @throws LaunchError ProbeMissing
 */
export function probeFolder(): string {
  const root = installationFolder();
  const candidates = [join(here, 'probe'), ...(root ? [join(root, 'src', 'probe')] : [])];
  const found = candidates.find((folder) => existsSync(join(folder, 'framewire_probe')));
  if (!found) throw probeMissing(candidates);
  return found;
}

/**
 * The folder that goes on PYTHONPATH: it holds nothing but the probe's `sitecustomize.py`.
 * @throws LaunchError ProbeMissing
 */
export function bootstrapFolder(): string {
  return join(probeFolder(), 'bootstrap');
}

/** Version of this installation, "0.1.0"; "unknown" when its manifest is gone. */
export function productVersion(): string {
  const root = installationFolder();
  return root ? (manifest(root)?.version ?? 'unknown') : 'unknown';
}

/** The nearest folder above the running program that holds the product's manifest. */
function installationFolder(): string | null {
  for (let folder = here; ; folder = dirname(folder)) {
    if (manifest(folder)?.name === 'framewire') return folder;
    if (dirname(folder) === folder) return null;
  }
}

function manifest(folder: string): { name?: string; version?: string } | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return null;
  }
}
