/** Everything of the sidebar that the extension registers: two views, the status bar's item, progress, context keys. */
import * as vscode from 'vscode';
import type { ExceptionSummary } from '../../messages/dapExceptions';
import type { SocketSummary } from '../../messages/dapSockets';
import type { SessionRuns } from '../debug/sessionRuns';
import type { ExchangeStore } from '../exchanges/exchangeStore';
import { showAttachProgress } from './attachProgress';
import { setContext } from './contextKeys';
import { exceptionCommands } from './exceptionCommands';
import { ExceptionsView } from './exceptionsView';
import { outline } from './outline';
import { RecordingStatus } from './recordingStatus';
import { SidebarData } from './sidebarData';
import { socketCommands } from './socketCommands';
import { SocketsView } from './socketsView';
import { Stops } from './stops';

/** What others can know of the sidebar. */
export interface SidebarApi {
  /** Connections of the sessions that run and of those that ended last, in the order in which they began. */
  readonly sockets: readonly SocketSummary[];
  /** Where the program is stopped comes first, then the latest. */
  readonly exceptions: readonly ExceptionSummary[];
  /** The connection that is brought into view when it changes, by id. */
  readonly followed: string | null;
  /** The status bar's item, as its text is given to the editor; null while it is hidden. */
  readonly status: string | null;
  readonly onDidChange: vscode.Event<void>;
  /** A view as lines of text. */
  outline(view: 'sockets' | 'exception', deep?: boolean): string[];
}

export function registerSidebar(
  exchanges: ExchangeStore,
  runs: SessionRuns,
  log: vscode.LogOutputChannel,
): { readonly api: SidebarApi; readonly registered: vscode.Disposable } {
  const data = new SidebarData(runs);
  const stops = new Stops(log);
  const sockets = new SocketsView(data);
  const exceptions = new ExceptionsView(data, stops);
  const status = new RecordingStatus(exchanges, runs);
  const changed = new vscode.EventEmitter<void>();
  setContext('framewire.active', true);
  const handlers = { ...socketCommands(sockets), ...exceptionCommands(exceptions) };
  const tell = () => changed.fire();
  return {
    api: {
      get sockets() {
        return data.captures.flatMap(({ sockets: { processes } }) =>
          [...processes.values()].flatMap((process) => [...process.sockets.values()].map(({ summary }) => summary)),
        );
      },
      get exceptions() {
        return exceptions.getChildren().flatMap((node) => (node.kind === 'exception' ? [node.summary] : []));
      },
      get followed() {
        return sockets.followed?.summary.id ?? null;
      },
      get status() {
        return status.text;
      },
      onDidChange: changed.event,
      outline: (view, deep = false) => (view === 'sockets' ? outline(sockets, deep) : outline(exceptions, deep)),
    },
    registered: vscode.Disposable.from(
      data,
      stops,
      sockets,
      exceptions,
      status,
      changed,
      data.onDidChange(tell),
      data.onDidReplace(tell),
      stops.onDidChange(tell),
      exchanges.onDidChange(tell),
      showAttachProgress(),
      ...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler)),
    ),
  };
}
