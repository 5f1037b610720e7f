/** `framewire show`: the report of a recording that is there already. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { analyzeCapture } from '../export/analyze';
import type { Report } from '../export/report';
import { EXIT } from '../launch/errors';
import { CaptureError } from '../wire/problems';
import { CliError, usageError } from './errors';
import { parseOptions } from './options';
import { deliver, type Streams } from './output';
import { withSpinner } from './spinner';
import { appearance } from './terminal';

const UNREADABLE = 65; // EX_DATAERR

/** @returns the exit code */
export async function show(args: readonly string[], streams: Streams, cwd: string): Promise<number> {
  const { values, rest } = parseOptions('show', args, true);
  if (rest.length > 1) throw usageError('One capture at a time.');
  const folder = rest[0] === undefined ? await latest(cwd) : resolve(cwd, rest[0]);
  const { unicode } = appearance(streams.stdout, values, streams.env);
  const work = analyzeCapture(folder, { reveal: values.has('reveal'), reverseNames: !values.has('no-reverse') });
  const report = await withSpinner(streams.stderr, unicode, 'reading the recording', work.catch(refuse));
  await deliver(report, values, streams.stdout, streams);
  return isUnreadable(report) ? UNREADABLE : 0;
}

function refuse(error: unknown): never {
  throw error instanceof CaptureError ? new CliError(error.message, EXIT.noInput) : error;
}

/** Nothing in it could be read, and not because nothing is there. */
function isUnreadable({ processes, problems }: Report): boolean {
  return processes.length === 0 && problems.some(({ code }) => code === 'newer-version' || code === 'not-a-capture');
}

async function latest(cwd: string): Promise<string> {
  const parent = join(cwd, '.framewire');
  const names = await readdir(parent).catch(() => []);
  const captures = names.filter((name) => /^\d{4}-\d\d-\d\dT/.test(name)).sort(byTime);
  const last = captures.at(-1);
  if (last === undefined) {
    throw new CliError(
      `There is no recording in ${parent}. Make one with framewire run, or name one: framewire show CAPTURE.`,
      EXIT.noInput,
    );
  }
  return join(parent, last);
}

/** Of several in one second the numbered ones are later. */
function byTime(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
