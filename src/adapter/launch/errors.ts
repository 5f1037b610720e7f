/** What can keep a debug session from starting, besides what `src/launch` reports: numbered, named, saying what to do. */
import { EXIT, LaunchError } from '../../launch/errors';

export function programMissing(program: string): LaunchError {
  return new LaunchError(
    2001,
    'ProgramMissing',
    `There is no file ${program}. Correct "program" in the launch configuration, or "cwd" if the path is relative.`,
    EXIT.noInput,
  );
}

/** @param wrong what is wrong, naming the attribute */
export function invalidConfiguration(wrong: string): LaunchError {
  return new LaunchError(2002, 'InvalidConfiguration', `The launch configuration is not valid: ${wrong}.`, EXIT.usage);
}

export function debugpyMissing(python: string, version: string, bundled: string): LaunchError {
  return new LaunchError(
    2003,
    'DebugpyMissing',
    `No debugpy was found: ${bundled}, and Python ${version} at ${python} has none of its own. Install it there: ${python} -m pip install debugpy.`,
    EXIT.unavailable,
  );
}

export function debugpyUnreachable(address: string, reason: string): LaunchError {
  return new LaunchError(
    2004,
    'DebugpyUnreachable',
    `No debugpy answers at ${address}: ${reason}. Start the program with python -m debugpy --listen ${address}, or correct "connect".`,
    EXIT.unavailable,
  );
}

export function childUnreachable(address: string, reason: string): LaunchError {
  return new LaunchError(
    2005,
    'ChildUnreachable',
    `The debugger of the parent process does not answer at ${address}: ${reason}. The parent session may have ended.`,
    EXIT.unavailable,
  );
}

export function commandNotFound(command: string): LaunchError {
  return new LaunchError(
    2006,
    'CommandNotFound',
    `There is no command ${command} on PATH. Install it, or give its path as "command" in the launch configuration.`,
    EXIT.noInput,
  );
}

export function commandNotPython(path: string, python: string): LaunchError {
  return new LaunchError(
    2007,
    'CommandNotPython',
    `${path} is no Python script, and the Python at ${python} has no such command installed. Name the interpreter that it belongs to as "python" in the launch configuration.`,
    EXIT.noInput,
  );
}

/** The text for the user, of whatever was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The stable number, where the error has one. */
export function errorNumber(error: unknown): number | undefined {
  return error instanceof LaunchError ? error.number : undefined;
}
