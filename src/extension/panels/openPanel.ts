/** Opens the wire panel on a capture: a given one, that of the last session, or one that the user picks. */
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { LatestCapture } from './latestCapture';
import type { WirePanels } from './wirePanels';

/** Captures offered to pick from. */
const MAX_OFFERED = 50;

/**
 * @param where a capture folder or a file in one, absolute or as a URI (a command's argument)
 * @param exchange id of the exchange to select
 */
export async function openPanel(
  panels: WirePanels,
  latest: LatestCapture,
  where?: vscode.Uri | string,
  exchange?: string,
): Promise<void> {
  const given =
    where === undefined ? null : await captureAt(typeof where === 'string' ? vscode.Uri.file(where) : where);
  const folder = given ?? latest.folder ?? (await pick());
  if (folder !== null) panels.show(folder, exchange);
}

/** Picks one although there is a latest. */
export async function pickCapture(panels: WirePanels): Promise<void> {
  const folder = await pick();
  if (folder !== null) panels.show(folder);
}

/** What a capture is made of; see docs/capture-format.md. */
const CAPTURE_FILE = /^(?:capture\.json|process-\d+-\d+\.fwp|notice-\d+\.json)$/;

/** null for what is no capture: the button in an editor's title gives the editor's own file. */
async function captureAt(uri: vscode.Uri): Promise<string | null> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) === 0) {
      return CAPTURE_FILE.test(basename(uri.path)) ? dirname(uri.fsPath) : null;
    }
    const names = await vscode.workspace.fs.readDirectory(uri);
    return names.some(([name]) => CAPTURE_FILE.test(name)) ? uri.fsPath : null;
  } catch {
    return null;
  }
}

/** null when the user thinks better of it. */
async function pick(): Promise<string | null> {
  const found = await vscode.workspace.findFiles('**/.framewire/*/capture.json', null, MAX_OFFERED);
  const folders = [...new Set(found.map(({ fsPath }) => dirname(fsPath)))].sort((a, b) =>
    basename(b).localeCompare(basename(a)),
  );
  const browse = { label: vscode.l10n.t('Browse for a capture folder…'), folder: null };
  const items = folders.map((folder) => ({
    label: basename(folder),
    description: vscode.workspace.asRelativePath(dirname(dirname(folder))),
    folder,
  }));
  const chosen =
    items.length === 0
      ? browse
      : await vscode.window.showQuickPick<{ label: string; folder: string | null }>([...items, browse], {
          placeHolder: vscode.l10n.t('Capture to show'),
        });
  if (!chosen) return null;
  if (chosen.folder !== null) return chosen.folder;
  const [browsed] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: vscode.l10n.t('Show Capture'),
    })) ?? [];
  return browsed?.fsPath ?? null;
}
