/** The commands that the manifest contributes, by name: an id that is not registered here cannot be called. */
import * as vscode from 'vscode';
import type { ExchangeStore } from '../exchanges/exchangeStore';
import type { FindingsOutput } from '../findings/findingsOutput';
import type { SessionOutcomes } from '../findings/sessionOutcomes';
import { openCaptureFolder } from './openCaptureFolder';

export type CommandId = 'framewire.showReport' | 'framewire.openCaptureFolder' | 'framewire.clearExchanges';

export function registerCommands(
  outcomes: SessionOutcomes,
  output: FindingsOutput,
  exchanges: ExchangeStore,
): vscode.Disposable {
  const handlers: Record<CommandId, () => unknown> = {
    'framewire.showReport': () => {
      if (outcomes.last === null) return tellNoSession();
      output.show();
    },
    'framewire.openCaptureFolder': () => {
      const folder = outcomes.last?.captureFolder;
      return folder ? openCaptureFolder(vscode.Uri.file(folder)) : tellNoSession();
    },
    'framewire.clearExchanges': () => exchanges.clear(),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
  );
}

function tellNoSession(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('No debug session has been recorded since this window was opened.'),
  );
}
