// The probe's own tests, under every Python found: two at a time, for most of a test's time is waiting.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { findPythons } from '../lib/pythons.mjs';
import { Tally } from '../lib/tier.mjs';

const AT_ONCE = 2;
const tally = new Tally();
const waiting = findPythons();
await Promise.all(Array.from({ length: AT_ONCE }, work));
tally.close();

async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { version, path } = next;
    const { stdout, stderr, error } = await run(path);
    const counts = /(\d+) passed, (\d+) failed/.exec(stdout);
    const passed = Number(counts?.[1] ?? 0);
    const failed = Number(counts?.[2] ?? 0) || (counts && !error ? 0 : 1);
    tally.add({ passed, failed });
    process.stdout.write(`  ${failed === 0 ? '✓' : '✗'} Python ${version}: ${passed} passed, ${failed} failed\n`);
    if (failed > 0) process.stdout.write(`${stdout}\n${stderr}\n`);
  }
}

function run(path) {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const options = { cwd: root, env, encoding: 'utf8', maxBuffer: 64 << 20 };
  return new Promise((resolve) => {
    execFile(path, [join(root, 'test/probe/run.py')], options, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    );
  });
}
