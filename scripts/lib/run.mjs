// Running other programs from the project's scripts.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

/** Path of a program on PATH, or null. */
export function which(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return join(folder, program);
    } catch {
      // not in this folder
    }
  }
  return null;
}

/** Runs a program to its end with its output on ours; resolves to the exit code (128 + n for a signal). */
export function run(command, args, { cwd = root, env = process.env, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', onOutput ? 'pipe' : 'inherit', 'inherit'] });
    child.stdout?.on('data', (chunk) => onOutput(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 128 : (code ?? 1)));
  });
}

/** Runs a program quietly; on failure throws with what it printed, so that the reason is never lost. */
export function runQuiet(command, args, { cwd = root, env = process.env, what = command } = {}) {
  // on Windows npm is a batch file, which only a shell can run
  const shell = process.platform === 'win32' && command === 'npm';
  const result = spawnSync(command, args, { cwd, env, shell, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.error) throw new Error(`${what}: ${result.error.message}`);
  if (result.status !== 0) {
    const tail = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-25).join('\n');
    throw new Error(`${what} failed with exit code ${result.status}:\n${tail}`);
  }
  return result.stdout;
}
