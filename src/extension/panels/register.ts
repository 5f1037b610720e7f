/** Everything of the wire panel that the extension registers. */
import * as vscode from 'vscode';
import type { SessionRuns } from '../debug/sessionRuns';
import { CaptureEditor, EDITOR_TYPE } from './captureEditor';
import { LatestCapture } from './latestCapture';
import { openPanel, pickCapture } from './openPanel';
import { WirePanels } from './wirePanels';
import { VIEW_ID, WireView } from './wireView';

/** Commands of the panel; `framewire.openWirePanel` takes a capture folder (path or URI) and an exchange's id. */
export type PanelCommandId = 'framewire.openWirePanel' | 'framewire.pickCapture';

export function registerPanels(extension: vscode.Uri, runs: SessionRuns): vscode.Disposable {
  const panels = new WirePanels(extension);
  const latest = new LatestCapture(runs);
  const handlers: Record<PanelCommandId, (where?: vscode.Uri | string, exchange?: unknown) => Promise<void>> = {
    'framewire.openWirePanel': (where, exchange) =>
      // a menu gives the command the selected resources as its second argument
      openPanel(panels, latest, where, typeof exchange === 'string' ? exchange : undefined),
    'framewire.pickCapture': () => pickCapture(panels),
  };
  return vscode.Disposable.from(
    panels,
    latest,
    vscode.window.registerWebviewViewProvider(VIEW_ID, new WireView(panels, latest)),
    vscode.window.registerCustomEditorProvider(EDITOR_TYPE, new CaptureEditor(panels), {
      supportsMultipleEditorsPerDocument: true,
    }),
    ...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
  );
}
