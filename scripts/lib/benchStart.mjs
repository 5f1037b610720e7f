// What a session's start costs beyond debugpy's: from the start of the adapter's process, and from the `launch` request, to the
// stop on the program's first line. Both adapters take turns, so that a noisy moment meets both; medians over the pairs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DebugClient } from './debugClient.mjs';
import { root } from './paths.mjs';

/** Milliseconds that a session may start later than with debugpy alone: the project's promise, checked here. */
export const START_LIMIT = 150;

const PROGRAM = join(root, 'test/bench/first_line.py');
const DEBUGPY = join(root, 'dist/debugpy/debugpy/adapter');

/**
 * @param {{python: string, rounds: number}} options
 * @returns {Promise<{ours: Times, debugpy: Times, added: {whole: number, launch: number}}>} milliseconds, medians
 * @typedef {{whole: number, launch: number}} Times
 */
export async function benchStart({ python, rounds }) {
  const ways = {
    ours: [process.execPath, [join(root, 'dist/adapter.mjs')]],
    debugpy: [python, [DEBUGPY]],
  };
  const times = { ours: [], debugpy: [] };
  // round 0 warms the page cache and the compiled files
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of round % 2 ? ['ours', 'debugpy'] : ['debugpy', 'ours']) {
      const taken = await startOnce(ways[way], python);
      if (round > 0) times[way].push(taken);
    }
    process.stderr.write(`\rround ${round} of ${rounds} `);
  }
  process.stderr.write('\r\x1b[K');
  const of = (list, key) => median(list.map((one) => one[key]));
  const both = (list) => ({ whole: of(list, 'whole'), launch: of(list, 'launch') });
  const pairs = times.ours.map((one, at) => ({
    whole: one.whole - times.debugpy[at].whole,
    launch: one.launch - times.debugpy[at].launch,
  }));
  return { ours: both(times.ours), debugpy: both(times.debugpy), added: both(pairs) };
}

/** One session, as VS Code begins it; milliseconds to the stop on entry. */
async function startOnce([command, args], python) {
  const folder = mkdtempSync(join(tmpdir(), 'framewire-bench-start-'));
  const began = performance.now();
  const child = spawn(command, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const client = new DebugClient(child);
    const { body: capabilities } = await client.request('initialize', {
      clientID: 'bench',
      adapterID: 'framewire',
      pathFormat: 'path',
      linesStartAt1: true,
      columnsStartAt1: true,
      supportsVariableType: true,
      supportsRunInTerminalRequest: true,
    });
    const stopped = client.event('stopped');
    const initialized = client.event('initialized');
    const launched = performance.now();
    const launch = client.request('launch', {
      ...{ type: 'framewire', request: 'launch', name: 'bench', program: PROGRAM, python: [python], cwd: folder },
      ...{ console: 'internalConsole', stopOnEntry: true },
    });
    await initialized;
    await client.request('setFunctionBreakpoints', { breakpoints: [] });
    const filters = capabilities.exceptionBreakpointFilters.filter((one) => one.default).map(({ filter }) => filter);
    await client.request(
      'setExceptionBreakpoints',
      capabilities.supportsExceptionFilterOptions
        ? { filters: [], filterOptions: filters.map((filterId) => ({ filterId })) }
        : { filters },
    );
    await client.request('configurationDone');
    await launch;
    const { threadId } = (await stopped).body;
    const ended = performance.now();
    const terminated = client.event('terminated');
    await client.request('continue', { threadId });
    await terminated;
    await client.request('disconnect', {});
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return { whole: ended - began, launch: ended - launched };
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
