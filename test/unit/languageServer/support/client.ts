/** A client of the server in the same process, over the protocol's own framing. */
import { PassThrough } from 'node:stream';
import { createConnection, type Range } from 'vscode-languageserver/node';
import {
  type CodeAction,
  type CodeLens,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InlayHint,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { serve } from '../../../../src/languageServer/server';
import { EXCHANGES_NOTIFICATION, type PlacedExchange } from '../../../../src/messages/language';
import { grammar } from './source';

export class Client {
  readonly connection: ProtocolConnection;
  capabilities: Record<string, unknown> = {};
  /** What the server gets when it asks for its section of the settings. */
  settings: unknown = {};
  /** Resolves when the server next asks for diagnostics to be pulled anew. */
  refreshed: Promise<void> = Promise.resolve();
  #version = 1;

  constructor() {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    serve(
      createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
      Promise.resolve(grammar),
    );
    this.connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('workspace/configuration', () => [this.settings]);
    this.connection.listen();
  }

  async start(options: { initializationOptions?: object; configuration?: boolean } = {}): Promise<void> {
    const result = await this.connection.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {
        workspace: { configuration: options.configuration === true, diagnostics: { refreshSupport: true } },
      },
      initializationOptions: options.initializationOptions,
    });
    this.capabilities = result.capabilities;
    const refreshed = this.expectRefresh();
    await this.connection.sendNotification('initialized', {});
    if (options.configuration) await refreshed;
  }

  expectRefresh(): Promise<void> {
    this.refreshed = new Promise((resolve) => {
      this.connection.onRequest('workspace/diagnostic/refresh', () => {
        resolve();
        return null;
      });
    });
    return this.refreshed;
  }

  open(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'python', version: this.#version, text };
    return this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  change(uri: string, text: string, range?: Range): Promise<void> {
    this.#version += 1;
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: this.#version },
      contentChanges: [range ? { range, text } : { text }],
    });
  }

  close(uri: string): Promise<void> {
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return report.items;
  }

  hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line, character },
    });
  }

  codeActions(uri: string, range: Range): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    });
  }

  codeLenses(uri: string): Promise<CodeLens[]> {
    return this.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
  }

  inlayHints(uri: string): Promise<InlayHint[]> {
    return this.connection.sendRequest('textDocument/inlayHint', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } },
    });
  }

  /** An exchange whose initiator is that line. */
  tell(file: string, line: number, exchange: PlacedExchange): Promise<void> {
    const places = [{ file, line, calls: null, initiator: true, exchange: 0 }];
    return this.connection.sendNotification(EXCHANGES_NOTIFICATION, { reset: false, exchanges: [exchange], places });
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }
}
