// Bundles TypeScript test files, one output file each, so that plain mocha runs them.
import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { out, root } from './paths.mjs';

/** Every file under `folder` (in the checkout) whose name ends so, as absolute paths. */
export function filesUnder(folder, ending) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Bundles `test/<tier>/**.test.ts` into `out/test/<tier>` and returns the bundles' paths. */
export async function bundleTests(tier) {
  const files = filesUnder(`test/${tier}`, '.test.ts');
  const target = join(out, 'test', tier);
  rmSync(target, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: files,
    outdir: target,
    outbase: join(root, 'test', tier),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
    // bundles move away from their sources: tests find the checkout by this instead of by import.meta.url
    define: { __CHECKOUT__: JSON.stringify(root) },
  });
  return files.map((file) => join(target, relative(join(root, 'test', tier), file).replace(/\.ts$/, '.mjs')));
}
