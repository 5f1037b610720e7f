/** Notes in the log what the debug adapter and the editor say to each other, each at its level; values are left out, they may be secret. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../debug/configurationProvider';

interface Message {
  readonly type?: string;
  readonly command?: string;
  readonly event?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: { readonly error?: { readonly format?: string }; readonly category?: string };
}

export function logSessions(log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
    createDebugAdapterTracker({ name, configuration }) {
      const say = (text: string) => `[${name}] ${text}`;
      let over = false;
      return {
        onWillStartSession: () => log.info(say(`the session begins: ${configuration.request}`)),
        onWillReceiveMessage: ({ command }: Message) => log.trace(say(`→ ${command}`)),
        onDidSendMessage: ({ type, command, event, success, message, body }: Message) => {
          if (event === 'terminated') over = true;
          if (type !== 'response') log.trace(say(`← ${type} ${event ?? command}`));
          else if (success === false)
            log.warn(say(`${command} failed: ${body?.error?.format ?? message ?? 'no reason given'}`));
          else log.trace(say(`← ${command}`));
        },
        onWillStopSession: () => log.info(say('the session ends')),
        onError: (error) => {
          // when the adapter has said that all is over, the end of its output is no error, though the editor calls it one
          const text = say(`the debug adapter: ${error.message}`);
          if (over) log.debug(text);
          else log.error(text);
        },
        onExit: (code, signal) => {
          const how = signal ?? `exit code ${code}`;
          if (code && !over) log.error(say(`the debug adapter ended with ${how}`));
          else log.debug(say(`the debug adapter ended with ${how}`));
        },
      };
    },
  });
}
