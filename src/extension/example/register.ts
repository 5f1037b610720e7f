/** The walkthrough's commands: the example that it runs, and the walkthrough itself. */
import * as vscode from 'vscode';
import { ExampleServers } from './exampleServer';
import { runExample } from './runExample';
import { followWalkthrough } from './walkthroughProgress';

export type ExampleCommandId = 'framewire.runExample' | 'framewire.getStarted';

/** Of the extension and of the walkthrough in its manifest. */
const WALKTHROUGH = 'framewire.framewire#framewire.welcome';

export function registerExample(context: vscode.ExtensionContext): vscode.Disposable {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'refusingServer.mjs').fsPath;
  const servers = new ExampleServers(script);
  const handlers: Record<ExampleCommandId, () => Promise<unknown>> = {
    'framewire.runExample': () =>
      runExample(context.extensionUri, context.globalStorageUri, servers).catch((error: Error) =>
        vscode.window.showErrorMessage(vscode.l10n.t('The example could not be started: {0}', error.message)),
      ),
    'framewire.getStarted': async () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
  };
  return vscode.Disposable.from(
    servers,
    followWalkthrough(),
    ...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
  );
}
