/** Captures made by the real probe in a real Python. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCapture } from '../../../src/launch/captureFolder';
import { probeEnvironment } from '../../../src/launch/environment';
import { checkout } from '../../support/checkout';

export interface RecordingOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Payload bytes kept per stream. */
  readonly streamBudget?: number;
}

export interface TestRecording {
  readonly folder: string;
  readonly exitCode: number | null;
  readonly output: string;
  dispose(): void;
}

/** Runs a command under the probe, to its end. */
export async function record(
  command: readonly [string, ...string[]],
  options: RecordingOptions = {},
): Promise<TestRecording> {
  const home = mkdtempSync(join(tmpdir(), 'framewire-panel-'));
  const capture = await createCapture({ folder: join(home, 'capture'), cwd: checkout, command });
  const base = { ...process.env, ...options.env };
  const env = probeEnvironment(base, { captureFolder: capture.folder, streamBudget: options.streamBudget });
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd: checkout, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await capture.finish({ exitCode, signal: null });
  return { folder: capture.folder, exitCode, output, dispose: () => rmSync(home, { recursive: true, force: true }) };
}
