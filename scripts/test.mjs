// The project's tests: `node scripts/test.mjs [fast | TIER…] [--grep TEXT] [--update-goldens]`. Sets up what the chosen tiers
// need, runs them, sums up.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ensureNodeModules } from './lib/setup.mjs';

const TIERS = {
  static: 'types, lint, format, import directions, Python lint',
  unit: 'TypeScript units and goldens',
  corpus: 'the language server on labelled real code',
  probe: 'the probe under every Python found',
  e2e: 'the command line on the original case and its kin, with real servers',
  dap: 'the debug adapter with a real debugpy',
  webview: 'the wire panel in a real browser',
  vscode: 'a real extension host',
};
const FAST = ['static', 'unit'];
/** Run by name only: it measures on pinned packages that their mirrors may have dropped. */
const BY_NAME = ['corpus'];

const args = process.argv.slice(2);
const grepAt = args.indexOf('--grep');
const grep = grepAt < 0 ? [] : args.splice(grepAt, 2);
const updateAt = args.indexOf('--update-goldens');
if (updateAt >= 0) {
  args.splice(updateAt, 1);
  process.env.FRAMEWIRE_UPDATE_GOLDENS = '1';
}
const chosen = args.flatMap((name) => (name === 'fast' ? FAST : [name]));
const unknown = chosen.filter((name) => !(name in TIERS));
if (unknown.length > 0) {
  const list = Object.entries(TIERS).map(([name, what]) => `  ${name.padEnd(8)} ${what}`);
  process.stderr.write(
    `No such tier: ${unknown.join(', ')}. There are:\n${list.join('\n')}\n  fast     ${FAST.join(', ')}\n`,
  );
  process.exit(64);
}

const started = Date.now();
ensureNodeModules();
const results = [];
const all = Object.keys(TIERS).filter((tier) => !BY_NAME.includes(tier));
const tiers = chosen.length > 0 ? chosen : all;
const editor = tiers.indexOf('vscode') > 0 ? await prepareEditor() : null;
for (const tier of tiers) {
  if (tier === 'vscode') await editor?.ended;
  process.stdout.write(`\n── ${tier}: ${TIERS[tier]}\n`);
  results.push({ tier, ...(await runTier(tier)) });
}

process.stdout.write('\n');
for (const { tier, passed, failed, seconds } of results) {
  process.stdout.write(
    `  ${tier.padEnd(8)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(0).padStart(5)} s\n`,
  );
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
process.stdout.write(
  `  in ${((Date.now() - started) / 1000).toFixed(0)} s\n\n${total('passed')} passed, ${total('failed')} failed\n`,
);
process.exit(total('failed') === 0 && total('passed') > 0 ? 0 : 1);

/** Resolves, when the last tier's editor is being built, to the end of that; however it goes, the tier says what is wrong. */
async function prepareEditor() {
  const { chooseHost } = await import('./lib/vscodeHosts.mjs');
  const { ensureBuildTools } = await import('./lib/codeServer.mjs');
  if ((await chooseHost()).name !== 'web') return { ended: null };
  try {
    ensureBuildTools(); // not beside other tiers, which may need apt as well
  } catch {
    return { ended: null };
  }
  const child = spawn(process.execPath, [fileURLToPath(new URL('./prepare-editor.mjs', import.meta.url))], {
    stdio: 'ignore',
  });
  return { ended: once(child, 'close').catch(() => undefined) };
}

/** Runs one tier as a program of its own and reads its closing line; a tier that dies without one has failed. */
function runTier(tier) {
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL(`./tiers/${tier}.mjs`, import.meta.url)), ...grep], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let tail = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      tail = (tail + chunk).slice(-4000);
    });
    child.on('close', (code) => {
      const counts = [...tail.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
      const passed = Number(counts?.[1] ?? 0);
      const failed = Number(counts?.[2] ?? 0) || (code === 0 && counts ? 0 : 1);
      resolve({ passed, failed, seconds: (Date.now() - began) / 1000 });
    });
  });
}
