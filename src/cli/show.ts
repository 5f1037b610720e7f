/** `framewire show`: the report of a recording that is there already. */
import { resolve } from 'node:path';
import { analyzeCapture } from '../export/analyze';
import type { Report } from '../export/report';
import { EXIT } from '../launch/errors';
import { CaptureError } from '../wire/problems';
import { latestCapture } from './captures';
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
  const folder = rest[0] === undefined ? await latestCapture(cwd, 'show') : resolve(cwd, rest[0]);
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
