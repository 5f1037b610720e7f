// How fast the language server is with a source of 10,000 lines: `npm run bench -- language [--rounds N]`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { out, root } from './lib/paths.mjs';
import { findPythons } from './lib/pythons.mjs';
import { runQuiet } from './lib/run.mjs';

const LINES = 10_000;
/** The project's promise, in milliseconds. */
const LIMITS = { parse: 100, update: 10 };
/** What of the standard library has to do with the network. */
const MODULES = [
  'http/client',
  'urllib/request',
  'smtplib',
  'ftplib',
  'imaplib',
  'socket',
  'ssl',
  'asyncio/base_events',
  'http/cookiejar',
  'http/server',
  'xmlrpc/client',
  'email/_header_value_parser',
  'logging/__init__',
  'subprocess',
  'argparse',
];

export async function benchLanguage(rounds) {
  const outfile = join(out, 'bench', 'language.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/bench/language.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    define: { __CHECKOUT__: JSON.stringify(root) },
  });
  const { generatedSource, joinedSource, measure } = await import(pathToFileURL(outfile).href);
  const sources = { 'classes that upload': generatedSource(LINES) };
  const python = findPythons().find(({ version }) => version.startsWith('3.11.')) ?? findPythons().at(-1);
  if (python) {
    const library = runQuiet(python.path, ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))']).trim();
    const name = `modules of Python ${python.version}'s library`;
    sources[name] = joinedSource(
      MODULES.map((module) => join(library, `${module}.py`)),
      LINES,
    );
  }
  process.stdout.write(`a source of ${LINES.toLocaleString('en')} lines, medians of ${rounds} rounds\n`);
  let kept = true;
  for (const [name, text] of Object.entries(sources)) {
    const measured = await measure(text, rounds);
    process.stdout.write(`\n  ${name}, ${measured.sites} calls that send\n`);
    const median = (key) => measured.rounds.map((round) => round[key]).sort((a, b) => a - b)[rounds >> 1];
    const line = (what, key) => {
      const limit = LIMITS[key];
      const holds = limit === undefined || median(key) <= limit;
      kept &&= holds;
      const mark = limit === undefined ? ' ' : holds ? '✓' : '✗';
      const most = limit === undefined ? '' : ` (at most ${limit})`;
      process.stdout.write(`    ${mark} ${what.padEnd(34)} ${median(key).toFixed(1).padStart(6)} ms${most}\n`);
    };
    line('opened: parsed', 'parse');
    line('        read out of the tree', 'convert');
    line('        calls found', 'analysis');
    line('after an edit: parsed', 'update');
    line('        read out of the tree', 'reconvert');
    line('        calls found', 'reanalysis');
  }
  return kept;
}
