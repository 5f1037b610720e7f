import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Serial } from '../base/serial';
import { BlockCache } from './blockCache';
import { parseManifest, parseNotice, readJsonFile } from './captureJson';
import { MAJOR } from './format';
import type { CaptureManifest, Notice } from './model';
import { CaptureError, type CaptureProblem, problems } from './problems';
import { ProcessFile } from './processFile';
import type { ProcessModel } from './processModel';

const PROCESS_FILE = /^process-\d+-\d+\.fwp$/;
const NOTICE_FILE = /^notice-\d+\.json$/;
const MANIFEST_FILE = 'capture.json';

/**
 * Reads a capture folder, also while it grows. Only `poll` looks at the folder; between two polls the model stands
 * still. Whatever the files hold, nothing but `open` ever throws: what is wrong is told in `problems`.
 */
export class CaptureReader {
  private readonly files = new Map<string, ProcessFile>();
  private readonly noticesByFile = new Map<string, Notice>();
  private readonly blocks = new BlockCache();
  private readonly serial = new Serial();
  private currentManifest: CaptureManifest | null = null;
  private folderProblem: CaptureProblem | null = null;
  private closed = false;

  private constructor(readonly folder: string) {}

  /**
   * Reads what is there already.
   * @throws CaptureError when the folder is missing, is none, or cannot be listed
   */
  static async open(folder: string): Promise<CaptureReader> {
    try {
      await readdir(folder);
    } catch (error) {
      throw openError(folder, error as NodeJS.ErrnoException);
    }
    const reader = new CaptureReader(folder);
    await reader.poll();
    return reader;
  }

  /** In the order in which they began. */
  get processes(): readonly ProcessModel[] {
    return [...this.files.values()]
      .flatMap(({ model }) => (model ? [model] : []))
      .sort((a, b) => a.info.monotonicBase - b.info.monotonicBase || a.info.pid - b.info.pid);
  }

  get manifest(): CaptureManifest | null {
    return this.currentManifest;
  }

  get notices(): readonly Notice[] {
    return [...this.noticesByFile.values()];
  }

  get problems(): readonly CaptureProblem[] {
    const found = [...this.files.values()].flatMap((file) => file.problems);
    const major = Number.parseInt(this.currentManifest?.version ?? '', 10);
    if (major > MAJOR) found.unshift(problems.newerVersion(MANIFEST_FILE, this.currentManifest?.version ?? ''));
    if (this.folderProblem) found.unshift(this.folderProblem);
    else if (this.files.size === 0 && this.noticesByFile.size === 0) found.unshift(problems.empty());
    return found;
  }

  /** Reads what was appended since the last time; true when anything changed. Polls never overlap. */
  poll(): Promise<boolean> {
    return this.serial.run(() => this.pollOnce());
  }

  private async pollOnce(): Promise<boolean> {
    if (this.closed) return false;
    let changed = false;
    for (const name of await this.list()) {
      if (PROCESS_FILE.test(name) && !this.files.has(name)) {
        this.files.set(name, new ProcessFile(join(this.folder, name), this.blocks));
        changed = true;
      } else if (NOTICE_FILE.test(name) && !this.noticesByFile.has(name)) {
        changed = (await this.readNotice(name)) || changed;
      } else if (name === MANIFEST_FILE && this.currentManifest?.ended == null) {
        changed = (await this.readManifest()) || changed;
      }
    }
    for (const file of this.files.values()) changed = (await file.poll()) || changed;
    return changed;
  }

  /** After this, polls read nothing; the model and the bytes on disk stay readable. */
  close(): void {
    this.closed = true;
  }

  private async list(): Promise<string[]> {
    try {
      const names = await readdir(this.folder);
      this.folderProblem = null;
      return names.sort();
    } catch (error) {
      this.folderProblem = problems.unreadable('', (error as Error).message);
      return [];
    }
  }

  private async readNotice(name: string): Promise<boolean> {
    const fields = await readJsonFile(join(this.folder, name));
    if (fields) this.noticesByFile.set(name, parseNotice(fields));
    return fields !== null;
  }

  private async readManifest(): Promise<boolean> {
    const fields = await readJsonFile(join(this.folder, MANIFEST_FILE));
    const manifest = fields && parseManifest(fields);
    if (!manifest || JSON.stringify(manifest) === JSON.stringify(this.currentManifest)) return false;
    this.currentManifest = manifest;
    return true;
  }
}

function openError(folder: string, error: NodeJS.ErrnoException): CaptureError {
  if (error.code === 'ENOENT') {
    return new CaptureError('missing-folder', `There is no capture at ${folder}: the folder does not exist.`);
  }
  if (error.code === 'ENOTDIR') {
    return new CaptureError(
      'not-a-folder',
      `${folder} is a file. A capture is a folder: give the folder that holds the process-….fwp files.`,
    );
  }
  return new CaptureError('unreadable-folder', `The capture at ${folder} cannot be listed: ${error.message}`, {
    cause: error,
  });
}
