/** Composition root of the extension. */
import * as vscode from 'vscode';
import { useBundle } from '../base/l10n';
import type { FramewireApi } from './api';
import { keepNewest } from './captures/keepNewest';
import { registerCommands } from './commands/commands';
import { AdapterFactory } from './debug/adapterFactory';
import { ConfigurationProvider, DEBUG_TYPE } from './debug/configurationProvider';
import { SessionRuns } from './debug/sessionRuns';
import { registerExample } from './example/register';
import { ExchangeStore } from './exchanges/exchangeStore';
import { FindingsOutput } from './findings/findingsOutput';
import { notify } from './findings/notification';
import { SessionOutcomes } from './findings/sessionOutcomes';
import { startLanguageClient } from './language/languageClient';
import { logSessions } from './log/sessionLog';
import { registerPanels } from './panels/register';
import { registerSidebar } from './sidebar/register';
import { registerTools } from './tools/register';
import { registerStarts } from './upload/register';

export function activate(context: vscode.ExtensionContext): FramewireApi {
  // for what is free of the editor's API
  useBundle(vscode.l10n.bundle);
  const log = vscode.window.createOutputChannel('Framewire Log', { log: true });
  const output = new FindingsOutput();
  const runs = new SessionRuns();
  const outcomes = new SessionOutcomes(runs, log);
  const exchanges = new ExchangeStore(runs);
  const sidebar = registerSidebar(exchanges, runs, log);
  const provider = new ConfigurationProvider(log);
  const language = startLanguageClient(context.extensionUri, exchanges, log);
  context.subscriptions.push(
    log,
    output,
    runs,
    outcomes,
    exchanges,
    outcomes.onDidConclude((outcome) => {
      output.add(outcome);
      notify(outcome).catch((error) => log.error('The outcome could not be shown:', error));
    }),
    language,
    registerStarts(DEBUG_TYPE, context.workspaceState, language, log),
    registerCommands(outcomes, output, exchanges),
    registerPanels(context.extensionUri, runs),
    sidebar.registered,
    registerExample(context),
    keepNewest(outcomes.onDidConclude, log),
    logSessions(log),
    vscode.commands.registerCommand('framewire.showLog', () => log.show()),
    registerTools({ extension: context.extensionUri, exchanges, onDidConclude: outcomes.onDidConclude }),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider),
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, new AdapterFactory(context.extensionUri)),
  );
  return {
    get lastOutcome() {
      return outcomes.last;
    },
    onDidConclude: outcomes.onDidConclude,
    exchanges,
    sidebar: sidebar.api,
  };
}
