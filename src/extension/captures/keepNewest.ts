/** When a session has ended, lets go of older captures if a setting says so. */
import * as vscode from 'vscode';
import type { SessionOutcome } from '../findings/sessionOutcomes';
import { dropOldCaptures } from './retention';

export function keepNewest(
  onDidConclude: vscode.Event<SessionOutcome>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return onDidConclude(({ captureFolder }) => {
    if (captureFolder === null) return;
    const uri = vscode.Uri.file(captureFolder);
    const keep = vscode.workspace.getConfiguration('framewire.capture', uri).get<number>('keep') ?? 0;
    dropOldCaptures(captureFolder, keep).then(
      (dropped) => {
        for (const folder of dropped) log.info(`Deleted ${folder}: framewire.capture.keep is ${keep}.`);
      },
      (error) => log.warn('Older captures could not be deleted:', error),
    );
  });
}
