/** Runs the built command line as a user does. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/export/report';
import { checkout } from './checkout';

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and returns what it printed. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { env?: Record<string, string | undefined>; cwd?: string; input?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? checkout,
      env: { ...process.env, NODE_OPTIONS: '', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

export const cli = join(checkout, 'bin/framewire.mjs');

/** `framewire …` with these arguments. */
export const framewire = (args: readonly string[], options: Parameters<typeof runProgram>[2] = {}): Promise<Outcome> =>
  runProgram(process.execPath, [cli, ...args], options);

/** A folder that is gone after the test, with the capture of one run and its report. */
export class Recording {
  private constructor(
    readonly folder: string,
    readonly outcome: Outcome,
    readonly report: Report,
  ) {}

  /** Records a command with `framewire run` and reads the report it wrote. */
  static async of(
    command: readonly string[],
    options: { env?: Record<string, string | undefined>; cwd?: string } = {},
  ): Promise<Recording> {
    const folder = mkdtempSync(join(tmpdir(), 'framewire-e2e-'));
    const report = join(folder, 'report.json');
    const outcome = await framewire(
      ['run', '--capture', join(folder, 'capture'), `--json=${report}`, '--', ...command],
      options,
    );
    let text: string;
    try {
      text = readFileSync(report, 'utf8');
    } catch {
      throw new Error(`framewire wrote no report; it ended with ${outcome.code}:\n${outcome.stderr}`);
    }
    return new Recording(folder, outcome, JSON.parse(text) as Report);
  }

  get capture(): string {
    return join(this.folder, 'capture');
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
