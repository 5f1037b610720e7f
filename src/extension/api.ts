/** What the extension offers to other extensions and to its own test suites. */
import type * as vscode from 'vscode';
import type { SessionOutcome } from './findings/sessionOutcomes';

export interface FramewireApi {
  /** Outcome of the session that ended last, null before the first. */
  readonly lastOutcome: SessionOutcome | null;
  /** A session has ended and its findings are known. */
  readonly onDidEndSession: vscode.Event<SessionOutcome>;
}
