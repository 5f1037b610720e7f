/** The language server: what the protocol asks, answered from the analysis. */
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { UPLOAD_PLACE_REQUEST, type UploadPlace, type UploadPlaceParams } from '../base/uploadPlace';
import { codeLenses } from './features/codeLenses';
import { diagnosticFor, quickFixes } from './features/diagnostics';
import { hoverAt } from './features/hover';
import { uploadPlace } from './features/uploadPlace';
import type { Hint } from './hints/hint';
import { hintsFor } from './hints/hints';
import { OpenDocument } from './openDocument';
import { defaultSettings, type LanguageSettings, readSettings, SECTION } from './settings';
import type { Grammar } from './syntax/grammar';

/** What the client says of itself when it starts the server. */
export interface InitializationOptions {
  /** The command behind the code lens above calls that send data; without it there is no lens. */
  readonly debugUploadCommand?: string;
}

export function serve(connection: Connection, grammar: Promise<Grammar>): void {
  const documents = new Map<string, OpenDocument>();
  let settings: LanguageSettings = defaultSettings;
  let asksForSettings = false;
  let refreshes = false;
  let refreshesLenses = false;
  let lensCommand: string | null = null;
  let loaded: Grammar;

  connection.onInitialize(
    async ({ capabilities, initializationOptions }: InitializeParams): Promise<InitializeResult> => {
      loaded = await grammar;
      asksForSettings = capabilities.workspace?.configuration === true;
      refreshes = capabilities.workspace?.diagnostics?.refreshSupport === true;
      refreshesLenses = capabilities.workspace?.codeLens?.refreshSupport === true;
      const { debugUploadCommand } = (initializationOptions ?? {}) as InitializationOptions;
      lensCommand = debugUploadCommand ?? null;
      return {
        capabilities: {
          textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
          hoverProvider: true,
          codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
          diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
          ...(lensCommand === null ? {} : { codeLensProvider: {} }),
        },
        serverInfo: { name: 'framewire' },
      };
    },
  );

  connection.onInitialized(async () => {
    if (!asksForSettings) return;
    await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
    await updateSettings();
  });
  connection.onDidChangeConfiguration(updateSettings);

  async function updateSettings(): Promise<void> {
    if (!asksForSettings) return;
    const before = settings;
    settings = readSettings(await connection.workspace.getConfiguration(SECTION));
    const lenses = before.enabled !== settings.enabled || before.codeLens !== settings.codeLens;
    if (lenses && refreshesLenses) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (refreshes) connection.languages.diagnostics.refresh();
  }

  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    documents.get(uri)?.dispose();
    documents.set(uri, new OpenDocument(loaded, uri, version, text));
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    documents.get(uri)?.change(contentChanges, version);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.get(uri)?.dispose();
    documents.delete(uri);
  });

  /** Runs `body` with an open document's analysis, or gives `otherwise`. */
  function analyzed<T>(uri: string, otherwise: T, body: (open: OpenDocument, hints: () => Hint[]) => T): T {
    const open = documents.get(uri);
    const analysis = settings.enabled ? open?.analysis() : null;
    if (!open || !analysis) return otherwise;
    return body(open, () => hintsFor(analysis, open.document.getText(), settings.hints));
  }

  connection.languages.diagnostics.on(({ textDocument: { uri } }) => ({
    kind: DocumentDiagnosticReportKind.Full,
    items: analyzed(uri, [], ({ document }, hints) => hints().map((hint) => diagnosticFor(document, hint))),
  }));
  connection.onCodeAction(({ textDocument: { uri }, range }) =>
    analyzed(uri, [], ({ document }, hints) => quickFixes(document, hints(), range)),
  );
  connection.onHover(({ textDocument: { uri }, position }) =>
    analyzed(uri, null, (open) => {
      const analysis = settings.hover ? open.analysis() : null;
      return analysis && hoverAt(open.document, analysis, open.document.offsetAt(position));
    }),
  );
  connection.onCodeLens(({ textDocument: { uri } }) =>
    analyzed(uri, [], (open) => {
      const analysis = open.analysis();
      return analysis && settings.codeLens && lensCommand !== null
        ? codeLenses(open.document, analysis, lensCommand)
        : [];
    }),
  );
  // asked for by a command, so it is answered whatever is switched off
  connection.onRequest(
    UPLOAD_PLACE_REQUEST,
    ({ textDocument: { uri }, range }: UploadPlaceParams): UploadPlace | null => {
      const open = documents.get(uri);
      return open ? uploadPlace(open.document, open.statements(), open.analysis(), open.place, range) : null;
    },
  );

  connection.onShutdown(() => {
    for (const open of documents.values()) open.dispose();
    documents.clear();
  });
  connection.listen();
}
