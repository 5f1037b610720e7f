/** The commands that the manifest contributes, by name: an id that is not registered here cannot be called. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../debug/configurationProvider';
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
    'framewire.showReport': async () => {
      const live = recordedSession(vscode.debug.activeDebugSession);
      // of a session that is under way the report is made now, as far as it has got
      if (live) output.addLive(live.name, (await live.customRequest('framewireReport', {})).text);
      else if (outcomes.last === null) return tellNoSession();
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

/** The session that records: those of child processes belong to their parent's. */
function recordedSession(session: vscode.DebugSession | undefined): vscode.DebugSession | null {
  if (session?.parentSession?.type === DEBUG_TYPE) return recordedSession(session.parentSession);
  return session?.type === DEBUG_TYPE && session.configuration.wire?.enabled !== false ? session : null;
}

function tellNoSession(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('No debug session has been recorded since this window was opened.'),
  );
}
