// Brings the corpus' source files onto this machine: packages from the registries, pinned, and the standard library of an
// interpreter found here. Nothing of them is kept in the checkout; each file is checked against its sum.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from '../../scripts/lib/paths.mjs';
import { findPythons } from '../../scripts/lib/pythons.mjs';
import { runQuiet } from '../../scripts/lib/run.mjs';
import { ensureVenv } from '../../scripts/lib/setup.mjs';

/** Paths of the corpus' files, in its order. @throws when one is missing or is another version than the one labelled */
export function locateSources(corpus) {
  const pythons = findPythons();
  const python = pythons.find(({ version }) => version.startsWith('3.11.')) ?? pythons.at(-1);
  if (!python) throw new Error('No Python 3.8 or newer was found.');
  const roots = {
    pypi: lazy(() => sitePackages(python.path, corpus)),
    debian: lazy(() => debianPackages(corpus)),
    stdlib: lazy(() => pythons.map(({ path }) => standardLibrary(path))),
  };
  const wrong = [];
  const paths = corpus.files.map((file) => {
    const candidates = roots[file.source]().map((root) => join(root, file.file));
    const found = candidates.find((path) => existsSync(path) && sumOf(path) === file.sha256);
    if (!found) {
      const there = candidates.some((path) => existsSync(path))
        ? 'differs from the file that was labelled'
        : 'is missing';
      wrong.push(`${file.package} ${file.version}: ${file.file} ${there}`);
    }
    return found;
  });
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return paths;
}

function sitePackages(python, corpus) {
  // without dependencies: the files are read, not run
  const inside = ensureVenv('corpus', python, ['--no-deps', ...pins(corpus, 'pypi', '==')]);
  return [runQuiet(inside, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']).trim()];
}

function standardLibrary(python) {
  return runQuiet(python, ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))']).trim();
}

/** Downloads Debian's packages and unpacks them in the cache; nothing is installed. */
function debianPackages(corpus) {
  const wanted = pins(corpus, 'debian', '=');
  const name = createHash('sha256').update(wanted.join(' ')).digest('hex').slice(0, 16);
  const folder = join(cache, `corpus-debian-${name}`);
  const unpacked = join(folder, 'usr', 'lib', 'python3', 'dist-packages');
  // commands and configuration lie outside the packages' folder: they are named from the root
  const roots = [unpacked, join(folder, 'usr', 'share'), folder];
  if (existsSync(join(folder, '.complete'))) return roots;
  process.stdout.write(`· apt-get download ${wanted.join(' ')}\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  runQuiet('apt-get', ['download', ...wanted], { cwd: folder, what: 'apt-get download' });
  for (const archive of readdirSync(folder).filter((entry) => entry.endsWith('.deb'))) {
    runQuiet('dpkg-deb', ['-x', archive, '.'], { cwd: folder, what: 'dpkg-deb' });
  }
  mkdirSync(join(folder, '.complete'));
  return roots;
}

function pins(corpus, source, sign) {
  const files = corpus.files.filter((file) => file.source === source);
  return [...new Set(files.map(({ package: name, version }) => `${name}${sign}${version}`))].sort();
}

function sumOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function lazy(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}
