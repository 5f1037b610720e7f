// The part of the extension's manifest that is generated from the source: launch attributes and snippets.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.mjs';

const MANIFEST = join(root, 'package.json');
const STRINGS = join(root, 'package.nls.json');
/** Keys of the generated strings begin so; all others are written by hand. */
const ATTRIBUTE = 'launch.attribute.';
const SNIPPET = 'launch.snippet.';

/** Writes the generated regions of package.json and package.nls.json. */
export async function generateManifest() {
  for (const [path, text] of await generated()) writeFileSync(path, text);
}

/** @throws when a generated region is not what the source says, or a text of the manifest is missing or unused. */
export async function checkManifest() {
  for (const [path, text] of await generated()) {
    if (readFileSync(path, 'utf8') !== text) {
      throw new Error(`${path} is stale: run \`node scripts/generate-manifest.mjs\``);
    }
  }
  checkPictures(JSON.parse(readFileSync(MANIFEST, 'utf8')).contributes.walkthroughs);
  const used = new Set([...readFileSync(MANIFEST, 'utf8').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]));
  const strings = new Set(Object.keys(JSON.parse(readFileSync(STRINGS, 'utf8'))));
  const missing = [...used].filter((key) => !strings.has(key));
  const unused = [...strings].filter((key) => !used.has(key));
  if (missing.length > 0) throw new Error(`package.nls.json lacks ${missing.join(', ')}`);
  if (unused.length > 0) throw new Error(`package.json does not use ${unused.join(', ')} of package.nls.json`);
}

/** The editor takes the style from a walkthrough's drawings: colours have to stand in attributes of their own, else all is black. */
function checkPictures(walkthroughs) {
  for (const { media } of walkthroughs.flatMap(({ steps }) => steps)) {
    const drawing = readFileSync(join(root, media.svg), 'utf8');
    if (/\sstyle=|<style/.test(drawing)) throw new Error(`${media.svg} has a style, which the editor takes away`);
    if (!drawing.includes('var(--vscode-')) throw new Error(`${media.svg} does not follow the theme`);
  }
}

/** The files as they should be: pairs of path and text. */
async function generated() {
  const { launchAttributes, attachAttributes, launchSnippets } = await source();
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const strings = Object.fromEntries(
    Object.entries(JSON.parse(readFileSync(STRINGS, 'utf8'))).filter(
      ([key]) => !key.startsWith(ATTRIBUTE) && !key.startsWith(SNIPPET),
    ),
  );
  const [debuggerContribution] = manifest.contributes.debuggers;
  // what goes for both has the same text under the same key
  const schema = ({ json }) => ({ properties: withKeys(json.properties, ATTRIBUTE, strings) });
  debuggerContribution.configurationAttributes = { launch: schema(launchAttributes), attach: schema(attachAttributes) };
  debuggerContribution.configurationSnippets = launchSnippets.map(
    ({ key, label, description, request, attributes }) => {
      strings[`${SNIPPET}${key}.label`] = label;
      strings[`${SNIPPET}${key}.description`] = description;
      return {
        label: `%${SNIPPET}${key}.label%`,
        description: `%${SNIPPET}${key}.description%`,
        body: { name: label, type: debuggerContribution.type, request, ...snippetBody(attributes) },
      };
    },
  );
  const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
  return [
    [MANIFEST, json(manifest)],
    [STRINGS, json(strings)],
  ];
}

/** The schemas with each description replaced by the key of its text, which goes to `strings`. */
function withKeys(properties, prefix, strings) {
  const replaced = (schema, key) => {
    const { description, properties: inner, items, anyOf, ...rest } = schema;
    if (description !== undefined) strings[key] = description;
    return {
      ...rest,
      // alternatives are forms of one thing, which has one text
      ...(anyOf === undefined ? {} : { anyOf: anyOf.map(({ description: _, ...form }) => form) }),
      ...(description === undefined ? {} : { markdownDescription: `%${key}%` }),
      ...(inner === undefined ? {} : { properties: withKeys(inner, `${key}.`, strings) }),
      ...(items === undefined ? {} : { items: replaced(items, `${key}.item`) }),
    };
  };
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, replaced(schema, `${prefix}${name}`)]),
  );
}

/** In a snippet a dollar sign stands for a tab stop; "^" says that the text is to be taken as it is. */
function snippetBody(attributes) {
  const literal = (value) => {
    if (Array.isArray(value)) return value.map(literal);
    return typeof value === 'string' && value.includes('$') ? `^"${value.replaceAll('$', '\\$')}"` : value;
  };
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, literal(value)]));
}

/** The TypeScript source, bundled and imported. */
async function source() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `export { launchAttributes } from './launchAttributes'; export { attachAttributes } from './attachAttributes'; export { launchSnippets } from './launchSnippets';`,
      resolveDir: join(root, 'src/extension/debug'),
    },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}
