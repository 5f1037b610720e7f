// What wire breakpoints that never hold add to a send, in CPU time of the sending thread: test/bench/wire_breakpoints.py under the
// oldest Python that is supported, whose interpreter is the slowest, and under the one that everything else is measured with.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { findPythons } from './pythons.mjs';
import { runQuiet } from './run.mjs';

/** Nanoseconds that they may add to a send: the project's promise, checked here. */
const BREAKPOINT_LIMIT = 1000;

/**
 * Prints a line for each set of breakpoints.
 * @param {{python: string, pair: {cert: string, key: string}}} options
 * @returns {boolean} whether the promise is kept
 */
export function benchWireBreakpoints({ python, pair }) {
  const folder = mkdtempSync(join(tmpdir(), 'framewire-bench-breakpoints-'));
  const files = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  try {
    writeFileSync(files[0], pair.cert);
    writeFileSync(files[1], pair.key, { mode: 0o600 });
    process.stdout.write('\nWire breakpoints that never hold, CPU time for a send of 1 KiB\n');
    let most = 0;
    for (const path of new Set([findPythons()[0]?.path ?? python, python])) {
      const version = runQuiet(path, ['--version']).trim();
      const output = runQuiet(path, [join(root, 'test/bench/wire_breakpoints.py'), ...files]);
      for (const line of output.trim().split('\n')) {
        const { set, layer, send, added } = JSON.parse(line);
        const what = `${version}, ${layer}, ${set}`.padEnd(40);
        process.stdout.write(
          `  ${what} ${send.toFixed(0).padStart(6)} ns   ${added.toFixed(0).padStart(5)} ns added\n`,
        );
        most = Math.max(most, added);
      }
    }
    const kept = most <= BREAKPOINT_LIMIT;
    process.stdout.write(`  ${kept ? '✓' : '✗'} at most ${BREAKPOINT_LIMIT} ns added\n`);
    return kept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
