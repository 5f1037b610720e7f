// How long the extension takes to activate: `npm run bench -- activation [--rounds N]`. Each round is an extension host of its own.
//
// Measured is what the editor's list of running extensions shows: loading the bundle, and `activate`. That happens once in a window,
// and only when there is Python to look at.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { packExtension } from './lib/packExtension.mjs';
import { out, root } from './lib/paths.mjs';
import { chooseHost, hosts } from './lib/vscodeHosts.mjs';

/** The project's promise, in milliseconds. */
const LIMIT_MS = 50;

export async function benchActivation(rounds) {
  await buildAll({ production: true });
  const home = mkdtempSync(join(tmpdir(), 'framewire-activation-'));
  try {
    const extension = packExtension(join(home, 'extension'));
    const folder = join(home, 'workspace');
    mkdirSync(folder);
    writeFileSync(join(folder, 'readme.txt'), 'no Python here\n');
    const results = join(home, 'results.jsonl');
    const { name: host } = await chooseHost();
    for (let round = 0; round < rounds; round += 1) {
      await hosts[host]({
        folder,
        extensionPaths: [extension],
        testsPath: join(root, 'test/bench/activation.cjs'),
        env: { FRAMEWIRE_ACTIVATION: results },
        artefacts: join(out, 'bench'),
        onFailure: () => undefined,
      });
    }
    const measured = readFileSync(results, 'utf8').trim().split('\n').map(JSON.parse);
    return report(measured, host);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function report(measured, host) {
  const middle = (pick) => measured.map(pick).sort((a, b) => a - b)[measured.length >> 1];
  const own = middle(({ loading, calling }) => loading + calling);
  const eager = measured.filter(({ early }) => early).length;
  const parts = `loading ${middle(({ loading }) => loading).toFixed(1)}, activate ${middle(({ calling }) => calling).toFixed(1)}`;
  process.stdout.write(`activation in a real extension host (${host}), medians of ${measured.length} rounds\n`);
  process.stdout.write(
    `  ${own < LIMIT_MS ? '✓' : '✗'} ${own.toFixed(1)} ms (${parts}; at most ${LIMIT_MS})\n` +
      `    ${middle(({ all }) => all).toFixed(1)} ms with what the host does around it\n` +
      `  ${eager === 0 ? '✓' : '✗'} not active before there is Python: ${eager} of ${measured.length} were\n`,
  );
  return own < LIMIT_MS && eager === 0;
}
