/** Where reports go. */
import { chmod, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { escapeText, safeJson } from '../export/escape';
import type { Report } from '../export/report';
import { renderReport } from '../export/reportText';
import { EXIT } from '../launch/errors';
import { CliError } from './errors';
import type { OptionValues } from './options';
import { appearance } from './terminal';

export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Writes a report in every form that was asked for.
 * @param people where the report for people goes
 * @throws CliError when a file cannot be written
 */
export async function deliver(report: Report, options: OptionValues, people: NodeJS.WriteStream, streams: Streams) {
  const json = options.get('json');
  const file = options.get('output') ?? (json === true ? undefined : json);
  if (json === true) await write(streams.stdout, `${safeJson(report)}\n`);
  else {
    // a blank line parts it from what the program printed
    const lead = people === streams.stderr ? '\n' : '';
    await write(people, lead + renderReport(report, appearance(people, options, streams.env)));
  }
  if (typeof file === 'string') await writePrivate(resolve(file), `${safeJson(report)}\n`);
}

/** A line of our own, marked as such. */
export function tell(streams: Streams, message: string): Promise<void> {
  return write(streams.stderr, `framewire: ${escapeText(message)}\n`);
}

/** Resolves when the text has left; a reader that has gone away is no error. */
export function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  // the stream tells an error twice, and the second time it wants a listener
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined);
  return new Promise((done, fail) => {
    stream.write(text, (error?: (Error & { code?: string }) | null) => {
      if (error && error.code !== 'EPIPE') fail(error);
      else done();
    });
  });
}

async function writePrivate(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600 });
    await chmod(path, 0o600);
  } catch (error) {
    throw new CliError(`The report cannot be written to ${path}: ${(error as Error).message}.`, EXIT.ioError);
  }
}
