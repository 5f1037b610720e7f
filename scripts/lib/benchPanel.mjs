// How the wire panel fares on large captures that the real probe has made.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildPanel } from '../build.mjs';
import { launchChromium } from './chromium.mjs';
import { out, root } from './paths.mjs';
import { recordSession } from './recordSession.mjs';

/**
 * The project's promises: a second to the first rows, no task over 50 ms while scrolling; and what keeps them honest: frames in a
 * second that are seen as smooth, bytes that leave room for a million exchanges.
 */
const LIMITS = { firstRows: 1000, frames: 50, longestTask: 50, pageHeap: 60e6, host: 300e6, adapter: 300e6 };
const GIB = 1024;

/** @returns whether every promise was kept */
export async function benchPanel({ python, exchanges = 100_000, mib = GIB }) {
  const folder = mkdtempSync(join(tmpdir(), 'framewire-bench-panel-'));
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < 2 * mib * 1024 * 1024) throw new Error(`There is too little room in ${folder}: set TMPDIR.`);
  const measure = await bundled();
  const browser = await launchChromium();
  let kept = true;
  try {
    for (const [what, args] of [
      [`${exchanges.toLocaleString('en')} exchanges`, ['many', exchanges]],
      [`${mib.toLocaleString('en')} MiB in uploads of 16 MiB`, ['large', mib]],
    ]) {
      process.stderr.write(`recording ${what}…\r`);
      const { capture, adapter } = await record(python, folder, args);
      process.stderr.write('\x1b[K');
      const size = readdirSync(capture).reduce((sum, name) => sum + statSync(join(capture, name)).size, 0);
      kept = print(`${what}, ${mb(size)}`, { ...(await measure(browser, capture)), adapter }) && kept;
      rmSync(capture, { recursive: true, force: true });
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return kept;
}

async function bundled() {
  await buildPanel({ outdir: 'out/webview/dist', production: true });
  const outfile = join(out, 'bench/panel.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/webview/bench/panel.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    define: { __CHECKOUT__: JSON.stringify(root) },
  });
  return (await import(pathToFileURL(outfile).href)).measure;
}

/** Records a debug session; the folder of the capture, and what the adapter took. */
async function record(python, folder, [what, amount]) {
  const sink = spawn(python, [join(root, 'test/bench/sink.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [port] = await once(createInterface({ input: sink.stdout }), 'line');
    const capture = join(folder, what);
    const program = join(root, 'test/bench/panel_program.py');
    const adapter = await recordSession({ python, program, args: [what, port, String(amount)], folder, capture });
    return { capture, adapter };
  } finally {
    sink.stdin.end();
  }
}

function print(what, measured) {
  const { firstRows, allRead, exchanges, reading, steady, thrown, pageHeap, hostPeak, hostEnd, adapter } = measured;
  const longestTask = Math.max(...[reading, steady, thrown].map((one) => one.longestTask));
  const smooth = (name, { frames }) =>
    // what is read at once leaves no time to scroll meanwhile
    Number.isNaN(frames)
      ? []
      : [[name, `${frames.toFixed(0)} frames/s`, -frames, `at least ${LIMITS.frames}`, -LIMITS.frames]];
  const lines = [
    ['first rows on the screen', ms(firstRows), firstRows, `at most ${ms(LIMITS.firstRows)}`, LIMITS.firstRows],
    ['all of it read', ms(allRead)],
    ...smooth('a steady scroll while reading', reading),
    ...smooth('a steady scroll', steady),
    ...smooth('thrown from end to end', thrown),
    [
      'longest task while scrolling',
      longestTask === 0 ? 'under 50 ms' : ms(longestTask),
      longestTask,
      `at most ${ms(LIMITS.longestTask)}`,
      LIMITS.longestTask,
    ],
    ["heap of the panel's page", mb(pageHeap), pageHeap, `at most ${mb(LIMITS.pageHeap)}`, LIMITS.pageHeap],
    ['reading process, at most', mb(hostPeak), hostPeak, `at most ${mb(LIMITS.host)}`, LIMITS.host],
    ['reading process, in the end', mb(hostEnd)],
    [
      'adapter of the session, at most',
      mb(adapter.peak),
      adapter.peak,
      `at most ${mb(LIMITS.adapter)}`,
      LIMITS.adapter,
    ],
  ];
  process.stdout.write(`\n${what} (${exchanges})\n`);
  let kept = true;
  for (const [name, text, value, promise, limit] of lines) {
    const holds = promise === undefined || value <= limit;
    kept &&= holds;
    const verdict = promise === undefined ? '' : `${holds ? '✓' : '✗'} ${promise}`;
    process.stdout.write(`  ${name.padEnd(32)} ${text.padStart(14)}   ${verdict}\n`);
  }
  return kept;
}

const ms = (value) => `${value.toFixed(0)} ms`;
const mb = (value) => `${(value / 1e6).toFixed(0)} MB`;
