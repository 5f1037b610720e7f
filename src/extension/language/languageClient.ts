/** Starts the language server when the first Python file is opened, and not before. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { LanguageServerOptions } from '../../messages/language';
import type { ExchangeStore } from '../exchanges/exchangeStore';
import type { PanelCommandId } from '../panels/register';
import { feedExchanges } from './exchangeFeed';

/** The command behind the server's code lens; the lens is offered once the extension has it. */
const DEBUG_UPLOAD_COMMAND = 'framewire.debugUploadHere';
const SHOW_EXCHANGE_COMMAND: PanelCommandId = 'framewire.openWirePanel';

export interface LanguageServer extends vscode.Disposable {
  /** Asks the server; starts it if need be. */
  request<Answer>(method: string, parameters: object): Promise<Answer>;
}

export function startLanguageClient(
  extension: vscode.Uri,
  exchanges: ExchangeStore,
  log: vscode.LogOutputChannel,
): LanguageServer {
  let client: Promise<LanguageClient> | undefined;
  let feed: vscode.Disposable | undefined;
  const started = (): Promise<LanguageClient> => {
    if (client) return client;
    client = start(extension, log);
    client.then(
      (running) => {
        feed = feedExchanges(exchanges, (method, message) => running.sendNotification(method, message), log);
      },
      (error) => log.error('The language server could not be started:', error),
    );
    return client;
  };
  const consider = (document: vscode.TextDocument) => {
    if (document.languageId === 'python') started().catch(() => undefined);
  };
  const opened = vscode.workspace.onDidOpenTextDocument(consider);
  for (const document of vscode.workspace.textDocuments) consider(document);
  return {
    request: async (method, parameters) => (await started()).sendRequest(method, parameters),
    dispose() {
      opened.dispose();
      feed?.dispose();
      client?.then(
        (running) => running.dispose(),
        () => undefined,
      );
    },
  };
}

async function start(extension: vscode.Uri, log: vscode.LogOutputChannel): Promise<LanguageClient> {
  // loaded here: it is most of the extension's code, and a workspace without Python never needs it
  const { LanguageClient: Client, TransportKind } = await import('vscode-languageclient/node');
  const commands = await vscode.commands.getCommands(true);
  const module = vscode.Uri.joinPath(extension, 'dist', 'languageServer.mjs').fsPath;
  const options: LanguageServerOptions = {
    commands: {
      debugUpload: commands.includes(DEBUG_UPLOAD_COMMAND) ? DEBUG_UPLOAD_COMMAND : undefined,
      showExchange: SHOW_EXCHANGE_COMMAND,
    },
    strings: vscode.l10n.bundle,
  };
  const client = new Client(
    'framewire.language',
    'Framewire Language Server',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [
        { language: 'python', scheme: 'file' },
        { language: 'python', scheme: 'untitled' },
      ],
      outputChannel: log,
      initializationOptions: options,
      // for the one link that a hover has; what servers say is escaped
      markdown: { isTrusted: { enabledCommands: [SHOW_EXCHANGE_COMMAND] } },
    },
  );
  await client.start();
  return client;
}
