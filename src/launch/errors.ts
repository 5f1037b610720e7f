/** What can go wrong before the program runs: each error has a number, a name, an exit code, and says what to do. */

/** Exit codes of `sysexits.h`, for what is our failure and not the program's. */
export const EXIT = {
  usage: 64,
  noInput: 66,
  unavailable: 69,
  cannotCreate: 73,
  ioError: 74,
} as const;

/** The oldest Python that the probe supports. */
export const MINIMUM_PYTHON: readonly [number, number] = [3, 8];

export class LaunchError extends Error {
  /**
   * @param number stable, for documentation and for the adapter's error responses
   * @param name stable, for tests and tools
   * @param exitCode what a command line tool should exit with
   */
  constructor(
    readonly number: number,
    override readonly name: string,
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

const minimum = MINIMUM_PYTHON.join('.');
const CHOOSE =
  'activate a virtual environment, or name an interpreter (--python PATH on the command line, "python" in a launch configuration)';

export function noPythonFound(looked: readonly string[]): LaunchError {
  const where = looked.length > 0 ? ` Looked at: ${looked.join(', ')}.` : '';
  return new LaunchError(
    1001,
    'NoPythonFound',
    `No Python interpreter was found.${where} Install Python ${minimum} or newer, ${CHOOSE}.`,
    EXIT.unavailable,
  );
}

export function pythonNotFound(requested: string, isPath: boolean): LaunchError {
  const what = isPath ? `There is no file ${requested}.` : `There is no program "${requested}" on PATH.`;
  return new LaunchError(
    1002,
    'PythonNotFound',
    `The requested Python was not found. ${what} Correct the name, or leave it out to use the active interpreter.`,
    EXIT.unavailable,
  );
}

export function pythonNotExecutable(path: string): LaunchError {
  return new LaunchError(
    1003,
    'PythonNotExecutable',
    `${path} cannot be executed. Name a Python interpreter, or make the file executable (chmod +x).`,
    EXIT.unavailable,
  );
}

/** @param reason what was seen instead of an answer, one line */
export function pythonDidNotAnswer(path: string, reason: string): LaunchError {
  return new LaunchError(
    1004,
    'PythonDidNotAnswer',
    `${path} does not work as a Python interpreter: ${reason}. Repair it, or ${CHOOSE}.`,
    EXIT.unavailable,
  );
}

/** @param newer a newer interpreter that was seen on the way, to suggest */
export function pythonTooOld(
  path: string,
  version: string,
  newer: { path: string; version: string } | null,
): LaunchError {
  const choose = newer
    ? `Python ${newer.version} is at ${newer.path}: use it with --python ${newer.path} on the command line, or "python" in a launch configuration`
    : `Install a newer one, ${CHOOSE}`;
  return new LaunchError(
    1005,
    'PythonTooOld',
    `Framewire records Python ${minimum} and newer; ${path} is Python ${version}. ${choose}.`,
    EXIT.unavailable,
  );
}

export function probeMissing(looked: readonly string[]): LaunchError {
  return new LaunchError(
    1010,
    'ProbeMissing',
    `Framewire's probe is missing (looked in ${looked.join(', ')}). Build the checkout again: npm ci && npm run build.`,
    EXIT.unavailable,
  );
}

export function captureFolderInUse(folder: string): LaunchError {
  return new LaunchError(
    1020,
    'CaptureFolderInUse',
    `${folder} is not empty. Name a folder that does not exist yet, or an empty one.`,
    EXIT.cannotCreate,
  );
}

/** @param reason the system's own words, such as "ENOSPC: no space left on device" */
export function captureFolderNotWritable(folder: string, reason: string): LaunchError {
  return new LaunchError(
    1021,
    'CaptureFolderNotWritable',
    `The capture cannot be written to ${folder}: ${reason}. Name another folder with --capture DIR ("captureFolder" in a launch configuration's "wire").`,
    EXIT.cannotCreate,
  );
}
