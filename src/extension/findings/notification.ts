/** Tells the user, when a session has ended, what it has brought to light. */
import * as vscode from 'vscode';
import type { CommandId } from '../commands/commands';
import type { PanelCommandId } from '../panels/register';
import type { SessionOutcome } from './sessionOutcomes';

/** Silent when there is nothing that needs attention. Resolves once the user has answered or closed the message. */
export async function notify({ findings, problem, captureFolder }: SessionOutcome): Promise<void> {
  const attention = findings.filter(({ severity }) => severity !== 'info');
  const [first] = attention;
  const message = first ? headline(first.title, attention.length - 1) : problem;
  if (message === null || message === undefined) return;
  const wanted = vscode.workspace.getConfiguration('framewire').get<string>('notifications');
  if (wanted === 'never' || (wanted === 'errors' && first?.severity !== 'error')) return;
  const actions: Record<string, CommandId | PanelCommandId> = {
    ...(first && captureFolder ? { [vscode.l10n.t('Show in Panel')]: 'framewire.openWirePanel' } : {}),
    ...(first ? { [vscode.l10n.t('Show Report')]: 'framewire.showReport' } : {}),
    ...(captureFolder ? { [vscode.l10n.t('Open Capture Folder')]: 'framewire.openCaptureFolder' } : {}),
  };
  const show = first?.severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
  const answer = await show(message, ...Object.keys(actions));
  const command = answer === undefined ? undefined : actions[answer];
  const place = command === 'framewire.openWirePanel' ? [captureFolder, first?.exchange] : [];
  if (command) await vscode.commands.executeCommand(command, ...place);
}

function headline(title: string, others: number): string {
  if (others === 0) return title;
  return others === 1
    ? vscode.l10n.t('{0} (and one more finding)', title)
    : vscode.l10n.t('{0} (and {1} more findings)', title, others);
}
