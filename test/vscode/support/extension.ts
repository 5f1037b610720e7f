/** The extension under test and what it exports. */
import * as vscode from 'vscode';
import type { FramewireApi } from '../../../src/extension/api';

const ID = 'framewire.framewire';

export function extension(): vscode.Extension<FramewireApi> {
  const found = vscode.extensions.getExtension<FramewireApi>(ID);
  if (!found) {
    throw new Error(`${ID} is not among the extensions: ${vscode.extensions.all.map(({ id }) => id).join(', ')}`);
  }
  return found;
}

export const api = async (): Promise<FramewireApi> => extension().activate();

/** The one folder that is open. */
export function workspaceFolder(): vscode.WorkspaceFolder {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open.');
  return folder;
}
