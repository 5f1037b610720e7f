// How long the extension takes to activate: `npm run bench -- activation [--rounds N]`. Each round is an extension host of its own.
//
// Measured is all that the host does for it: reading the bundle, running it, and `activate`. That happens once in a window, and only
// when there is Python to look at.
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
  const times = measured.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const median = times[times.length >> 1];
  const eager = measured.filter(({ early }) => early).length;
  const range = `${times[0].toFixed(1)} to ${times.at(-1).toFixed(1)}`;
  process.stdout.write(`activation in a real extension host (${host}), ${times.length} rounds\n`);
  const fast = median < LIMIT_MS;
  process.stdout.write(
    `  ${fast ? '✓' : '✗'} ${median.toFixed(1)} ms, median (${range}; at most ${LIMIT_MS} in the median)\n`,
  );
  process.stdout.write(
    `  ${eager === 0 ? '✓' : '✗'} not active before there is Python: ${eager} of ${times.length} were\n`,
  );
  return fast && eager === 0;
}
