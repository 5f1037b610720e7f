/** Notes for the walkthrough's check marks what cannot be told from a command: that a session has stopped by itself, and whose it was. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../debug/configurationProvider';
import { EXAMPLE_MARK } from './runExample';

/** In the manifest as `onContext:…` of the walkthrough's steps. */
const CONTEXT_KEYS = { stopped: 'framewire.walkthrough.stopped', own: 'framewire.walkthrough.ownSession' } as const;

export function followWalkthrough(): vscode.Disposable {
  const done = new Set<string>();
  const note = (key: string) => {
    if (done.has(key)) return;
    done.add(key);
    void vscode.commands.executeCommand('setContext', key, true);
  };
  return vscode.Disposable.from(
    vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
      createDebugAdapterTracker: ({ configuration }) => {
        if (!configuration[EXAMPLE_MARK]) note(CONTEXT_KEYS.own);
        return {
          onDidSendMessage: (message: { readonly type?: string; readonly event?: string }) => {
            if (message.type === 'event' && message.event === 'stopped') note(CONTEXT_KEYS.stopped);
          },
        };
      },
    }),
  );
}
