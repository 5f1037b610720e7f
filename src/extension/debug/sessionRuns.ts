/**
 * The runs of our debug sessions, and what their debug adapters tell of them.
 *
 * A session that is restarted keeps its id. The editor begins the next run while the adapter of the one before may still be
 * ending: it passes over what that adapter tells then, and says that the session has ended when the next run is under way
 * already, or not at all. Each run has an adapter of its own, which is listened to here.
 */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from './configurationProvider';

export interface Run {
  /** No other run has it. */
  readonly id: string;
  readonly session: vscode.DebugSession;
}

/** An event of ours. */
export interface RunEvent {
  readonly run: Run;
  readonly event: string;
  readonly body: unknown;
}

interface Message {
  readonly type?: string;
  readonly command?: string;
  readonly success?: boolean;
  readonly event?: string;
  readonly body?: unknown;
}

export class SessionRuns implements vscode.Disposable {
  #number = 0;
  readonly #begun = new vscode.EventEmitter<Run>();
  readonly #received = new vscode.EventEmitter<RunEvent>();
  readonly #ended = new vscode.EventEmitter<Run>();
  readonly #tracking = vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
    createDebugAdapterTracker: (session) => this.#follow(session),
  });

  /** A program was started or attached to. */
  readonly onDidBegin = this.#begun.event;
  readonly onDidReceive = this.#received.event;
  /** The run's debug adapter has ended: nothing more will come. */
  readonly onDidEnd = this.#ended.event;

  dispose(): void {
    vscode.Disposable.from(this.#tracking, this.#begun, this.#received, this.#ended).dispose();
  }

  #follow(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    this.#number += 1;
    const run: Run = { id: `${session.id}#${this.#number}`, session };
    return {
      onDidSendMessage: ({ type, command, success, event, body }: Message) => {
        if (type === 'event' && event?.startsWith('framewire')) this.#received.fire({ run, event, body });
        const starts = type === 'response' && (command === 'launch' || command === 'attach');
        if (starts && success) this.#begun.fire(run);
      },
      onExit: () => this.#ended.fire(run),
    };
  }
}
