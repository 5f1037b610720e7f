/** Looking a program up as a shell would. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/** Every executable file of that name on PATH, in order, without duplicates. */
export function programsOnPath(name: string, env: NodeJS.ProcessEnv, cwd: string): string[] {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).map((folder) => resolve(cwd, folder || '.'));
  return [...new Set(folders)].flatMap((folder) => withEndings(join(folder, name), env)).filter(isExecutableFile);
}

/** The file that a shell would run for `command` (a name or a path), or null. */
export function findProgram(command: string, env: NodeJS.ProcessEnv, cwd: string): string | null {
  if (!looksLikePath(command)) return programsOnPath(command, env, cwd)[0] ?? null;
  return withEndings(resolve(cwd, command), env).find(isExecutableFile) ?? null;
}

/** True for what a shell takes as a path and does not look up. */
export function looksLikePath(command: string): boolean {
  return isAbsolute(command) || command.includes('/') || (process.platform === 'win32' && command.includes('\\'));
}

export function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Windows tries the endings of PATHEXT. */
function withEndings(path: string, env: NodeJS.ProcessEnv): string[] {
  if (process.platform !== 'win32') return [path];
  const endings = (env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';');
  return [path, ...endings.map((ending) => path + ending.toLowerCase())];
}
