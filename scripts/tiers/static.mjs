// Types, lint, format, import directions, the build, Python lint.

import { checkTexts } from '../lib/l10n.mjs';
import { checkManifest } from '../lib/manifest.mjs';
import { findPythons } from '../lib/pythons.mjs';
import { checkMirror, checkRooms } from '../lib/rooms.mjs';
import { runQuiet } from '../lib/run.mjs';
import { ensureVenv } from '../lib/setup.mjs';
import { Tally } from '../lib/tier.mjs';

const tally = new Tally();
const bin = (name) => `node_modules/.bin/${name}`;
await tally.step('types', () => runQuiet(bin('tsc'), ['--noEmit', '-p', '.']));
await tally.step('types of the extension', () => runQuiet(bin('tsc'), ['--noEmit', '-p', 'src/extension']));
await tally.step('types of the webviews', () => runQuiet(bin('tsc'), ['--noEmit', '-p', 'webviews']));
await tally.step('lint and format', () => runQuiet(bin('biome'), ['ci', '--colors=off', '.']));
await tally.step('import directions', checkRooms);
await tally.step('every source file has its test file', checkMirror);
await tally.step('the manifest is what its sources generate', checkManifest);
await tally.step('every text is there in every language', checkTexts);
await tally.step('bundles build', () => runQuiet(process.execPath, ['scripts/build.mjs']));
await tally.step('Python lint and format', () => {
  const python = findPythons().find(({ version }) => /^3\.(11|12|13)\./.test(version))?.path ?? 'python3';
  const ruff = ensureVenv('lint', python, ['ruff==0.16.9']);
  runQuiet(ruff, ['-m', 'ruff', 'check', 'src/probe', 'test', 'scripts', 'examples']);
  runQuiet(ruff, ['-m', 'ruff', 'format', '--check', 'src/probe', 'test', 'scripts', 'examples']);
});
tally.close();
