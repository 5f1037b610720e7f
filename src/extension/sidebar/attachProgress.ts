/** Progress while a session attaches: debugpy comes into a process, or waits for one. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../debug/configurationProvider';

interface Message {
  readonly type?: string;
  readonly command?: string;
  readonly event?: string;
  readonly request_seq?: number;
}

export function showAttachProgress(): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
    createDebugAdapterTracker(session) {
      const { request, subProcessId } = session.configuration;
      // a child process that the debugger brings along is attached to at once
      if (request !== 'attach' || subProcessId !== undefined) return undefined;
      const over = new vscode.EventEmitter<void>();
      return {
        onWillReceiveMessage: ({ type, command }: Message) => {
          if (type === 'request' && command === 'attach') void show(session, over.event);
        },
        // debugpy answers only when all is set up; "initialized" tells that the program has been reached
        onDidSendMessage: ({ type, command, event }: Message) => {
          if (event === 'initialized' || event === 'terminated' || (type === 'response' && command === 'attach'))
            over.fire();
        },
        onWillStopSession: () => over.fire(),
        onExit: () => over.fire(),
      };
    },
  });
}

function show(session: vscode.DebugSession, over: vscode.Event<void>): Thenable<void> {
  const { processId, listen } = session.configuration;
  // a listening program is reached at once: a message that comes and goes would only startle
  const long = processId !== undefined || listen !== undefined;
  const location = long ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
  const options = { location, title: titleOf(session), cancellable: long };
  return vscode.window.withProgress(options, (_, cancelled) => {
    return new Promise<void>((resolve) => {
      const ended = over(() => {
        ended.dispose();
        resolve();
      });
      cancelled.onCancellationRequested(() => void vscode.debug.stopDebugging(session));
    });
  });
}

function titleOf({ configuration }: vscode.DebugSession): string {
  const { processId, listen, connect } = configuration;
  if (processId) return vscode.l10n.t('Framewire: coming into process {0}…', String(processId));
  const { host = '127.0.0.1', port = '?' } = listen ?? connect ?? {};
  const address = `${host}:${port}`;
  return listen
    ? vscode.l10n.t('Framewire: waiting for a program at {0}…', address)
    : vscode.l10n.t('Framewire: attaching to {0}…', address);
}
