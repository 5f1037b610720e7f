// The wire panel in a real browser, on captures that the real probe has made.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPanel } from '../build.mjs';
import { out } from '../lib/paths.mjs';
import { ensureDebian } from '../lib/setup.mjs';
import { mocha, Tally } from '../lib/tier.mjs';

const tally = new Tally();
await tally.step('nginx and asciinema are here', () => {
  const missing = ensureDebian({ nginx: 'nginx', asciinema: 'asciinema' });
  if (missing.length > 0) throw new Error(missing.map(({ program, install }) => `${program}: ${install}`).join('\n'));
});
// screenshots and the build go there: a build of the whole product meanwhile does not disturb
rmSync(join(out, 'webview'), { recursive: true, force: true });
mkdirSync(join(out, 'webview'), { recursive: true });
await buildPanel({ outdir: 'out/webview/dist' });
tally.add(await mocha('webview', { timeout: 90_000 }));
tally.close();
