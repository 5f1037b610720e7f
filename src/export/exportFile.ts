/** Writes a file of the user's choice whole or not at all, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { t } from '../base/l10n';

export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
}

/** The file cannot be written; the message says what to do. */
export class ExportError extends Error {
  override readonly name = 'ExportError';

  constructor(
    readonly code: 'exists' | 'unwritable',
    message: string,
  ) {
    super(message);
  }
}

/**
 * What `produce` writes goes to a new file beside `path`, which takes its name when all of it is there; whatever goes
 * wrong, nothing of it is left. What is no regular file (a pipe, a device) is written to as it is.
 *
 * @param replace a file that is there already
 * @throws ExportError when there is such a file, or no place for a new one
 */
export async function writeExport<T>(path: string, replace: boolean, produce: (sink: Sink) => Promise<T>): Promise<T> {
  const kind = await kindOf(path);
  if (kind === 'folder') throw new ExportError('unwritable', t('{0} is a folder. Name a file.', path));
  if (kind === 'file' && !replace) throw alreadyThere(path);
  const written =
    kind === 'special' ? path : join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}`);
  const flags = kind === 'special' ? constants.O_WRONLY : 'wx';
  let handle: FileHandle | null = null;
  try {
    handle = await open(written, flags, 0o600);
    const file = handle;
    const sink = new Buffered(async (bytes) => writeWhole(file, bytes).catch((error) => fail(path, error)));
    const result = await produce(sink);
    await sink.flush();
    if (kind === 'special') return result;
    await file.sync(); // what finds no space is to be told now
    await file.close();
    handle = null;
    await moveInto(written, path, replace);
    return result;
  } catch (error) {
    await handle?.close().catch(() => undefined);
    if (kind !== 'special') await rm(written, { force: true }).catch(() => undefined);
    return fail(path, error);
  }
}

/** Small pieces make few writes. */
export class Buffered implements Sink {
  private pieces: Uint8Array[] = [];
  private size = 0;

  constructor(private readonly out: (bytes: Uint8Array) => Promise<void>) {}

  async write(bytes: Uint8Array): Promise<void> {
    this.pieces.push(bytes);
    this.size += bytes.length;
    if (this.size >= 256 * 1024) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.size === 0) return;
    const bytes = this.pieces.length === 1 ? (this.pieces[0] as Uint8Array) : Buffer.concat(this.pieces);
    this.pieces = [];
    this.size = 0;
    await this.out(bytes);
  }
}

/** A write may take less than it is given. */
export async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

async function kindOf(path: string): Promise<'none' | 'file' | 'folder' | 'special'> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : 'special';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    return fail(path, error);
  }
}

async function moveInto(from: string, path: string, replace: boolean): Promise<void> {
  if (replace) return rename(from, path);
  try {
    await link(from, path); // unlike a rename it fails when somebody else was faster
    await rm(from);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw alreadyThere(path);
    if ((await kindOf(path)) !== 'none') throw error;
    await rename(from, path); // a file system without hard links
  }
}

function alreadyThere(path: string): ExportError {
  return new ExportError('exists', t('There is already a file {0}. Choose another name, or have it replaced.', path));
}

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) => t('There is not enough space for {0}: free some, or choose another place.', path),
  EDQUOT: (path) => t('There is not enough space for {0}: free some, or choose another place.', path),
  EFBIG: (path) => t('{0} would become larger than a file may be here: choose another place.', path),
  ENOENT: (path) => t('There is no folder {0}. Create it, or choose another place.', dirname(path)),
  ENOTDIR: (path) => t('There is no folder {0}. Create it, or choose another place.', dirname(path)),
  EACCES: (path) => t('{0} may not be written to: choose another place.', dirname(path)),
  EPERM: (path) => t('{0} may not be written to: choose another place.', dirname(path)),
  EROFS: (path) => t('{0} may not be written to: choose another place.', dirname(path)),
};

/** Errors of the system in words; those of whoever produces the content stay as they are. */
function fail(path: string, error: unknown): never {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  // a pipe that nobody reads any more is not about the place
  if (error instanceof ExportError || code === undefined || syscall === undefined || code === 'EPIPE') throw error;
  throw new ExportError('unwritable', REASONS[code]?.(path) ?? t('{0} cannot be written: {1}', path, message));
}
