/** Which recording a command is about when none is named. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../launch/errors';
import { CliError } from './errors';

/**
 * The folder of the latest recording under `.framewire`.
 * @param command that wants it, for the message
 * @throws CliError when there is none
 */
export async function latestCapture(cwd: string, command: string): Promise<string> {
  const parent = join(cwd, '.framewire');
  const names = await readdir(parent).catch(() => []);
  const captures = names.filter((name) => /^\d{4}-\d\d-\d\dT/.test(name)).sort(byTime);
  const last = captures.at(-1);
  if (last === undefined) {
    throw new CliError(
      `There is no recording in ${parent}. Make one with framewire run, or name one: framewire ${command} CAPTURE.`,
      EXIT.noInput,
    );
  }
  return join(parent, last);
}

/** Of several in one second the numbered ones are later. */
function byTime(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
