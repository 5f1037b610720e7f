/** The wire panel as a view, at home in the panel area beside the terminal; it shows the capture of the latest session. */
import type * as vscode from 'vscode';
import type { LatestCapture } from './latestCapture';
import { PanelView } from './panelView';
import type { WirePanels } from './wirePanels';

export const VIEW_ID = 'framewire.wireView';

export class WireView implements vscode.WebviewViewProvider {
  constructor(
    private readonly panels: WirePanels,
    private readonly latest: LatestCapture,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    let shown: PanelView | null = null;
    const show = () => {
      const { folder } = this.latest;
      shown?.dispose();
      shown = folder === null ? null : this.open(view, folder);
    };
    const subscription = this.latest.onDidChange(show);
    view.onDidDispose(() => {
      subscription.dispose();
      shown?.dispose();
    });
    show();
  }

  private open(view: vscode.WebviewView, folder: string): PanelView {
    const { extension, revealed } = this.panels;
    view.description = folder.split(/[\\/]/).at(-1) ?? folder;
    // sources go to the active editor group: this view is in none
    return new PanelView({ extension, webview: view.webview, folder, revealed, besides: () => undefined });
  }
}
