/** Opens a line of Python source. */
import * as vscode from 'vscode';

/** @throws Error in words for the user when there is no such file on this machine */
export async function openSource(
  file: string,
  line: number,
  { preserveFocus, column }: { readonly preserveFocus: boolean; readonly column: vscode.ViewColumn | undefined },
): Promise<void> {
  if (file.startsWith('<')) throw new Error(vscode.l10n.t('{0} has no file that could be opened.', file));
  const uri = vscode.Uri.file(file);
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    throw new Error(
      vscode.l10n.t('{0} is not on this machine. The capture was made elsewhere, or it was removed.', file),
    );
  }
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(uri, {
    selection: new vscode.Range(at, at),
    preserveFocus,
    preview: true,
    viewColumn: column ?? vscode.ViewColumn.Active,
  });
}
