// Where things lie in a checkout, and where downloads that outlive it are kept.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: the nearest folder above with a manifest, since tests are bundled to another depth than their sources. */
export const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();
export const out = join(root, 'out');

/** Downloads and builds that several checkouts share; FRAMEWIRE_CACHE moves it. */
export const cache =
  process.env.FRAMEWIRE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'framewire');
