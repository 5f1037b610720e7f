/** What the user's settings say about every session; what a launch configuration says itself wins. */
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { WireOptions } from '../../messages/wireOptions';

/** @param folder the workspace folder that the session belongs to, whose settings count */
export function withSettings<C extends vscode.DebugConfiguration>(
  configuration: C,
  folder: vscode.WorkspaceFolder | undefined,
): C {
  const settings = vscode.workspace.getConfiguration('framewire.capture', folder?.uri);
  const location = settings.get<string>('location');
  const given: WireOptions = {
    captureLocation: location ? resolve(folder?.uri.fsPath ?? '.', location) : undefined,
    streamBudget: settings.get<number | null>('streamBudget') ?? undefined,
    captureBudget: settings.get<number | null>('captureBudget') ?? undefined,
  };
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (Object.keys(present).length === 0) return configuration;
  return { ...configuration, wire: { ...present, ...configuration.wire } };
}

/**
 * The workspace folder of a session that was started without one, as F5 does in a workspace of several: that of its program,
 * else that of its working folder, else that of the file in the active editor.
 */
export function folderOf(given: vscode.DebugConfiguration): vscode.WorkspaceFolder | undefined {
  const places = [given.program, given.cwd].filter((path): path is string => typeof path === 'string');
  const active = vscode.window.activeTextEditor?.document.uri;
  for (const uri of [...places.map((path) => vscode.Uri.file(path)), ...(active ? [active] : [])]) {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder) return folder;
  }
  return vscode.workspace.workspaceFolders?.length === 1 ? vscode.workspace.workspaceFolders[0] : undefined;
}
