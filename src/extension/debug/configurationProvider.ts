/** Resolves `framewire` launch configurations, also when there is no launch.json. */
import * as vscode from 'vscode';
import { interpreterOfScript } from '../../base/shebang';
import { whatIsWrongWithAttach } from './attachAttributes';
import { selectedInterpreter } from './interpreter';
import { type LaunchConfiguration, whatIsWrong, withDefaults, withEnvironmentFile } from './launchConfiguration';
import { launchSnippets } from './launchSnippets';
import { folderOf, withSettings } from './sessionSettings';

export const DEBUG_TYPE = 'framewire';

type Folder = vscode.WorkspaceFolder | undefined;
type Configuration = vscode.DebugConfiguration;

export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** For a new launch.json, which is begun with what most programs need; the others are offered while it is written. */
  provideDebugConfigurations(): Configuration[] {
    return launchSnippets
      .slice(0, 1)
      .map(({ label, request, attributes }) => ({ name: label, type: DEBUG_TYPE, request, ...attributes }));
  }

  /** Before variables are substituted: makes a configuration up when F5 was pressed without one. */
  resolveDebugConfiguration(_folder: Folder, given: Configuration): Configuration | undefined {
    if (given.type || given.request || given.name) return given;
    const [currentFile] = launchSnippets;
    if (vscode.window.activeTextEditor?.document.languageId !== 'python' || !currentFile) {
      complain(vscode.l10n.t('Open the Python file to debug, or write a launch.json.'));
      return undefined;
    }
    return { name: currentFile.label, type: DEBUG_TYPE, request: 'launch', ...currentFile.attributes };
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    startedIn: Folder,
    configuration: Configuration,
  ): Promise<Configuration | null | undefined> {
    // a process that the program has started: the debugger itself asks for this session
    if (configuration.request === 'attach' && configuration.subProcessId !== undefined) return configuration;
    const folder = startedIn ?? folderOf(configuration);
    const given = withSettings(configuration, folder);
    const attaches = given.request === 'attach';
    const wrong = attaches ? whatIsWrongWithAttach(given) : whatIsWrong(given);
    if (wrong) {
      complain(vscode.l10n.t('The launch configuration "{0}" does not work: {1}', given.name, wrong));
      return null; // which opens launch.json
    }
    try {
      if (attaches) return await this.#attaching(given, folder);
      const launch = await this.#complete(given, folder);
      return { ...launch, type: given.type, request: given.request, name: given.name };
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** The capture goes to the workspace; debugpy's adapter runs on the selected interpreter. */
  async #attaching(given: Configuration, folder: Folder): Promise<Configuration> {
    const python = given.python ?? (given.connect ? null : await selectedInterpreter(folder?.uri, this.log));
    const cwd = given.cwd ?? folder?.uri.fsPath;
    return { justMyCode: true, ...given, ...(cwd ? { cwd } : {}), ...(python ? { python } : {}) };
  }

  async #complete(given: LaunchConfiguration, folder: Folder): Promise<LaunchConfiguration> {
    const path = folder?.uri.fsPath;
    const launch = await withEnvironmentFile(withDefaults(given, path), path, process.env);
    // the interpreter of an installed command is for the adapter to find
    if (launch.python || launch.command) return launch;
    // a tool installed for one Python must not run under another one that happens to be selected
    const itsOwn = launch.program ? await interpreterOfScript(launch.program) : null;
    const python = itsOwn ?? (await selectedInterpreter(folder?.uri, this.log));
    return python === null ? launch : { ...launch, python };
  }
}

function complain(message: string): void {
  // not awaited: the session is over, whatever the user does with the message
  void vscode.window.showErrorMessage(message);
}
