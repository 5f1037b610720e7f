/** The captures that a language model may ask for: those of this window's sessions and of its workspace, and no other folder. */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { ExchangeStore } from '../exchanges/exchangeStore';

const MAX_FOUND = 200;

export class KnownCaptures {
  constructor(private readonly exchanges: Pick<ExchangeStore, 'captures'>) {}

  /**
   * @param name a folder's name, such as "2026-11-22T10-42-28", or its path; absent for the newest
   * @throws Error that names those there are
   */
  async find(name?: string): Promise<string> {
    const folders = await this.all();
    const found =
      name === undefined
        ? folders[0]
        : folders.find((folder) => folder === name || basename(folder) === basename(name));
    if (found !== undefined) return found;
    if (folders.length === 0)
      throw new Error('Nothing has been recorded in this workspace yet: start a recorded run first.');
    const names = folders.slice(0, 10).map((folder) => basename(folder));
    throw new Error(`There is no capture ${name} in this workspace. There are: ${names.join(', ')}`);
  }

  /** Newest first: they are named after the time. */
  private async all(): Promise<string[]> {
    const inWorkspace = await vscode.workspace.findFiles('**/.framewire/*/capture.json', null, MAX_FOUND);
    const own = [...this.exchanges.captures].map(({ folder }) => folder);
    const folders = new Set([...own, ...inWorkspace.map(({ fsPath }) => dirname(fsPath))]);
    return [...folders].sort((a, b) => basename(b).localeCompare(basename(a)));
  }
}
