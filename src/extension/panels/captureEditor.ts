/** Captures as documents: a process file or capture.json opens the capture that it belongs to, read-only. */
import { dirname } from 'node:path';
import type * as vscode from 'vscode';
import { PanelView } from './panelView';
import { besides, type WirePanels } from './wirePanels';

export const EDITOR_TYPE = 'framewire.capture';

export class CaptureEditor implements vscode.CustomReadonlyEditorProvider {
  constructor(private readonly panels: WirePanels) {}

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const { extension, revealed } = this.panels;
    const folder = dirname(uri.fsPath);
    panel.iconPath = this.panels.icon;
    const view = new PanelView({ extension, webview: panel.webview, folder, revealed, besides: () => besides(panel) });
    panel.onDidDispose(() => view.dispose());
  }
}
