// What the test tiers have in common: steps that pass or fail, mocha runs, and the closing line.
import { spawn } from 'node:child_process';
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

/** Bundles and runs `test/<tier>` under mocha. Pending tests count as failed: nothing here may be switched off. */
export async function mocha(tier, { timeout = 20_000, env = {} } = {}) {
  const files = await bundleTests(tier);
  const grepAt = process.argv.indexOf('--grep');
  const grep = grepAt < 0 ? [] : ['--grep', process.argv[grepAt + 1]];
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/mocha/bin/mocha.js'),
      '--timeout',
      String(timeout),
      '--reporter',
      'spec',
      '--forbid-only',
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
