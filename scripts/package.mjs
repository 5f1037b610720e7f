// Makes the installable package: `npm run package`. Where debugpy's wheel is one platform's, so is the package.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { out, root } from './lib/paths.mjs';
import { ensureNodeModules } from './lib/setup.mjs';

ensureNodeModules();
const { buildAll } = await import('./build.mjs');
const { checkVsix, makeVsix } = await import('./lib/vsix.mjs');
const { entriesOf } = await import('./lib/zip.mjs');
await buildAll({ production: true });
const { name, data } = makeVsix();
const entries = [...entriesOf(data)];
checkVsix(data, entries);
mkdirSync(out, { recursive: true });
const path = join(out, name);
writeFileSync(path, data);
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(2)} MB`;
process.stdout.write(`${relative(root, path)}: ${megabytes(data.length)}, ${entries.length} files\n`);
process.stdout.write(`  SHA-256 ${createHash('sha256').update(data).digest('hex')}\n`);
