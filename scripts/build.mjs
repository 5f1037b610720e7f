// Bundles every program of the product into dist/ and copies what the debuggee and the extension need beside it.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DEBUGPY_VERSION, ensureDebugpy } from './lib/debugpy.mjs';
import { noticesFor } from './lib/notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};
// CommonJS packages inside an ES module bundle still call require() for Node's own modules.
const esmBanner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

const LANGUAGE_CLIENT = 'languageClient.cjs';
/** Most of the extension's code is the language client, which a window without Python never needs: it stays a file of its own. */
const loadedLater = {
  name: 'language client',
  setup({ onResolve }) {
    onResolve({ filter: /^vscode-languageclient\/node$/ }, () => ({ path: `./${LANGUAGE_CLIENT}`, external: true }));
  },
};

/** The wire panel: script and style of its page, for the Chromium of the oldest editor supported, and the host process. */
export function buildPanel({ production = false, outdir = 'dist' } = {}) {
  return Promise.all([
    build({
      ...common,
      minify: production,
      format: 'esm',
      banner: esmBanner,
      outfile: join(outdir, 'panelHost.mjs'),
      entryPoints: ['src/panelModel/main.ts'],
    }),
    build({
      ...common,
      platform: 'browser',
      target: 'chrome128',
      minify: production,
      format: 'iife',
      outdir: join(outdir, 'webview'),
      entryPoints: { wire: 'webviews/wire/main.ts' },
    }),
  ]);
}

/** Builds beside dist/ and then changes places with it, so that whatever runs from it never meets half a build. */
export async function buildAll({ production = false } = {}) {
  const next = `${dist}.${process.pid}`;
  try {
    await buildInto(next, production);
    const old = `${next}.old`;
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(next, dist);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

async function buildInto(target, production) {
  mkdirSync(target, { recursive: true });
  const bundles = await Promise.all([
    build({
      ...common,
      minify: production,
      format: 'esm',
      banner: esmBanner,
      outExtension: { '.js': '.mjs' },
      outdir: target,
      entryPoints: {
        cli: 'src/cli/main.ts',
        adapter: 'src/adapter/main.ts',
        languageServer: 'src/languageServer/main.ts',
        refusingServer: 'examples/refusing-server.mjs',
      },
    }),
    build({
      ...common,
      minify: production,
      format: 'cjs',
      external: ['vscode'],
      plugins: [loadedLater],
      outfile: join(target, 'extension.cjs'),
      entryPoints: ['src/extension/extension.ts'],
    }),
    build({
      ...common,
      minify: production,
      format: 'cjs',
      external: ['vscode'],
      outfile: join(target, LANGUAGE_CLIENT),
      entryPoints: ['node_modules/vscode-languageclient/lib/node/main.js'],
    }),
    buildPanel({ production, outdir: target }),
  ]);
  cpSync(join(root, 'src/probe'), join(target, 'probe'), {
    recursive: true,
    filter: (source) => !source.includes('__pycache__'),
  });
  const inputs = bundles.flat().flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const copied = ['node_modules/web-tree-sitter', 'node_modules/tree-sitter-python'];
  writeFileSync(join(target, 'THIRD-PARTY-NOTICES.txt'), noticesFor(inputs, copied));
  mkdirSync(join(target, 'grammar'));
  for (const file of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-python/tree-sitter-python.wasm']) {
    cpSync(join(root, 'node_modules', file), join(target, 'grammar', basename(file)));
  }
  const problem = await ensureDebugpy(join(target, 'debugpy'));
  if (problem) {
    process.stderr.write(
      `debugpy ${DEBUGPY_VERSION} could not be fetched, so this build ships none: the debug adapter works with\n` +
        `interpreters that have a debugpy of their own (python -m pip install debugpy). What went wrong:\n${problem.replace(/^/gm, '  ')}\n`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll({ production: process.argv.includes('--production') });
}
