/** Tells the language server of exchanges as the sessions of this window tell of them. */
import * as vscode from 'vscode';
import { EXCHANGES_NOTIFICATION, type ExchangesNotification } from '../../messages/language';
import type { RecordedExchange } from '../exchanges/captureExchanges';
import type { ExchangeStore } from '../exchanges/exchangeStore';
import { notifications } from '../exchanges/places';

/** Milliseconds in which what comes is told together. */
const TOGETHER = 100;

export type Send = (method: string, message: ExchangesNotification) => Promise<void>;

/** Begins with all that was told before the server was there. */
export function feedExchanges(store: ExchangeStore, send: Send, log: vscode.LogOutputChannel): vscode.Disposable {
  /** By capture and id: of an exchange that changes often only the last is told. */
  const pending = new Map<string, { capture: string; of: RecordedExchange }>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (message: ExchangesNotification) => {
    send(EXCHANGES_NOTIFICATION, message).catch((error) =>
      log.error('Exchanges could not be told to the language server:', error),
    );
  };
  const flush = () => {
    timer = undefined;
    const messages = notifications([...pending.values()]);
    pending.clear();
    for (const message of messages) tell(message);
  };
  const add = (capture: string, exchanges: readonly RecordedExchange[]) => {
    for (const of of exchanges) pending.set(`${capture}\n${of.id}`, { capture, of });
    if (pending.size > 0) timer ??= setTimeout(flush, TOGETHER);
  };
  for (const { folder, exchanges } of store.captures) add(folder, exchanges);
  const subscription = store.onDidChange(({ capture, changed }) => {
    if (capture) return add(capture.folder, changed);
    pending.clear();
    tell({ reset: true, exchanges: [], places: [] });
  });
  return vscode.Disposable.from(subscription, { dispose: () => clearTimeout(timer) });
}
