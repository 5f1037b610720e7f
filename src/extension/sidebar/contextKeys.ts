/** What the manifest's `when` clauses can ask about sessions. */
import * as vscode from 'vscode';

/** Context keys with the type of their values; `docs/sidebar.md` describes them. */
export interface ContextKeys {
  /** The extension is at work in this window: its views may show. */
  'framewire.active': boolean;
  /** A session records. */
  'framewire.recording': boolean;
  /** A thread is stopped at a wire breakpoint. */
  'framewire.stoppedOnWire': boolean;
  /** A thread is stopped at an exception. */
  'framewire.stoppedOnException': boolean;
  /** There are connections to show. */
  'framewire.hasSockets': boolean;
  /** There are exceptions to show. */
  'framewire.hasExceptions': boolean;
}

const known = new Map<keyof ContextKeys, unknown>();

/** Sets a context key when it changes: each call goes to another process. */
export function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  if (known.get(key) === value) return;
  known.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}
