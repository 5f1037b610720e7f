// The probe's own tests, under every Python found.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { findPythons } from '../lib/pythons.mjs';
import { Tally } from '../lib/tier.mjs';

const tally = new Tally();
for (const { version, path } of findPythons()) {
  const { stdout, stderr, status } = spawnSync(path, [join(root, 'test/probe/run.py')], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const counts = /(\d+) passed, (\d+) failed/.exec(stdout);
  const passed = Number(counts?.[1] ?? 0);
  const failed = Number(counts?.[2] ?? 0) || (counts && status === 0 ? 0 : 1);
  tally.add({ passed, failed });
  process.stdout.write(`  ${failed === 0 ? '✓' : '✗'} Python ${version}: ${passed} passed, ${failed} failed\n`);
  if (failed > 0) process.stdout.write(`${stdout}\n${stderr}\n`);
}
tally.close();
