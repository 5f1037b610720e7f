// Copies what the extension's package holds, by the allow-list in .vscodeignore.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

/** Unpacks the built extension into `target`, replacing what is there. `dist` must have been built. */
export function packExtension(target) {
  const rules = readFileSync(join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const left = rules.filter((rule) => !rule.startsWith('!') && rule !== '**');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const rule of rules.filter((rule) => rule.startsWith('!'))) {
    const name = rule.slice(1).replace(/\/\*\*$/, '');
    if (!existsSync(join(root, name))) {
      if (name.endsWith('.md')) continue;
      throw new Error(`${name} is missing from the extension: build it first.`);
    }
    cpSync(join(root, name), join(target, name), {
      recursive: true,
      filter: (source) => !left.some((pattern) => matches(relative(root, source), pattern)),
    });
  }
  return target;
}

function matches(path, pattern) {
  return globExpression(pattern).test(path.replaceAll('\\', '/'));
}

/** `**` stands for any folders, `*` for anything within a name: all that .vscodeignore uses. */
function globExpression(pattern) {
  const source = pattern
    .split('/')
    .map((part) => (part === '**' ? '**' : part.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*')))
    .join('/')
    .replaceAll('**/', '(?:.*/)?')
    .replace(/\/\*\*$/, '(?:/.*)?');
  return new RegExp(`^${source}$`);
}
