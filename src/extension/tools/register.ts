/** The tools that language models may use; their descriptions and inputs stand in the manifest. */
import * as vscode from 'vscode';
import type { ExchangeStore } from '../exchanges/exchangeStore';
import type { SessionOutcome } from '../findings/sessionOutcomes';
import { startHostProcess } from '../panels/hostProcess';
import { type CaptureReader, MAX_BYTES, withCapture } from './captureReader';
import { framed } from './framed';
import { KnownCaptures } from './knownCaptures';
import { RunRecorded } from './runRecorded';

export type ToolName =
  | 'framewire_listExchanges'
  | 'framewire_getFinding'
  | 'framewire_readBytes'
  | 'framewire_runRecorded';

interface ReadInput {
  readonly capture?: string;
  readonly filter?: string;
  readonly exchange?: string;
  readonly direction?: 'request' | 'reply';
  readonly start?: number;
  readonly length?: number;
}

interface Services {
  readonly extension: vscode.Uri;
  readonly exchanges: Pick<ExchangeStore, 'captures'>;
  readonly onDidConclude: vscode.Event<SessionOutcome>;
}

export function registerTools({ extension, exchanges, onDidConclude }: Services): vscode.Disposable {
  const captures = new KnownCaptures(exchanges);
  const script = vscode.Uri.joinPath(extension, 'dist', 'panelHost.mjs').fsPath;
  /** A tool that reads: never with secrets revealed, whatever the user has revealed for themselves. */
  const reading = (
    message: string,
    read: (reader: CaptureReader, input: ReadInput) => Promise<object>,
  ): vscode.LanguageModelTool<ReadInput> => ({
    prepareInvocation: () => ({ invocationMessage: message }),
    invoke: async ({ input }) => {
      const folder = await captures.find(input.capture);
      const start = () => startHostProcess({ script, folder, revealed: false });
      const found = await withCapture(start, (reader) => read(reader, input));
      return new vscode.LanguageModelToolResult([
        new vscode.LanguageModelTextPart(framed({ capture: folder, ...found })),
      ]);
    },
  });
  const tools: Record<ToolName, vscode.LanguageModelTool<never>> = {
    framewire_listExchanges: reading(vscode.l10n.t('Listing recorded exchanges'), (reader, { filter }) =>
      reader.list(filter ?? ''),
    ),
    framewire_getFinding: reading(vscode.l10n.t('Reading what was found in an exchange'), (reader, { exchange }) =>
      reader.finding(exchange ?? ''),
    ),
    framewire_readBytes: reading(
      vscode.l10n.t('Reading recorded bytes'),
      (reader, { exchange, direction, start, length }) =>
        reader.bytes(exchange ?? '', direction === 'reply' ? 'down' : 'up', start ?? 0, length ?? MAX_BYTES),
    ),
    framewire_runRecorded: new RunRecorded(onDidConclude),
  };
  // editors that are built on an older VS Code may have no such thing
  if (vscode.lm?.registerTool === undefined) return new vscode.Disposable(() => undefined);
  return vscode.Disposable.from(...Object.entries(tools).map(([name, tool]) => vscode.lm.registerTool(name, tool)));
}
