/** What the extension offers to other extensions and to its own test suites. */
import type * as vscode from 'vscode';
import type { ExchangeStore } from './exchanges/exchangeStore';
import type { SessionOutcome } from './findings/sessionOutcomes';
import type { SidebarApi } from './sidebar/register';

export interface FramewireApi {
  /** The outcome that came last, null before the first. */
  readonly lastOutcome: SessionOutcome | null;
  /** A program has ended and its findings are known, or it is known why there are none. */
  readonly onDidConclude: vscode.Event<SessionOutcome>;
  /** What the window's sessions have told of their exchanges so far. */
  readonly exchanges: Pick<ExchangeStore, 'captures' | 'latest' | 'onDidChange'>;
  /** The views Sockets and Exception in Run and Debug. */
  readonly sidebar: SidebarApi;
}
