// The licences of what is bundled: collected from the packages themselves, by what the bundles really hold.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * The text of THIRD-PARTY-NOTICES.txt.
 * @param {string[]} inputs files of the bundles, as esbuild's metafiles name them
 * @param {string[]} packages further packages of node_modules of which files are copied
 * @throws when a package comes without a licence text
 */
export function noticesFor(inputs, packages) {
  const names = new Set([...inputs.map(packageOf).filter((name) => name !== null), ...packages]);
  const notices = [...names].sort().map(notice);
  return [
    'Framewire is published under the MIT licence (LICENSE). It contains these packages, each under its own licence.',
    'debugpy comes with its licences in dist/debugpy.',
    ...notices,
  ].join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** "node_modules/@a/b/lib/c.js" → "node_modules/@a/b", the innermost package; null for our own files. */
export function packageOf(input) {
  const at = input.lastIndexOf('node_modules/');
  if (at < 0) return null;
  const [first, second] = input.slice(at + 'node_modules/'.length).split('/');
  return input.slice(0, at) + join('node_modules', ...(first.startsWith('@') ? [first, second] : [first]));
}

function notice(folder) {
  const path = join(root, folder);
  const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const texts = readdirSync(path)
    .filter((file) => LICENCE.test(file))
    .map((file) => readFileSync(join(path, file), 'utf8').trim());
  if (texts.length === 0) texts.push(withoutFile(about));
  return [`${about.name} ${about.version} (${about.license})`, ...texts].join('\n\n');
}

/** Some packages only name the MIT licence, whose text is always the same. */
function withoutFile({ name, license, author }) {
  const holder = typeof author === 'string' ? author : author?.name;
  if (license !== 'MIT' || !holder) throw new Error(`${name} comes without a licence text`);
  const [, ...mit] = readFileSync(join(root, 'LICENSE'), 'utf8').split(/^(?=Permission is hereby granted)/m);
  return `MIT License\n\nCopyright (c) ${holder}\n\n${mit.join('').trim()}`;
}
