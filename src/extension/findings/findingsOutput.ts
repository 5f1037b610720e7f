/** The output channel that holds the findings of each session as text. */
import * as vscode from 'vscode';
import type { SessionOutcome } from './sessionOutcomes';

export class FindingsOutput implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Framewire');

  /** Adds the outcome of one session; nothing is said about a session that was not to be recorded. */
  add({ session, ended, report, problem }: SessionOutcome): void {
    const text = report ?? problem;
    if (text === null) return;
    this.#channel.appendLine(`── ${session.name} · ${ended.toLocaleTimeString()}`);
    this.#channel.appendLine('');
    this.#channel.appendLine(text.trimEnd());
    this.#channel.appendLine('');
  }

  /** Brings the channel to view without taking the focus from the editor. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
