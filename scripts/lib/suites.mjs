// The suites that run inside an extension host: bundling, the workspace they run in, and their results.
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { filesUnder } from './bundle.mjs';
import { out, root } from './paths.mjs';

/** Bundles a folder of test/vscode into one CommonJS file that exports `run()`, as extension hosts want it; returns its path. */
export async function bundleSuites(name) {
  const folder = join(out, 'vscode/suites', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'index.cjs');
  const loads = filesUnder(`test/vscode/${name}`, '.test.ts').map((file) => `() => import(${JSON.stringify(file)})`);
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `import { runSuites } from './host/runSuites'; export const run = () => runSuites([${loads.join(', ')}]);`,
      resolveDir: join(root, 'test/vscode'),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
    define: { __CHECKOUT__: JSON.stringify(root) },
  });
  return outfile;
}

/**
 * Listens for the results of one run: prints what the reporter prints, live.
 * @returns {Promise<{port: number, counts: Promise<{passed: number, failed: number, pending: number}>,
 *   onFailure: (look: (title: string) => void) => void, close: () => void}>}
 *   `counts` rejects when the host hangs up before the suites have ended; `look` is called as soon as a test fails.
 */
export async function listenForResults() {
  const server = createServer();
  const looks = [];
  const counts = new Promise((resolve, reject) => {
    server.once('connection', (socket) => {
      createInterface({ input: socket }).on('line', (line) => {
        const { text, failure, done } = JSON.parse(line);
        if (text !== undefined) process.stdout.write(text);
        if (failure !== undefined) for (const look of looks) look(failure);
        if (done !== undefined) resolve(done);
      });
      socket.on('error', () => undefined);
      socket.once('close', () => reject(new Error('The extension host ended before its suites had.')));
    });
  });
  counts.catch(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, counts, onFailure: (look) => looks.push(look), close: () => server.close() };
}
