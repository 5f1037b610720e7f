/** The output channel that holds the findings of each session as text. */
import * as vscode from 'vscode';
import type { SessionOutcome } from './sessionOutcomes';

export class FindingsOutput implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Framewire');

  /** Adds the outcome of one session; nothing is said about a session that was not to be recorded. */
  add({ session, ended, report, problem }: SessionOutcome): void {
    const text = report ?? problem;
    if (text === null) return;
    this.#append(`${session.name} · ${ended.toLocaleTimeString()}`, text);
  }

  /** Adds the report of a session that goes on. */
  addLive(name: string, report: string): void {
    const heading = vscode.l10n.t('{0} · so far, {1}', name, new Date().toLocaleTimeString());
    this.#append(heading, report);
  }

  #append(heading: string, text: string): void {
    this.#channel.appendLine(`── ${heading}`);
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
