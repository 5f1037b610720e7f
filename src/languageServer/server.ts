/** The language server: what the protocol asks, answered from the analysis and from the last exchanges. */
import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { useBundle } from '../base/l10n';
import { UPLOAD_PLACE_REQUEST, type UploadPlace, type UploadPlaceParams } from '../base/uploadPlace';
import {
  type EditorCommands,
  EXCHANGES_NOTIFICATION,
  type ExchangesNotification,
  type LanguageServerOptions,
} from '../messages/language';
import { PlacedExchanges } from './exchanges/placedExchanges';
import { SourceLines } from './exchanges/sourceLines';
import { codeLenses } from './features/codeLenses';
import { diagnosticFor, quickFixes } from './features/diagnostics';
import { exchangeDiagnostics } from './features/exchangeDiagnostics';
import { DISMISS_COMMAND, exchangeFixes } from './features/exchangeFixes';
import { hoverAt } from './features/hover';
import { inlayHints } from './features/inlayHints';
import { uploadPlace } from './features/uploadPlace';
import { hintsFor } from './hints/hints';
import { OpenDocument } from './openDocument';
import { Refresher } from './refresher';
import { defaultSettings, type ExchangeSurface, type LanguageSettings, readSettings, SECTION } from './settings';
import type { Grammar } from './syntax/grammar';

export function serve(connection: Connection, grammar: Promise<Grammar>): void {
  const documents = new Map<string, OpenDocument>();
  const lines = new SourceLines();
  const exchanges = new PlacedExchanges(lines);
  const refresher = new Refresher(connection);
  let settings: LanguageSettings = defaultSettings;
  let asksForSettings = false;
  let commands: EditorCommands = {};
  let loaded: Grammar;

  connection.onInitialize(
    async ({ capabilities, initializationOptions }: InitializeParams): Promise<InitializeResult> => {
      loaded = await grammar;
      asksForSettings = capabilities.workspace?.configuration === true;
      refresher.use(capabilities);
      const options = (initializationOptions ?? {}) as LanguageServerOptions;
      commands = options.commands ?? {};
      useBundle(options.strings);
      const hasLens = commands.debugUpload !== undefined || commands.showExchange !== undefined;
      return {
        capabilities: {
          textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
          hoverProvider: true,
          inlayHintProvider: true,
          codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
          diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
          executeCommandProvider: { commands: [DISMISS_COMMAND] },
          ...(hasLens ? { codeLensProvider: {} } : {}),
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
    settings = readSettings(await connection.workspace.getConfiguration(SECTION));
    refresher.refresh();
  }

  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    documents.get(uri)?.dispose();
    const open = new OpenDocument(loaded, uri, version, text);
    documents.set(uri, open);
    placeAll(open);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    documents.get(uri)?.change(contentChanges, version);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.get(uri)?.dispose();
    documents.delete(uri);
  });

  /** Finds the exchanges of a document in it. */
  function placeAll(open: OpenDocument): void {
    const places = open.path === null ? [] : exchanges.of(lines.pathOf(open.path));
    open.anchors.place(places, open.document, places.length === 0 ? null : open.analysis());
  }

  connection.onNotification(EXCHANGES_NOTIFICATION, (told: ExchangesNotification) => {
    const changed = exchanges.update(told);
    for (const open of documents.values()) {
      const places = open.path === null ? undefined : changed.get(lines.pathOf(open.path));
      if (told.reset) placeAll(open);
      // added to those that are there: these have followed the edits since
      else if (places) open.anchors.add(places, open.document, open.analysis());
      else continue;
      refresher.refresh();
    }
  });
  connection.onExecuteCommand(({ command, arguments: given = [] }) => {
    const [capture, id] = given as unknown[];
    if (command !== DISMISS_COMMAND || typeof capture !== 'string' || typeof id !== 'string') return null;
    exchanges.dismiss(capture, id);
    for (const open of documents.values()) open.anchors.drop(capture, id);
    refresher.refresh();
    return null;
  });

  /** Runs `body` with what an open document is, or gives `otherwise`. */
  function analyzed<T>(uri: string, otherwise: T, body: (view: View) => T): T {
    const open = documents.get(uri);
    const analysis = settings.enabled ? open?.analysis() : null;
    return open && analysis ? body(viewOf(open, analysis)) : otherwise;
  }

  function viewOf({ document, anchors }: OpenDocument, analysis: NonNullable<ReturnType<OpenDocument['analysis']>>) {
    return {
      document,
      analysis,
      hints: () => hintsFor(analysis, document.getText(), settings.hints),
      /** Nothing where that surface is switched off. */
      anchors: (surface: ExchangeSurface) => (settings.lastExchange[surface] ? anchors.in(document) : []),
    };
  }
  type View = ReturnType<typeof viewOf>;

  connection.languages.diagnostics.on(({ textDocument: { uri } }) => ({
    kind: DocumentDiagnosticReportKind.Full,
    items: analyzed(uri, [], ({ document, hints, anchors }) => [
      ...hints().map((hint) => diagnosticFor(document, hint)),
      ...exchangeDiagnostics(document, anchors('diagnostic')),
    ]),
  }));
  connection.onCodeAction(({ textDocument: { uri }, range }) =>
    analyzed(uri, [], ({ document, analysis, hints, anchors }) => {
      const found = hints();
      return [
        ...quickFixes(document, found, range),
        ...exchangeFixes({ document, analysis, hints: found, commands }, anchors('diagnostic'), range),
      ];
    }),
  );
  connection.onHover(({ textDocument: { uri }, position }) =>
    analyzed(uri, null, ({ document, analysis, anchors }) =>
      hoverAt(document, analysis, document.offsetAt(position), {
        describesCalls: settings.hover,
        anchors: anchors('hover'),
        showExchange: commands.showExchange ?? null,
      }),
    ),
  );
  connection.onCodeLens(({ textDocument: { uri } }) =>
    analyzed(uri, [], ({ document, analysis, anchors }) =>
      settings.codeLens ? codeLenses(document, analysis, commands, anchors('inlayHint')) : [],
    ),
  );
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }) => {
    const open = documents.get(uri);
    // also where no call is known, so without an analysis
    if (!open || !settings.enabled || !settings.lastExchange.inlayHint) return [];
    const { document } = open;
    const within = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    return inlayHints(document, open.anchors.in(document), within, commands.showExchange ?? null);
  });

  // asked for by a command, so it is answered whatever is switched off
  connection.onRequest(
    UPLOAD_PLACE_REQUEST,
    ({ textDocument: { uri }, range }: UploadPlaceParams): UploadPlace | null => {
      const open = documents.get(uri);
      return open ? uploadPlace(open.document, open.statements(), open.analysis(), open.place, range) : null;
    },
  );

  connection.onShutdown(() => {
    refresher.dispose();
    for (const open of documents.values()) open.dispose();
    documents.clear();
  });
  connection.listen();
}
