// Where things lie in a checkout, and where downloads that outlive it are kept.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const out = join(root, 'out');

/** Downloads and builds that several checkouts share; FRAMEWIRE_CACHE moves it. */
export const cache =
  process.env.FRAMEWIRE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'framewire');
