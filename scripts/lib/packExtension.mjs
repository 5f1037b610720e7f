// Copies what the extension's package holds, by the allow-list in .vscodeignore.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

/** Folders that the allow-list speaks of. */
const FOLDERS = ['dist', 'l10n', 'media', 'examples'];

/** Unpacks the built extension into `target`, replacing what is there. `dist` must have been built. */
export function packExtension(target) {
  for (const needed of ['dist/extension.cjs', 'dist/adapter.mjs']) {
    if (!existsSync(join(root, needed))) throw new Error(`${needed} is missing: run \`npm run build\` first.`);
  }
  rmSync(target, { recursive: true, force: true });
  for (const file of packagedFiles()) cpSync(join(root, file), join(target, file));
  return target;
}

/** The files of the package, relative to the checkout, with `/`. */
export function packagedFiles() {
  const allowed = readFileSync(join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => globExpression(line.slice(1)));
  const below = FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.pyc'))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  const beside = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  return [...beside, ...below].filter((path) => allowed.some((pattern) => pattern.test(path)));
}

/** Of the language of .vscodeignore what ours uses: `**` for any folders, `*` within a name, `{a,b}` for either. */
function globExpression(pattern) {
  const source = pattern.replace(/\*\*\/|\/\*\*$|\*|\{[^}]*\}|[.+^$()|[\]\\?]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '/**') return '/.*';
    if (token === '*') return '[^/]*';
    if (token.startsWith('{')) return `(?:${token.slice(1, -1).split(',').join('|')})`;
    return `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}
