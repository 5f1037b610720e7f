/** The original case as a debug client sees it, word for word: test/golden/dap. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expectGolden } from '../support/golden';
import { startOriginalCase } from '../support/originalCase.mjs';
import type { Python } from './harness/programs';
import { type DebugSession, withSession } from './harness/session';
import { Transcript } from './harness/transcript';
import { TRACED } from './harness/wireStops';

/** Over TLS on each way in which debugpy traces, as the original case was; once more without TLS. */
const CASES = [
  { minor: '3.8', scheme: 'https' },
  { minor: '3.11', scheme: 'https' },
  { minor: '3.13', scheme: 'https' },
  { minor: '3.11', scheme: 'http' },
] as const;

/** What a Python prints for an expression. */
const ask = (python: string, expression: string) =>
  execFileSync(python, ['-c', `import os, sys; print(${expression})`], { encoding: 'utf8' }).trim();

describe('the original case: asciinema uploads to nginx, in the debugger', () => {
  let server: Awaited<ReturnType<typeof startOriginalCase>>;
  /** A folder with asciinema in it, for interpreters that do not have it. */
  let packages = '';
  before(async () => {
    server = await startOriginalCase();
    packages = join(server.folder, 'packages');
    mkdirSync(packages);
    // Debian's Python has it; the package is plain Python and runs on all of them
    const installed = ask('/usr/bin/python3', '__import__("asciinema").__file__');
    cpSync(dirname(installed), join(packages, 'asciinema'), { recursive: true });
  });
  after(() => server.stop());

  async function debug(dap: DebugSession, python: Python, scheme: 'http' | 'https'): Promise<string> {
    const url = scheme === 'https' ? server.tlsUrl : server.plainUrl;
    const transcript = new Transcript(dap.client, {
      paths: [
        [dap.folder, '<folder>'],
        [packages, '<packages>'],
        [server.folder, '<server>'],
        [dirname(ask(python.path, 'os.__file__')), '<python>'],
        [python.path, '<interpreter>'],
      ],
    });
    const { exceptionBreakpointFilters } = await dap.initialize();
    const defaults = exceptionBreakpointFilters.filter((one: { default: boolean }) => one.default);
    await dap.launch({
      python,
      configuration: {
        module: 'asciinema',
        args: ['upload', server.castPath()],
        env: { ...server.environment(url), PYTHONPATH: packages },
        // asciinema ends with sys.exit(1): that is how it tells its failure, and no place to stop
        breakOnSystemExit: [],
      },
      exceptionBreakpoints: {
        filters: [],
        filterOptions: defaults.map(({ filter }: { filter: string }) => ({ filterId: filter })),
      },
    });
    for (;;) {
      const stop = await transcript.stop(dap);
      if (!stop) break;
      transcript.note('continue');
      await dap.client.request('continue', stop);
    }
    transcript.end();
    await dap.disconnect();
    return transcript.toString();
  }

  for (const { minor, scheme } of CASES) {
    const python = TRACED.find(({ version }) => version.startsWith(`${minor}.`));
    if (!python) continue;
    it(`stops and tells as before on Python ${minor} over ${scheme === 'https' ? 'TLS' : 'plain HTTP'}`, async () => {
      let text = '';
      await withSession(async (dap) => {
        text = await debug(dap, python, scheme);
      });
      assert.match(text, /413 Request Entity Too Large/);
      expectGolden(`dap/original-case-${scheme}-${minor}.txt`, text);
    });
  }
});
