// The texts of the product in its languages: which there are in the source, and which a language lacks.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesUnder } from './bundle.mjs';
import { root } from './paths.mjs';

/** Languages besides English, as the editor calls them. */
export const LANGUAGES = ['zh-cn'];
const SOURCES = ['src', 'webviews'];

const CALL = /\b(?:(?:l10n\.)?t|forTranslation)\(/g;
/** Modules from which `t` comes; `vscode.l10n.t` needs none. */
const IMPORTS_T = /import \{[^}]*\b(?:t|forTranslation)\b[^}]*\} from '(?:\.{1,2}\/)+(?:[\w/]*\/)?(?:l10n|strings)'/;

/**
 * Every text that the source shows through `vscode.l10n.t` or `t`, or marks for later, with the first place it stands at.
 * @throws when a call is given something else than a literal: no bundle could hold it
 */
export function runtimeTexts() {
  const texts = new Map();
  for (const file of SOURCES.flatMap((folder) => filesUnder(folder, '.ts'))) {
    const source = readFileSync(file, 'utf8');
    const own = IMPORTS_T.test(source);
    for (const { index, 0: call } of source.matchAll(CALL)) {
      if (inComment(source, index) || (call !== 'l10n.t(' && (!own || /[.\w$]/.test(source[index - 1] ?? ''))))
        continue;
      const place = `${relative(root, file)}:${source.slice(0, index).split('\n').length}`;
      const text = literalAt(source, index + call.length);
      if (text === null) throw new Error(`${place}: a text for translation must be a literal`);
      if (!texts.has(text)) texts.set(text, place);
    }
  }
  return texts;
}

function inComment(source, index) {
  const line = source.slice(source.lastIndexOf('\n', index) + 1, index);
  return /^\s*(?:\/\/|\/?\*)/.test(line);
}

/** The string literal, or the sum of several, that begins at `index`; null when something else stands there. */
export function literalAt(source, index) {
  let text = '';
  let rest = source.slice(index);
  for (;;) {
    const [whole, , body] = /^\s*(['"`])((?:\\[\s\S]|(?!\1)[^\\])*)\1\s*/.exec(rest) ?? [];
    if (whole === undefined || (whole.trim().startsWith('`') && body.includes('${'))) return null;
    text += unescaped(body);
    rest = rest.slice(whole.length);
    if (!rest.startsWith('+')) return /^[,)]/.test(rest) ? text : null;
    rest = rest.slice(1);
  }
}

const ESCAPES = { n: '\n', t: '\t', r: '\r' };
function unescaped(body) {
  return body.replace(/\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\}|([\s\S]))/g, (_, four, many, one) =>
    one === undefined ? String.fromCodePoint(Number.parseInt(four ?? many, 16)) : (ESCAPES[one] ?? one),
  );
}

/**
 * What is wrong with the texts of one language, each a sentence.
 * @param {string} language as in LANGUAGES
 */
export function problemsOf(language) {
  const problems = [];
  const [bundlePath, manifestPath] = [`l10n/bundle.l10n.${language}.json`, `package.nls.${language}.json`];
  const english = new Map(Object.entries(readJson('package.nls.json')));
  const places = new Map([...english.keys()].map((key) => [key, 'package.nls.json']));
  compare(manifestPath, places, (key) => english.get(key));
  compare(bundlePath, runtimeTexts(), (key) => key);
  return problems;

  function compare(path, wanted, source) {
    const given = readJson(path);
    for (const [key, place] of wanted) {
      if (typeof given[key] !== 'string' || given[key] === '') {
        problems.push(`${path} lacks ${JSON.stringify(key)} (${place}): ${JSON.stringify(source(key))}`);
      } else if (String(placeholders(given[key])) !== String(placeholders(source(key)))) {
        problems.push(`${path}: other placeholders than in English: ${JSON.stringify(key)}`);
      }
    }
    for (const key of Object.keys(given)) if (!wanted.has(key)) problems.push(`${path}: unused ${JSON.stringify(key)}`);
  }
}

/** The placeholders of a text, each once, and its command links: a translation must lead to the same places. */
const placeholders = (text) =>
  [...new Set([...text.matchAll(/\{\d+\}|\$\([\w-]+\)|\]\([^)]+\)/g)].map(([found]) => found))].sort();

const readJson = (path) => (existsSync(join(root, path)) ? JSON.parse(readFileSync(join(root, path), 'utf8')) : {});

/** @throws naming what is missing, unused or does not fit in any language */
export function checkTexts() {
  const problems = LANGUAGES.flatMap(problemsOf);
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\n(npm run l10n lists them)`);
}
