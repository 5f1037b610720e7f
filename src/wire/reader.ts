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
/** What one process's file is read for at a stretch while those of others wait. */
const STEP_MS = 20;
/** How often the folder is looked at while there is much to read in what is known of it. */
const LIST_MS = 500;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

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
  private listedAt = Number.NEGATIVE_INFINITY;

  private constructor(readonly folder: string) {}

  /**
   * Reads what is there already.
   * @throws CaptureError when the folder is missing, is none, or cannot be listed
   */
  static async open(folder: string): Promise<CaptureReader> {
    const reader = await CaptureReader.begin(folder);
    await reader.poll();
    return reader;
  }

  /**
   * Reads nothing yet: for captures that are read piece by piece.
   * @throws CaptureError as `open` does
   */
  static async begin(folder: string): Promise<CaptureReader> {
    try {
      await readdir(folder);
    } catch (error) {
      throw openError(folder, error as NodeJS.ErrnoException);
    }
    return new CaptureReader(folder);
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

  /** How much of the files' bytes was read. */
  get progress(): { readonly done: number; readonly size: number } {
    const files = [...this.files.values()];
    return { done: sum(files.map(({ done }) => done)), size: sum(files.map(({ size }) => size)) };
  }

  /** The last poll left something for the next. */
  get behind(): boolean {
    return [...this.files.values()].some((file) => file.behind);
  }

  /**
   * Reads what was appended since the last time; true when anything changed. Polls never overlap.
   * @param ms time after which the rest is left to the next poll; the processes keep step then, so that what is known at
   *   any time is what happened until then
   */
  poll(ms = Number.POSITIVE_INFINITY): Promise<boolean> {
    return this.serial.run(() => this.pollOnce(performance.now() + ms));
  }

  private async pollOnce(until: number): Promise<boolean> {
    if (this.closed) return false;
    let changed = false;
    const now = performance.now();
    const leave = this.behind && now - this.listedAt < LIST_MS;
    if (!leave) this.listedAt = now;
    for (const name of leave ? [] : await this.list()) {
      if (PROCESS_FILE.test(name) && !this.files.has(name)) {
        this.files.set(name, new ProcessFile(join(this.folder, name), this.blocks));
        changed = true;
      } else if (NOTICE_FILE.test(name) && !this.noticesByFile.has(name)) {
        changed = (await this.readNotice(name)) || changed;
      } else if (name === MANIFEST_FILE && this.currentManifest?.ended == null) {
        changed = (await this.readManifest()) || changed;
      }
    }
    if (until === Number.POSITIVE_INFINITY) {
      for (const file of this.files.values()) changed = (await file.poll()) || changed;
      return changed;
    }
    const left = [...this.files.values()];
    while (left.length > 0) {
      left.sort((a, b) => a.reached - b.reached);
      const [file] = left as [ProcessFile];
      changed = (await file.poll(Math.min(until, performance.now() + STEP_MS))) || changed;
      if (!file.behind) left.shift();
      if (performance.now() >= until) break;
    }
    return changed;
  }

  /** After this, polls read nothing; the model and the bytes on disk stay readable. */
  close(): void {
    this.closed = true;
    void this.serial.run(async () => {
      for (const file of this.files.values()) await file.close();
    });
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
