// Finds the Python interpreters of this machine; no path is written down anywhere.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const CODE = 'import sys; print("%d.%d.%d" % sys.version_info[:3]); print(sys.executable)';

/** Every CPython from 3.8 on, oldest first: `{version: "3.11.2", path}`. */
export function findPythons({ minimum = [3, 8] } = {}) {
  const candidates = new Set();
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder.includes('shims')) continue;
    for (const name of list(folder)) if (/^python3(\.\d+)?$/.test(name)) candidates.add(join(folder, name));
  }
  const pyenv = process.env.PYENV_ROOT ?? join(homedir(), '.pyenv');
  for (const name of list(join(pyenv, 'versions'))) candidates.add(join(pyenv, 'versions', name, 'bin', 'python'));
  const found = new Map();
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue;
    const real = realpathSync(candidate);
    if (found.has(real)) continue;
    const result = spawnSync(candidate, ['-c', CODE], { encoding: 'utf8' });
    if (result.status !== 0) continue;
    const [version, path] = result.stdout.trim().split('\n');
    found.set(real, { version, path });
  }
  const number = ({ version }) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  return [...found.values()]
    .filter(({ version }) => number({ version }) >= number({ version: `${minimum.join('.')}.0` }))
    .sort((a, b) => number(a) - number(b));
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
