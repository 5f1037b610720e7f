// A debug session of a program, from launch to its end, as an editor without breakpoints runs it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DebugClient } from './debugClient.mjs';
import { root } from './paths.mjs';

/**
 * @param {{python: string, program: string, args: string[], folder: string, capture: string}} options
 *   capture: the folder that the recording goes to, all of its payload kept
 * @returns {Promise<{peak: number, end: number, exchanges: number}>} bytes resident in the adapter, at most and after the
 *   report, and how many exchanges it has counted
 */
export async function recordSession({ python, program, args, folder, capture }) {
  const child = spawn(process.execPath, [join(root, 'dist/adapter.mjs')], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const client = new DebugClient(child);
    await client.request('initialize', { clientID: 'bench', adapterID: 'framewire', pathFormat: 'path' });
    const initialized = client.event('initialized');
    const found = client.event('framewireFindings');
    const terminated = client.event('terminated');
    const launch = client.request('launch', {
      ...{ type: 'framewire', request: 'launch', name: 'bench', program, args, python: [python], cwd: folder },
      ...{
        console: 'internalConsole',
        wire: { captureFolder: capture, streamBudget: 2 ** 40, captureBudget: 2 ** 40 },
      },
    });
    await initialized;
    await client.request('setExceptionBreakpoints', { filters: [] });
    await client.request('configurationDone');
    await launch;
    const { exchanges } = (await found).body;
    await terminated;
    const [peak, end] = [resident(child.pid, 'VmHWM'), resident(child.pid, 'VmRSS')];
    await client.request('disconnect', {});
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return { peak, end, exchanges };
  } finally {
    child.kill('SIGKILL');
  }
}

/** Linux only; elsewhere not known. */
function resident(pid, name) {
  try {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    return Number.NaN;
  }
}
