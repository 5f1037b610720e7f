/** The status bar's word on what is recorded: how much, what failed, or why nothing is. */
import * as vscode from 'vscode';
import { grouped } from '../../base/quantities';
import { events } from '../../messages/dap';
import type { SessionRuns } from '../debug/sessionRuns';
import type { RecordedExchange } from '../exchanges/captureExchanges';
import type { ExchangeStore } from '../exchanges/exchangeStore';
import { setContext } from './contextKeys';
import { code } from './markdown';

export class RecordingStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('framewire.recording', vscode.StatusBarAlignment.Left, 10);
  /** Runs that record nothing although they should, by id: why. */
  readonly #problems = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly exchanges: ExchangeStore,
    runs: SessionRuns,
  ) {
    this.#item.name = vscode.l10n.t('Framewire Recording');
    this.#subscriptions = [
      this.#item,
      exchanges.onDidChange(() => this.#show()),
      runs.onDidReceive(({ run, event, body }) => {
        if (event !== 'framewireCapture' || events[event].check(body, event)) return;
        const { problem } = body as { readonly problem: string | null };
        if (problem === null) this.#problems.delete(run.id);
        else this.#problems.set(run.id, problem);
        this.#show();
      }),
      runs.onDidEnd(({ id }) => {
        this.#problems.delete(id);
        this.#show();
      }),
    ];
  }

  /** What it says now; null while it is hidden. */
  text: string | null = null;

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #show(): void {
    const live = this.exchanges.captures.filter(({ ended }) => !ended);
    setContext('framewire.recording', live.length > 0);
    const [problem] = this.#problems.values();
    if (live.length > 0) this.#showRecording(live);
    else if (problem !== undefined) this.#showProblem(problem);
    else {
      this.text = null;
      this.#item.hide();
    }
  }

  #showRecording(live: ExchangeStore['captures']): void {
    const all = live.flatMap(({ exchanges }) => exchanges);
    const failures = all.filter(hasFailed).length;
    const count = all.length === 1 ? vscode.l10n.t('1 exchange') : vscode.l10n.t('{0} exchanges', grouped(all.length));
    const failed = failures === 0 ? '' : ` $(error) ${grouped(failures)}`;
    this.text = `$(record) ${count}${failed}`;
    this.#item.text = this.text;
    this.#item.backgroundColor = failures > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    const spoken = failures === 1 ? vscode.l10n.t('1 failed') : vscode.l10n.t('{0} failed', grouped(failures));
    const label = vscode.l10n.t('Framewire is recording: {0}, {1}', count, spoken);
    this.#item.accessibilityInformation = { label, role: 'button' };
    const captures = live.map(({ session, folder }) => `${code(session.name)}  \n${code(folder)}`);
    const open = vscode.l10n.t('Click to open the wire panel.');
    this.#item.tooltip = new vscode.MarkdownString([label, ...captures, open].join('\n\n'));
    const title = vscode.l10n.t('Open Wire Panel');
    const folder = live.at(-1)?.folder;
    const firstFailure = live.at(-1)?.exchanges.find(hasFailed)?.id;
    this.#item.command = { command: 'framewire.openWirePanel', title, arguments: [folder, firstFailure] };
    this.#item.show();
  }

  #showProblem(problem: string): void {
    this.text = `$(warning) ${vscode.l10n.t('Not recorded')}`;
    this.#item.text = this.text;
    this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#item.tooltip = new vscode.MarkdownString(
      `${vscode.l10n.t('Framewire records nothing of this session:')}  \n${code(problem)}`,
    );
    this.#item.accessibilityInformation = { label: vscode.l10n.t('Framewire records nothing: {0}', problem) };
    this.#item.command = 'workbench.debug.action.toggleRepl';
    this.#item.show();
  }
}

/** It broke, or the server answered with an error. */
const hasFailed = ({ error, status }: RecordedExchange): boolean =>
  error !== null || (status !== null && status >= 400);
