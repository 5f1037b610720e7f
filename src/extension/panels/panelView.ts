/** A capture shown in one webview: the page, the process that reads the capture, and what the editor does for it. */
import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { EditorCalls } from '../../messages/panel';
import type { Handlers, Packet } from '../../messages/panelChannel';
import { startHostProcess } from './hostProcess';
import { openSource } from './openSource';
import { pageHtml } from './page';
import { PanelRelay } from './panelRelay';

export interface PanelViewOptions {
  readonly extension: vscode.Uri;
  readonly webview: vscode.Webview;
  /** Absolute path of the capture folder. */
  readonly folder: string;
  /** The exchange to select at first; the panel finds one itself when it is not given. */
  readonly exchange?: string | undefined;
  /** Captures whose secrets were revealed; it lives as long as this window's extension host. */
  readonly revealed: Set<string>;
  /** Where sources are opened, so that the panel is not covered. */
  readonly besides: () => vscode.ViewColumn | undefined;
}

export class PanelView implements vscode.Disposable {
  private readonly relay: PanelRelay;
  private readonly received = new vscode.EventEmitter<Packet>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly options: PanelViewOptions) {
    const { extension, webview, folder, revealed } = options;
    const media = vscode.Uri.joinPath(extension, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [media], enableForms: false };
    this.relay = new PanelRelay({
      webview: {
        send: (packet) => void webview.postMessage(packet),
        listen: (receive) => {
          const subscription = this.received.event(receive);
          return () => subscription.dispose();
        },
      },
      start: () =>
        startHostProcess({
          script: vscode.Uri.joinPath(extension, 'dist', 'panelHost.mjs').fsPath,
          folder,
          revealed: revealed.has(folder) || revealsByDefault(),
          strings: vscode.l10n.uri?.fsPath,
        }),
      editor: this.handlers(),
    });
    this.subscriptions = [
      this.received,
      webview.onDidReceiveMessage((packet: Packet) => {
        this.note(packet);
        this.received.fire(packet);
      }),
    ];
    const nonce = randomBytes(18).toString('base64url');
    webview.html = pageHtml({
      source: webview.cspSource,
      nonce,
      script: String(webview.asWebviewUri(vscode.Uri.joinPath(media, 'wire.js'))),
      style: String(webview.asWebviewUri(vscode.Uri.joinPath(media, 'wire.css'))),
      folder,
      exchange: options.exchange ?? null,
      title: titleOf(folder),
      language: vscode.env.language,
      strings: vscode.l10n.bundle,
    });
  }

  /** Brings an exchange to the front. */
  show(exchange: string): void {
    const packet: Packet = { kind: 'event', name: 'show', body: { exchange } };
    void this.options.webview.postMessage(packet);
  }

  dispose(): void {
    this.relay.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** What the user has revealed stays so for the session, also in a panel that is opened again. */
  private note(packet: Packet): void {
    if (packet.kind !== 'call' || packet.name !== 'reveal') return;
    const { revealed, folder } = this.options;
    if ((packet.params as { revealed: boolean }).revealed) revealed.add(folder);
    else revealed.delete(folder);
  }

  private handlers(): Handlers<Omit<EditorCalls, 'reopen'>> {
    return {
      openSource: async ({ file, line, preserveFocus }) => {
        await openSource(file, line, { preserveFocus, column: this.options.besides() });
        return null;
      },
      writeClipboard: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return null;
      },
      saveBytes: async ({ suggestedName, ...span }) => {
        const base = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(this.options.folder);
        const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(base, suggestedName) });
        if (!target) return null;
        await this.relay.callHost('writeRange', { ...span, path: target.fsPath });
        return basename(target.fsPath);
      },
    };
  }
}

/** A setting of the user alone: a workspace cannot have secrets shown. */
const revealsByDefault = (): boolean =>
  vscode.workspace.getConfiguration('framewire.capture').get<boolean>('revealSecrets') === true;

/** "Wire 2026-11-22T10-42-28": captures are named after the time they were made. */
export const titleOf = (folder: string): string => vscode.l10n.t('Wire {0}', basename(folder) || join(folder));
