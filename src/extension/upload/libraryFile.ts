/** Files of installed packages and of the standard library: nobody runs them, some command does. */
import { existsSync } from 'node:fs';

export interface LibraryFile {
  /** The package or module, by its place: what a choice is remembered for. */
  readonly key: string;
  /** The name that it is imported by: "asciinema". */
  readonly name: string;
  /** Interpreters that it is installed for, most likely first; none when its place does not tell. */
  readonly interpreters: readonly string[];
}

const POSIX = /^(.*)\/lib(?:64|32)?\/((?:python|pypy)3(?:\.\d+)?)\/(?:(?:site|dist)-packages\/|lib-dynload\/)?(.+)$/;
const WINDOWS = /^(.*)[\\/]Lib[\\/](?:site-packages[\\/])?(.+)$/i;
const ANYWHERE = /[\\/](?:site|dist)-packages[\\/](.+)$/;

/**
 * The library that a file belongs to; null for one that does not lie where Python keeps libraries.
 * @param exists whether there is a file at a path
 */
export function libraryOf(path: string, exists: (path: string) => boolean = existsSync): LibraryFile | null {
  const posix = POSIX.exec(path);
  if (posix) {
    const [, prefix = '', python = '', inner = ''] = posix;
    const bins = [
      `${prefix}/bin`,
      ...(/^(\/usr(\/local)?)?$|\/\.local$/.test(prefix) ? ['/usr/local/bin', '/usr/bin'] : []),
    ];
    const names = [python, 'python3', 'python'];
    const candidates = bins.flatMap((bin) => names.map((name) => `${bin}/${name}`));
    return library(path, inner, [...new Set(candidates)].filter(exists));
  }
  const windows = WINDOWS.exec(path);
  if (windows) {
    const [, prefix = '', inner = ''] = windows;
    const found = [`${prefix}\\Scripts\\python.exe`, `${prefix}\\python.exe`].filter(exists);
    // a folder "Lib" may be anybody's; one beside an interpreter is Python's
    if (found.length > 0) return library(path, inner, found);
  }
  const [, inner] = ANYWHERE.exec(path) ?? [];
  return inner === undefined ? null : library(path, inner, []);
}

function library(path: string, inner: string, interpreters: string[]): LibraryFile {
  const [first = inner] = inner.split(/[\\/]/);
  return {
    key: path.slice(0, path.length - inner.length + first.length),
    name: first.replace(/\.pyi?$/, ''),
    interpreters,
  };
}
