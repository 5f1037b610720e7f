// The import directions of ARCHITECTURE.md, held by a check and not by a sentence.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { filesUnder } from './bundle.mjs';
import { root } from './paths.mjs';

/** What each room may import besides itself. `webviews` lies beside `src`; to it, and from it, a room is a folder of `src`. */
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
  languageServer: ['base', 'messages'],
  cli: ['base', 'wire', 'decode', 'diagnosis', 'export', 'launch'],
  webviews: ['base', 'messages'],
};
/** Packages that only some rooms may import; Node's own modules are free everywhere. */
const PACKAGES = {
  vscode: ['extension'],
  '@vscode/debugadapter': ['adapter'],
  '@vscode/debugprotocol': ['adapter', 'messages', 'extension'],
  '@vscode/webview-ui-toolkit': ['webviews'],
  'vscode-languageclient': ['extension'],
  'vscode-languageserver': ['languageServer'],
  'vscode-languageserver-textdocument': ['languageServer'],
  'web-tree-sitter': ['languageServer'],
};

export function checkRooms() {
  const source = join(root, 'src');
  const wrong = [...filesUnder('src', '.ts'), ...filesUnder('webviews', '.ts')].flatMap((file) => {
    const here = relative(root, file);
    const room = file.startsWith(source) ? relative(source, file).split(sep)[0] : 'webviews';
    const allowed = ROOMS[room];
    if (!allowed) return [`${here}: no room "${room}" in scripts/lib/rooms.mjs`];
    return importsOf(file).flatMap((specifier) => {
      if (specifier.startsWith('node:')) return [];
      if (!specifier.startsWith('.')) {
        const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
        return PACKAGES[name]?.includes(room) ? [] : [`${here}: room "${room}" may not import the package ${name}`];
      }
      const path = resolve(dirname(file), specifier);
      const target = path.startsWith(source + sep)
        ? relative(source, path).split(sep)[0]
        : relative(root, path).split(sep)[0];
      if (target === room || allowed.includes(target)) return [];
      return [`${here} imports ${target}; room "${room}" may import ${allowed.join(', ') || 'nothing'}`];
    });
  });
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

/** Specifiers of the import and export statements, type imports included; texts that merely look like Python's are none. */
function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  const statements = /^(?:import|export)\b[\w\s{},*$]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...text.matchAll(statements)].map((match) => match[1] ?? match[2] ?? match[3]);
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
