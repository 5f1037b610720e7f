/** Where a Python may be when the Python extension has none: those of the project, then those on PATH. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param selected what the Python extension says; it alone counts then */
export function likelyInterpreters(
  selected: string | null,
  folder: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
  windows = process.platform === 'win32',
): readonly string[] {
  if (selected !== null) return [selected];
  const inside = windows ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const environments = [env.VIRTUAL_ENV, ...(folder ? [join(folder, '.venv'), join(folder, 'venv')] : [])];
  const names = windows ? ['python.exe'] : ['python3', 'python'];
  const onPath = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [
    ...environments.flatMap((environment) => (environment ? [join(environment, ...inside)] : [])),
    ...names.flatMap((name) => onPath.map((entry) => join(entry, name))),
  ].filter((path) => existsSync(path));
}
