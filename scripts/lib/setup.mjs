// Set-up that the commands in the README do by themselves: each step is idempotent and quick when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { runQuiet, which } from './run.mjs';

/** Installs node_modules when they are missing or older than the lock file. */
export function ensureNodeModules() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Error(`Node.js 20 or newer is needed; this is ${process.versions.node}.`);
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stamp = join(root, 'node_modules', '.framewire-lock');
  const hash = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  process.stdout.write('· npm ci\n');
  runQuiet('npm', ['ci', '--no-audit', '--no-fund'], { what: 'npm ci' });
  writeFileSync(stamp, hash);
}

/**
 * Installs Debian packages for programs that are missing, where that may be done without a question (as root, or with
 * sudo that asks no password). Returns the programs still missing, with the command that would install them.
 * A program is a name on PATH, an absolute path, or "python3 -c CODE" for what Debian splits off from its Python.
 */
export function ensureDebian(programs) {
  const missing = () => Object.entries(programs).filter(([program]) => !present(program));
  let left = missing();
  if (left.length === 0) return [];
  const apt = which('apt-get');
  const sudo = process.getuid?.() === 0 ? [] : which('sudo') ? ['sudo', '-n'] : null;
  const packages = [...new Set(left.map(([, name]) => name))];
  if (apt && sudo) {
    process.stdout.write(`· apt-get install ${packages.join(' ')}\n`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const command = (...args) => {
      const [program, ...rest] = [...sudo, apt, ...args];
      runQuiet(program, rest, { env, what: `apt-get ${args[0]}` });
    };
    try {
      command('update');
      command('install', '-y', '--no-install-recommends', ...packages);
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
    }
    left = missing();
  }
  return left.map(([program, name]) => ({ program, install: `apt-get install ${name}` }));
}

/** A program on PATH (also in sbin, where nginx lives), or a file when the name is a path. */
function present(program) {
  const [python, flag, ...code] = program.split(' ');
  if (flag === '-c') return spawnSync(python, ['-c', code.join(' ')]).status === 0;
  if (program.startsWith('/')) return existsSync(program);
  return which(program) !== null || existsSync(join('/usr/sbin', program));
}

/**
 * A virtual environment with pinned packages, made with the given interpreter and kept in the cache.
 * Returns the path of its python.
 */
export function ensureVenv(name, python, requirements) {
  const version = runQuiet(python, ['-c', 'import sys; print(sys.version, sys.prefix)']).trim();
  const hash = createHash('sha256')
    .update(JSON.stringify([version, requirements]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(cache, `venv-${name}-${hash}`);
  const inside = join(folder, 'bin', 'python');
  if (existsSync(join(folder, '.complete'))) return inside;
  // Debian's Python comes without what a virtual environment needs
  const [missing] = ensureDebian({ [`${python} -c import ensurepip`]: 'python3-venv' });
  if (missing) throw new Error(`${python} cannot make virtual environments: ${missing.install}`);
  process.stdout.write(`· pip install ${requirements.join(' ')}\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  runQuiet(python, ['-m', 'venv', folder], { what: 'python -m venv' });
  runQuiet(inside, ['-m', 'pip', 'install', '--quiet', '--retries', '1', ...requirements], { what: 'pip install' });
  writeFileSync(join(folder, '.complete'), '');
  return inside;
}

/** The interpreter of an environment with the asynchronous HTTP clients, as a user would have them. */
export function asyncClientsPython(pythons) {
  const python = pythons.find(({ version }) => /^3\.(11|12|13)\./.test(version)) ?? pythons.at(-1);
  return ensureVenv('async', python.path, ['aiohttp==3.14.3', 'httpx==0.28.1']);
}
