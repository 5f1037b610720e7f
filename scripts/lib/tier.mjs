// What the test tiers have in common: steps that pass or fail, mocha runs, and the closing line.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { bundleTests } from './bundle.mjs';
import { root } from './paths.mjs';

/** Counts what passed and failed and prints the closing line that scripts/test.mjs reads. */
export class Tally {
  passed = 0;
  failed = 0;

  /** Runs a step; a step that throws has failed and its message is printed. */
  async step(name, body) {
    try {
      await body();
      this.passed += 1;
      process.stdout.write(`  ✓ ${name}\n`);
    } catch (error) {
      this.failed += 1;
      process.stdout.write(`  ✗ ${name}\n${String(error.message ?? error).replace(/^/gm, '      ')}\n`);
    }
  }

  add({ passed, failed }) {
    this.passed += passed;
    this.failed += failed;
  }

  close() {
    process.stdout.write(`${this.passed} passed, ${this.failed} failed\n`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}

/**
 * Bundles and runs `test/<tier>` under mocha. Pending tests count as failed: nothing here may be switched off.
 * `jobs`: files run side by side; they must not share anything.
 */
export async function mocha(tier, { timeout = 20_000, env = {}, jobs = 1 } = {}) {
  const files = await bundleTests(tier);
  // side by side the longest goes first, so that none is left running alone
  if (jobs > 1) files.sort((a, b) => statSync(b).size - statSync(a).size);
  const grepAt = process.argv.indexOf('--grep');
  const grep = grepAt < 0 ? [] : ['--grep', process.argv[grepAt + 1]];
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/mocha/bin/mocha.js'),
      '--timeout',
      String(timeout),
      '--no-color',
      '--reporter',
      'spec',
      // side by side there are no exclusive tests
      ...(jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : ['--forbid-only']),
      ...grep,
      ...files,
    ],
    {
      cwd: root,
      env: { ...process.env, ...env, NODE_OPTIONS: '--enable-source-maps' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
    process.stdout.write(chunk);
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const number = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(text)?.[1] ?? 0);
  const failed = number('failing') + number('pending');
  return { passed: number('passing'), failed: failed || (code === 0 ? 0 : 1) };
}
