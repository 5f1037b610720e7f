/** `framewire run`: records a program from its start to its end and reports. */
import { existsSync } from 'node:fs';
import { analyzeCapture } from '../export/analyze';
import type { Report } from '../export/report';
import { createCapture, type NewCapture } from '../launch/captureFolder';
import { plainEnvironment, probeEnvironment } from '../launch/environment';
import { LaunchError } from '../launch/errors';
import { resolveCommand } from './commandLine';
import { type OptionValues, parseOptions, parseSize } from './options';
import { deliver, type Streams, tell } from './output';
import { exitStatus, type ProgramEnd, runProgram } from './program';
import { withSpinner } from './spinner';
import { appearance } from './terminal';

/** @returns how the program ended */
export async function run(args: readonly string[], streams: Streams, cwd: string): Promise<ProgramEnd> {
  const { values, rest } = parseOptions('run', args);
  appearance(streams.stderr, values, streams.env); // a wrong option is told before the program runs
  const budgets = { streamBudget: size(values, 'budget'), captureBudget: size(values, 'capture-budget') };
  const invocation = await resolveCommand(rest, { cwd, env: streams.env, python: text(values, 'python') });
  const capture = await newCapture(text(values, 'capture'), rest, cwd, streams);
  if (capture === null) return runProgram(invocation, plainEnvironment(streams.env), cwd);

  const env = probeEnvironment(streams.env, { captureFolder: capture.folder, ...budgets });
  const end = await runProgram(invocation, env, cwd);
  if (!existsSync(capture.folder)) {
    await tell(streams, `${capture.folder} was removed while the program ran: what was recorded is gone.`);
    return end;
  }
  await finish(capture, end, streams);
  try {
    await deliver(await analyze(capture.folder, end, values, streams), values, streams.stderr, streams);
  } catch (error) {
    // the program has ended by its own rules; a report that fails must not change how
    await tell(streams, `${(error as Error).message} The recording is in ${capture.folder}.`);
  }
  return end;
}

/** The recording's folder; null when there is no place for one and the program is to run all the same. */
async function newCapture(folder: string | undefined, command: readonly string[], cwd: string, streams: Streams) {
  try {
    return await createCapture({ folder, cwd, command, env: streams.env });
  } catch (error) {
    if (folder !== undefined || !(error instanceof LaunchError)) throw error;
    await tell(streams, `${error.message} The program runs without being recorded.`);
    return null;
  }
}

/** A full disk at the end costs the note about the end, nothing else. */
async function finish(capture: NewCapture, end: ProgramEnd, streams: Streams): Promise<void> {
  try {
    await capture.finish(end);
  } catch (error) {
    await tell(streams, `How the program ended could not be noted in the capture: ${(error as Error).message}.`);
  }
}

async function analyze(folder: string, end: ProgramEnd, values: OptionValues, streams: Streams): Promise<Report> {
  const { unicode } = appearance(streams.stderr, values, streams.env);
  const work = analyzeCapture(folder, { reveal: values.has('reveal'), reverseNames: !values.has('no-reverse') });
  const report = await withSpinner(streams.stderr, unicode, 'reading the recording', work);
  return {
    ...report,
    // known here even where the disk was too full to note it
    exitCode: end.exitCode,
    signal: end.signal,
    problems: report.problems.map((problem) =>
      problem.code === 'empty' ? { ...problem, message: hint(end) } : problem,
    ),
  };
}

function hint(end: ProgramEnd): string {
  const failed = exitStatus(end) === 0 ? '' : ' It failed before that, see its own message, or it';
  return `No Python process was recorded.${failed || ' The program'} is not a Python program, or its Python was started so that it leaves the probe out: with -I, -E or -S, with an environment of its own (env -i, sudo), or from an embedded or frozen build.`;
}

function text(values: OptionValues, name: string): string | undefined {
  const value = values.get(name);
  return typeof value === 'string' ? value : undefined;
}

function size(values: OptionValues, name: string): number | undefined {
  const value = text(values, name);
  return value === undefined ? undefined : parseSize(name, value);
}
