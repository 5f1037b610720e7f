/** Has the client ask anew for what it shows, as far as it can. */
import { type ClientCapabilities, CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';

/** Milliseconds in which one refresh stands for several: exchanges come by the hundred. */
const TOGETHER = 100;

export class Refresher {
  private readonly asks: (() => unknown)[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly connection: Pick<Connection, 'languages' | 'sendRequest'>) {}

  use({ workspace }: ClientCapabilities): void {
    const { connection } = this;
    const { languages } = connection;
    if (workspace?.diagnostics?.refreshSupport) this.asks.push(() => languages.diagnostics.refresh());
    if (workspace?.inlayHint?.refreshSupport) this.asks.push(() => languages.inlayHint.refresh());
    if (workspace?.codeLens?.refreshSupport) this.asks.push(() => connection.sendRequest(CodeLensRefreshRequest.type));
  }

  refresh(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      for (const ask of this.asks) ask();
    }, TOGETHER);
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
  }
}
