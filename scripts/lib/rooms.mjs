// The import directions of ARCHITECTURE.md, held by a check and not by a sentence.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { filesUnder } from './bundle.mjs';
import { root } from './paths.mjs';

/** What each room may import besides itself. */
const ROOMS = {
  base: [],
  wire: ['base'],
  decode: ['base', 'wire'],
  diagnosis: ['base', 'wire', 'decode'],
  export: ['base', 'wire', 'decode', 'diagnosis'],
  messages: ['base', 'wire', 'decode', 'diagnosis', 'export'],
  panelModel: ['base', 'wire', 'decode', 'diagnosis', 'export', 'messages'],
  launch: ['base', 'wire'],
  adapter: ['base', 'wire', 'decode', 'diagnosis', 'export', 'messages', 'launch'],
  extension: ['base', 'messages'],
  languageServer: ['base'],
  cli: ['base', 'wire', 'decode', 'diagnosis', 'export', 'launch'],
};
/** Packages that only some rooms may import; Node's own modules are free everywhere. */
const PACKAGES = {
  vscode: ['extension'],
  '@vscode/debugadapter': ['adapter'],
  '@vscode/debugprotocol': ['adapter', 'messages', 'extension'],
};

export function checkRooms() {
  const wrong = [];
  for (const file of filesUnder('src', '.ts')) {
    const here = relative(join(root, 'src'), file);
    const room = here.split(sep)[0];
    const allowed = ROOMS[room];
    if (!allowed) {
      wrong.push(`${here}: no room "${room}" in scripts/lib/rooms.mjs`);
      continue;
    }
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) {
        const target = relative(join(root, 'src'), resolve(dirname(file), specifier));
        const fine = [room, ...allowed].some((name) => target === name || target.startsWith(name + sep));
        if (!fine)
          wrong.push(`${here} imports ${target}; room "${room}" may import ${allowed.join(', ') || 'nothing'}`);
      } else if (!specifier.startsWith('node:')) {
        const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0];
        if (!PACKAGES[name]?.includes(room))
          wrong.push(`${here} imports the package ${name}, which room "${room}" may not`);
      }
    }
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);
}

/** Rooms whose files are exercised by a suite of their own instead of by a mirrored unit test. */
const COVERED_ELSEWHERE = [/^extension\//, /^messages\//, /\/main\.ts$/];
/** Files of types only have nothing to test. */
const isTypesOnly = (file) =>
  !/^(export )?(default )?(async )?(function|class|const|let)\b/m.test(readFileSync(file, 'utf8'));

export function checkMirror() {
  const missing = filesUnder('src', '.ts')
    .filter((file) => !isTypesOnly(file))
    .map((file) => relative(join(root, 'src'), file))
    .filter((file) => !COVERED_ELSEWHERE.some((pattern) => pattern.test(file)))
    .filter((file) => !existsSync(join(root, 'test/unit', file.replace(/\.ts$/, '.test.ts'))));
  if (missing.length > 0) throw new Error(missing.map((file) => `src/${file} has no test/unit counterpart`).join('\n'));
}
