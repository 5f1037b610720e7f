/** Which module a file is, by the packages around it. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ModulePlace } from './analysis/analyze';

/**
 * The dotted name that the file is imported by: that of the packages (folders with an `__init__.py`) it lies in.
 * @param exists whether there is a file at a path
 */
export function modulePlace(path: string, exists: (path: string) => boolean = existsSync): ModulePlace {
  const parts: string[] = [];
  const stem = basename(path).replace(/\.pyi?$/, '');
  const isPackage = stem === '__init__';
  if (!isPackage) parts.unshift(stem);
  let folder = dirname(path);
  while (folder !== dirname(folder) && exists(join(folder, '__init__.py'))) {
    parts.unshift(basename(folder));
    folder = dirname(folder);
  }
  return { name: parts.join('.'), isPackage };
}
