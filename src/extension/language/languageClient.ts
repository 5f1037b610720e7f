/** Starts the language server when the first Python file is opened, and not before. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** The command behind the server's code lens; the lens is offered once the extension has it. */
const DEBUG_UPLOAD_COMMAND = 'framewire.debugUploadHere';

export function startLanguageClient(extension: vscode.Uri, log: vscode.LogOutputChannel): vscode.Disposable {
  let client: Promise<LanguageClient> | undefined;
  const consider = (document: vscode.TextDocument) => {
    if (document.languageId !== 'python' || client) return;
    client = start(extension, log);
    client.catch((error) => log.error('The language server could not be started:', error));
  };
  const opened = vscode.workspace.onDidOpenTextDocument(consider);
  for (const document of vscode.workspace.textDocuments) consider(document);
  return vscode.Disposable.from(opened, {
    dispose: () =>
      client?.then(
        (running) => running.dispose(),
        () => undefined,
      ),
  });
}

async function start(extension: vscode.Uri, log: vscode.LogOutputChannel): Promise<LanguageClient> {
  // loaded here: it is most of the extension's code, and a workspace without Python never needs it
  const { LanguageClient: Client, TransportKind } = await import('vscode-languageclient/node');
  const commands = await vscode.commands.getCommands(true);
  const module = vscode.Uri.joinPath(extension, 'dist', 'languageServer.mjs').fsPath;
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
      initializationOptions: commands.includes(DEBUG_UPLOAD_COMMAND)
        ? { debugUploadCommand: DEBUG_UPLOAD_COMMAND }
        : {},
    },
  );
  await client.start();
  return client;
}
