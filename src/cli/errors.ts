/** Failures of the command line itself, each with a message that says what to do and an exit code of sysexits.h. */
import { EXIT } from '../launch/errors';

export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

export function usageError(message: string): CliError {
  return new CliError(`${message} See: framewire --help`, EXIT.usage);
}

/** Shells end with these when a command cannot be run. */
export const NOT_FOUND = 127;
export const NOT_EXECUTABLE = 126;
