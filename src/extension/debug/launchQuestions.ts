/** What launch.json may leave to be asked: `${command:pickProcess}` and `${command:pickArgs}`. */
import * as vscode from 'vscode';
import { pythonProcesses } from './pythonProcesses';

/** The process to attach to, by its number; undefined, which ends the start, when none was chosen. */
export async function pickProcess(): Promise<string | undefined> {
  const found = await pythonProcesses();
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No Python process runs on this machine.'));
    return undefined;
  }
  const items = found.map(({ pid, commandLine }) => ({ label: commandLine, description: String(pid) }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Attach to a Python process'),
    placeHolder: vscode.l10n.t('Its command line or its number'),
    matchOnDescription: true,
  });
  return chosen?.description;
}

let lastArguments = '';

export async function pickArguments(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Arguments of the program'),
    prompt: vscode.l10n.t('As in a terminal'),
    value: lastArguments,
    ignoreFocusOut: true,
  });
  if (typed !== undefined) lastArguments = typed;
  return typed;
}
