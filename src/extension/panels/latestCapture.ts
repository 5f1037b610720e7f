/** Which capture a panel should show when nobody says: that of the session that began last. */
import * as vscode from 'vscode';
import { events } from '../../messages/dap';
import type { SessionRuns } from '../debug/sessionRuns';

/** Set while there is one; the manifest shows the panel's button then. */
const CONTEXT_KEY = 'framewire.hasCapture';

export class LatestCapture implements vscode.Disposable {
  folder: string | null = null;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(runs: SessionRuns) {
    this.subscription = runs.onDidReceive(({ event, body }) => {
      if (event !== 'framewireCapture' || events.framewireCapture.check(body, event)) return;
      const { folder } = body as { readonly folder: string | null };
      if (folder === null) return;
      this.folder = folder;
      this.changed.fire();
      void vscode.commands.executeCommand('setContext', CONTEXT_KEY, true);
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
