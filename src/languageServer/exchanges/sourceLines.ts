/** What the lines that ran look like: the files are read when they are first told of, before they are edited further. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { normalize } from 'node:path';
import type { PlacedExchange } from '../../messages/language';

/** Files whose text is kept; a run goes through few of the user's files. */
const MAX_FILES = 60;
/** No source that anybody reads is larger. */
const MAX_BYTES = 4 << 20;

export class SourceLines {
  /** By capture and file: a later run may have run another text. */
  private readonly texts = new Map<string, readonly string[] | null>();
  private readonly paths = new Map<string, string>();

  /** One name for a file, however it is reached. */
  pathOf(file: string): string {
    let path = this.paths.get(file);
    if (path === undefined) {
      path = canonicalPath(file);
      if (this.paths.size > 10_000) this.paths.clear();
      this.paths.set(file, path);
    }
    return path;
  }

  /** The line's text without the blanks around it; null when the file cannot be read, or was changed since it ran. */
  lineThatRan(
    path: string,
    line: number,
    { capture, began }: Pick<PlacedExchange, 'capture' | 'began'>,
  ): string | null {
    const key = `${capture}\n${path}`;
    let lines = this.texts.get(key);
    if (lines === undefined) {
      lines = linesOf(path, began);
      if (this.texts.size >= MAX_FILES) this.texts.clear();
      this.texts.set(key, lines);
    }
    return lines?.[line - 1]?.trim() ?? null;
  }

  forget(): void {
    this.texts.clear();
  }
}

function linesOf(path: string, ranAt: number): readonly string[] | null {
  try {
    const { size, mtimeMs } = statSync(path);
    if (size > MAX_BYTES || mtimeMs > ranAt) return null;
    return readFileSync(path, 'utf8').split(/\r\n|[\r\n]/);
  } catch {
    return null;
  }
}

function canonicalPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return normalize(file);
  }
}
