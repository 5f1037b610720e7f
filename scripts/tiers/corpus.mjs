// The language server's analysis against labelled real code: what it finds, what it misses, what it wrongly reports.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { locateSources } from '../../test/corpus/sources.mjs';
import { out, root } from '../lib/paths.mjs';
import { Tally } from '../lib/tier.mjs';

/** Both precision and recall must reach this. */
const REQUIRED = 0.95;

const tally = new Tally();
const corpus = JSON.parse(readFileSync(join(root, 'test/corpus/corpus.json'), 'utf8'));
let scores = [];

await tally.step(`the corpus' ${corpus.files.length} files are the ones that were labelled`, async () => {
  const paths = locateSources(corpus);
  const { scoreCorpus } = await scorer();
  scores = await scoreCorpus(corpus.files, paths);
});
for (const sample of [1, 2, 3]) report(`sample ${sample}`, (score) => score.label.sample === sample);
const all = report('all files', () => true);
reportLibraries();
await tally.step(`precision is at least ${REQUIRED}`, () => atLeast(all.precision, 'wrong'));
await tally.step(`recall is at least ${REQUIRED}`, () => atLeast(all.recall, 'missed'));
const hints = scores.flatMap(({ label, hints }) => hints.wrong.map((hint) => `${label.package} ${label.file}:${hint}`));
await tally.step('every hint is one that was checked to be true', () => {
  if (scores.length === 0 || hints.length > 0) throw new Error(hints.join('\n') || 'nothing was looked at');
});
const lost = scores.flatMap(({ label, hints }) => hints.missed.map((hint) => `${label.package} ${label.file}:${hint}`));
await tally.step(`the ${scores.reduce((sum, score) => sum + score.hints.right, 0)} true hints are given`, () => {
  if (lost.length > 0) throw new Error(lost.join('\n'));
});
tally.close();

async function scorer() {
  const outfile = join(out, 'corpus', 'score.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/corpus/score.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    define: { __CHECKOUT__: JSON.stringify(root) },
  });
  return import(pathToFileURL(outfile).href);
}

function report(what, chosen) {
  const of = scores.filter(chosen);
  const sum = (count) => of.reduce((total, score) => total + count(score), 0);
  const found = sum(({ found }) => found);
  const missed = sum(({ missed }) => missed.length);
  const wrong = sum(({ wrong }) => wrong.length);
  const precision = found / (found + wrong);
  const recall = found / (found + missed);
  process.stdout.write(
    `  ${what} (${of.length}): ${found} found, ${missed} missed, ${wrong} wrong, ` +
      `${sum(({ label }) => label.silent.length)} look-alikes; ` +
      `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; ` +
      `${sum(({ elsewhere }) => elsewhere)} of ${sum(({ label }) => label.elsewhere.length)} undecided ones reported\n`,
  );
  return { precision, recall };
}

function reportLibraries() {
  const counts = new Map();
  for (const { libraries } of scores) {
    for (const [name, count] of Object.entries(libraries)) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);
  process.stdout.write(`  found by library: ${sorted.join(', ')}\n`);
}

function atLeast(value, kind) {
  const which = scores.flatMap((score) =>
    score[kind].map((call) => `${score.label.package} ${score.label.file}:${call}`),
  );
  process.stdout.write(which.map((line) => `      ${kind}: ${line}\n`).join(''));
  // not a number when nothing was found at all
  if (!(value >= REQUIRED)) throw new Error(`it is ${value.toFixed(3)}`);
}
