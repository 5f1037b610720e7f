/** Makes the folder of a new recording and keeps its `capture.json`; see docs/capture-format.md. */
import { chmod, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { captureFolderInUse, captureFolderNotWritable, LaunchError } from './errors';
import { productVersion } from './installation';

export interface CaptureRequest {
  /** Where to; absent: a new folder named after the time, in `.framewire` of the working folder. */
  readonly folder?: string | undefined;
  readonly cwd: string;
  /** Where the folder `.framewire` is, when not in `cwd`; relative to it. */
  readonly location?: string | undefined;
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly now?: Date;
}

export interface CaptureEnd {
  readonly exitCode: number | null;
  /** "SIGKILL" */
  readonly signal: string | null;
}

export interface NewCapture {
  /** Absolute path, mode 0700. */
  readonly folder: string;
  /** Notes how the program ended. Rejects with the system's error when the disk will not take it. */
  finish(end: CaptureEnd): Promise<void>;
}

/**
 * A working folder that cannot be written to is no obstacle: the recording then goes to the user's state folder. A
 * folder that was asked for by name is used or refused.
 * @throws LaunchError CaptureFolderInUse, CaptureFolderNotWritable
 */
export async function createCapture(request: CaptureRequest): Promise<NewCapture> {
  const now = request.now ?? new Date();
  const about = {
    format: 'framewire-capture',
    version: '1.0',
    created: now.toISOString(),
    tool: `framewire ${productVersion()}`,
    command: request.command,
    cwd: request.cwd,
  };
  const folder = request.folder
    ? await requestedFolder(resolve(request.cwd, request.folder))
    : await defaultFolder(request, now);
  try {
    await writeManifest(folder, { ...about, ended: null, exitCode: null, signal: null });
  } catch (error) {
    throw captureFolderNotWritable(folder, messageOf(error));
  }
  return {
    folder,
    finish: ({ exitCode, signal }) =>
      writeManifest(folder, { ...about, ended: new Date().toISOString(), exitCode, signal }),
  };
}

async function requestedFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length > 0) throw captureFolderInUse(folder);
    await chmod(folder, 0o700);
    return folder;
  } catch (error) {
    throw error instanceof LaunchError ? error : captureFolderNotWritable(folder, messageOf(error));
  }
}

async function defaultFolder({ cwd, location = '.', env = process.env }: CaptureRequest, now: Date): Promise<string> {
  const inProject = join(resolve(cwd, location), '.framewire');
  try {
    return await newFolderIn(inProject, now);
  } catch {
    const state = stateFolder(env);
    try {
      return await newFolderIn(state, now);
    } catch (error) {
      throw captureFolderNotWritable(`${inProject} or ${state}`, messageOf(error));
    }
  }
}

/** A new folder named after the local time; of several in one second the later ones are numbered. */
async function newFolderIn(parent: string, now: Date): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  // a recording holds what went over the wire: it must not slip into a commit
  await writeFile(join(parent, '.gitignore'), '*\n', { flag: 'wx' }).catch(ignoreExisting);
  const name = localTime(now);
  for (let count = 1; ; count += 1) {
    const folder = join(parent, count === 1 ? name : `${name}-${count}`);
    try {
      await mkdir(folder, { mode: 0o700 });
      return folder;
    } catch (error) {
      ignoreExisting(error);
    }
  }
}

function ignoreExisting(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

/** "2026-11-22T10-42-28": sorts by time and is a file name everywhere. */
function localTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date}T${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join('-')}`;
}

/** Where programs of this platform keep data that is neither settings nor cache. */
function stateFolder(env: NodeJS.ProcessEnv): string {
  const home = env.HOME || homedir();
  if (process.platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'framewire');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'framewire');
  return join(env.XDG_STATE_HOME || join(home, '.local', 'state'), 'framewire');
}

async function writeManifest(folder: string, content: object): Promise<void> {
  const path = join(folder, 'capture.json');
  const fresh = join(dirname(path), '.capture.json.new');
  await writeFile(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, path);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
