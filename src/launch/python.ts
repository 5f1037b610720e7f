/** Finds the Python interpreter that a program is meant to run with. */
import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { plainEnvironment } from './environment';
import {
  MINIMUM_PYTHON,
  noPythonFound,
  pythonDidNotAnswer,
  pythonNotExecutable,
  pythonNotFound,
  pythonTooOld,
} from './errors';
import { isExecutableFile, looksLikePath, programsOnPath } from './searchPath';

export interface Interpreter {
  /** The file to start: as found, links not followed (a virtual environment is a link). */
  readonly path: string;
  /** What it calls itself (`sys.executable`); behind a pyenv shim this is the real one. */
  readonly executable: string;
  /** "3.11.2" */
  readonly version: string;
  readonly prefix: string;
  readonly source: 'requested' | 'virtual environment' | 'working folder' | 'PATH';
}

export interface PythonSearch {
  /** A path, the folder of a virtual environment, or a name to look up on PATH. Empty counts as not requested. */
  readonly requested?: string | undefined;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds that an interpreter may take to answer; 10,000 unless told. */
  readonly timeout?: number;
  /** Called with an interpreter that is about to be asked who it is. */
  readonly onTrying?: ((path: string) => void) | undefined;
}

/**
 * The requested interpreter or else the active one: `$VIRTUAL_ENV`, `.venv` or `venv` in the working folder, then
 * `python3` and `python` on PATH. The first that runs decides; one that is too old is an error and not passed over,
 * because another one would lack the program's packages.
 * @throws LaunchError NoPythonFound, PythonNotFound, PythonNotExecutable, PythonDidNotAnswer, PythonTooOld
 */
export async function findPython(search: PythonSearch): Promise<Interpreter> {
  if (search.requested) return requestedPython(search.requested, search);
  const candidates = activeCandidates(search);
  let broken: { path: string; reason: string } | null = null;
  for (const [index, { path, source }] of candidates.entries()) {
    const answer = await ask(path, search);
    if ('reason' in answer) {
      broken ??= { path, reason: answer.reason };
      continue;
    }
    if (!isTooOld(answer.version)) return { path, source, ...answer };
    throw pythonTooOld(path, answer.version, await firstNewEnough(candidates.slice(index + 1), search));
  }
  if (broken) throw pythonDidNotAnswer(broken.path, broken.reason);
  throw noPythonFound(['$VIRTUAL_ENV', '.venv', 'venv', ...NAMES.map((name) => `${name} on PATH`)]);
}

const NAMES = process.platform === 'win32' ? ['python', 'python3', 'py'] : ['python3', 'python'];

type Candidate = Pick<Interpreter, 'path' | 'source'>;

function activeCandidates({ cwd, env }: PythonSearch): Candidate[] {
  const inFolder = (folder: string, source: Interpreter['source']): Candidate[] =>
    [pythonOfEnvironment(folder)].filter(isExecutableFile).map((path) => ({ path, source }));
  return [
    ...(env.VIRTUAL_ENV ? inFolder(env.VIRTUAL_ENV, 'virtual environment') : []),
    ...['.venv', 'venv'].flatMap((name) => inFolder(join(cwd, name), 'working folder')),
    ...NAMES.flatMap((name) => programsOnPath(name, env, cwd)).map((path): Candidate => ({ path, source: 'PATH' })),
  ];
}

function pythonOfEnvironment(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

async function requestedPython(requested: string, search: PythonSearch): Promise<Interpreter> {
  const path = requestedPath(requested, search);
  const answer = await ask(path, search);
  if ('reason' in answer) throw pythonDidNotAnswer(path, answer.reason);
  if (isTooOld(answer.version)) throw pythonTooOld(path, answer.version, null);
  return { path, source: 'requested', ...answer };
}

function requestedPath(requested: string, { cwd, env }: PythonSearch): string {
  const expanded = requested.replace(/^~(?=$|[\\/])/, homedir());
  const local = resolve(cwd, expanded);
  if (!looksLikePath(expanded)) {
    const [onPath] = programsOnPath(expanded, env, cwd);
    if (onPath) return onPath;
    // the folder of a virtual environment may be named without a slash
    if (!existsSync(pythonOfEnvironment(local))) throw pythonNotFound(requested, false);
  }
  if (!existsSync(local)) throw pythonNotFound(local, true);
  const path = statSync(local).isDirectory() ? pythonOfEnvironment(local) : local;
  if (!existsSync(path)) throw pythonNotFound(path, true);
  if (!isExecutableFile(path)) throw pythonNotExecutable(path);
  return path;
}

async function firstNewEnough(candidates: readonly Candidate[], search: PythonSearch) {
  for (const { path } of candidates) {
    const answer = await ask(path, search);
    if ('version' in answer && !isTooOld(answer.version)) return { path, version: answer.version };
  }
  return null;
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < MINIMUM_PYTHON[0] || (major === MINIMUM_PYTHON[0] && minor < MINIMUM_PYTHON[1]);
}

// Imports nothing but sys: a json.py in the working folder must not be what answers. Runs on Python 2 as well.
const MARK = 'framewire-python';
const QUESTION = `import sys; sys.stdout.write("\\n${MARK}\\n%d.%d.%d\\n" % tuple(sys.version_info[:3]) + sys.executable + "\\n" + sys.prefix + "\\n")`;

type Answer = Pick<Interpreter, 'version' | 'executable' | 'prefix'> | { readonly reason: string };

function ask(path: string, { cwd, env, timeout = 10_000, onTrying }: PythonSearch): Promise<Answer> {
  onTrying?.(path);
  const quiet = { ...plainEnvironment(env), PYTHONIOENCODING: 'utf-8:surrogateescape' };
  return new Promise((settle) => {
    const options = { cwd, env: quiet, timeout, killSignal: 'SIGKILL' as const, windowsHide: true };
    const child = execFile(path, ['-c', QUESTION], options, (error, stdout, stderr) => {
      const lines = stdout.split(/\r?\n/);
      const [version, executable, prefix] = lines.slice(lines.lastIndexOf(MARK) + 1);
      if (lines.includes(MARK) && version && prefix !== undefined) {
        // an interpreter started with an odd argv[0] may not know its own name
        settle({ version, executable: executable || path, prefix });
      } else if (error?.killed) {
        settle({ reason: `it did not answer within ${timeout / 1000} s` });
      } else {
        const said = stderr.trim().split('\n').at(-1)?.trim();
        settle({ reason: said || error?.message.split('\n')[0] || 'it printed nothing that a Python would print' });
      }
    });
    child.stdin?.end();
  });
}
