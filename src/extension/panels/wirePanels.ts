/** The wire panels of this window: at most one for each capture. */
import * as vscode from 'vscode';
import { PanelView, titleOf } from './panelView';

/** Also in the manifest's activation events, for panels that come back with the window. */
export const PANEL_TYPE = 'framewire.wirePanel';

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly view: PanelView;
}

export class WirePanels implements vscode.Disposable {
  readonly revealed = new Set<string>();
  private readonly open = new Map<string, Open>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(readonly extension: vscode.Uri) {
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
        deserializeWebviewPanel: async (panel, state: { folder?: unknown } | undefined) => {
          if (typeof state?.folder === 'string' && !this.open.has(state.folder)) this.attach(panel, state.folder);
          else panel.dispose();
        },
      }),
    ];
  }

  /** Of the tab: the drawing that the button which opens the panel has. */
  get icon(): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
    const drawing = (kind: string) => vscode.Uri.joinPath(this.extension, 'media', `wire-${kind}.svg`);
    return { light: drawing('light'), dark: drawing('dark') };
  }

  /**
   * Opens the panel of a capture beside the editor, or brings it to the front.
   * @param folder absolute path of the capture folder
   * @param exchange id of the exchange to select
   */
  show(folder: string, exchange?: string): void {
    const known = this.open.get(folder);
    if (known) {
      known.panel.reveal(undefined, false);
      if (exchange !== undefined) known.view.show(exchange);
      return;
    }
    const panel = vscode.window.createWebviewPanel(PANEL_TYPE, titleOf(folder), vscode.ViewColumn.Beside, {
      retainContextWhenHidden: false,
    });
    this.attach(panel, folder, exchange);
    keepToItself(panel);
  }

  dispose(): void {
    for (const { panel } of this.open.values()) panel.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private attach(panel: vscode.WebviewPanel, folder: string, exchange?: string): void {
    const { extension, revealed } = this;
    panel.title = titleOf(folder);
    panel.iconPath = this.icon;
    const view = new PanelView({
      extension,
      webview: panel.webview,
      folder,
      exchange,
      revealed,
      besides: () => besides(panel),
    });
    this.open.set(folder, { panel, view });
    panel.onDidDispose(() => {
      this.open.delete(folder);
      view.dispose();
    });
  }
}

/**
 * Locks the group that was made for the panel: what a stop opens while the panel has the keys goes beside it, not over it.
 * A group that the user has filled is left alone.
 */
function keepToItself(panel: vscode.WebviewPanel): void {
  const { tabGroups } = vscode.window;
  const lock = () => {
    const { activeTabGroup } = tabGroups;
    if (!panel.active || activeTabGroup.viewColumn !== panel.viewColumn) return;
    listener.dispose();
    if (tabGroups.all.length > 1 && activeTabGroup.tabs.length === 1) {
      void vscode.commands.executeCommand('workbench.action.lockEditorGroup');
    }
  };
  const listener = vscode.Disposable.from(tabGroups.onDidChangeTabGroups(lock), panel.onDidChangeViewState(lock));
  panel.onDidDispose(() => listener.dispose());
}

/** A group next to the panel's where sources go; the first one unless the panel is there itself. */
export function besides(panel: vscode.WebviewPanel): vscode.ViewColumn {
  const own = panel.viewColumn ?? vscode.ViewColumn.One;
  return own === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
}
