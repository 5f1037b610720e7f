#!/usr/bin/env node
import { existsSync } from 'node:fs';

const cli = new URL('../dist/cli.mjs', import.meta.url);
if (!existsSync(cli)) {
  process.stderr.write('framewire: not built yet. Run `npm ci && npm run build` in the checkout first.\n');
  process.exit(69);
}
await import(cli.href);
