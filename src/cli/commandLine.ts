/** What `framewire run` is asked to run: a program on PATH, a Python script, or a module. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT } from '../launch/errors';
import { findPython } from '../launch/python';
import { findProgram, looksLikePath } from '../launch/searchPath';
import { CliError, NOT_EXECUTABLE, NOT_FOUND, usageError } from './errors';

export interface Invocation {
  /** The file to start. */
  readonly file: string;
  /** What the program sees as its own name. */
  readonly argv0: string;
  readonly args: readonly string[];
}

export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** --python */
  readonly python?: string | undefined;
}

/**
 * @throws CliError when there is nothing to run or it cannot be found
 * @throws LaunchError when a Python is needed and none is usable
 */
export async function resolveCommand(words: readonly string[], around: Surroundings): Promise<Invocation> {
  const [first, ...args] = words;
  if (first === undefined) {
    throw usageError('Nothing to run. Name a command, a script or a module: framewire run [options] -- COMMAND.');
  }
  if (first === '-m' || first === '-c') {
    if (args[0] === undefined) throw usageError(`${first} needs ${first === '-m' ? 'a module' : 'a program text'}.`);
    return withPython(words, around);
  }
  if (first.startsWith('-')) throw usageError(`${first} is neither an option of Framewire nor a command.`);
  if (isScript(first, around)) return withPython(words, around);
  const file = findProgram(first, around.env, around.cwd);
  if (file !== null && around.python) {
    throw usageError(`--python is for scripts and -m; ${first} is a command and finds its own. Leave --python out.`);
  }
  if (file !== null) return { file, argv0: first, args };
  throw cannotRun(first, around);
}

/** A Python file, or a folder or archive that Python runs; a name without a slash only where such a file is. */
function isScript(word: string, { cwd, env }: Surroundings): boolean {
  const path = resolve(cwd, word);
  if (/\.(pyw?|pyz)$/i.test(word)) {
    if (existsSync(path)) return true;
    if (!looksLikePath(word) && findProgram(word, env, cwd) !== null) return false;
    throw new CliError(
      `There is no script ${word} in ${cwd}. Correct the path, or change to its folder first.`,
      EXIT.noInput,
    );
  }
  return looksLikePath(word) && existsSync(join(path, '__main__.py'));
}

async function withPython(args: readonly string[], { cwd, env, python }: Surroundings): Promise<Invocation> {
  const { path } = await findPython({ requested: python, cwd, env });
  return { file: path, argv0: path, args };
}

function cannotRun(word: string, { cwd }: Surroundings): CliError {
  const path = resolve(cwd, word);
  if (!looksLikePath(word)) {
    const local = existsSync(path) ? ` There is one in this folder: ./${word}.` : '';
    return new CliError(
      `There is no program "${word}" on PATH.${local} Check the spelling, or activate its environment.`,
      NOT_FOUND,
    );
  }
  if (!existsSync(path)) return new CliError(`There is no file ${path}. Check the path.`, NOT_FOUND);
  const what = statSync(path).isDirectory() ? 'a folder' : 'not executable';
  return new CliError(
    `${path} is ${what}. To run a Python file, use: framewire run -- python3 ${word}`,
    NOT_EXECUTABLE,
  );
}
