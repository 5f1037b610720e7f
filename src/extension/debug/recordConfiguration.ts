/** Runs configurations of the Python debugger under Framewire: one that is chosen, or all of them. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from './configurationProvider';
import { listedConfigurations } from './launchList';
import { asRecorded, DEBUGPY_TYPES, isOfChild } from './recordable';

/**
 * "Record with Framewire…": asks which configuration, unless there is one only.
 * @param name of the configuration, for key bindings and other extensions
 */
export async function recordConfiguration(name?: unknown): Promise<boolean> {
  const listed = listedConfigurations(DEBUGPY_TYPES);
  if (listed.length === 0) {
    const message = vscode.l10n.t('There is no configuration of the Python debugger in launch.json to record.');
    const debug = vscode.l10n.t('Debug Current File');
    const chosen = await vscode.window.showInformationMessage(message, debug);
    return chosen === debug && vscode.commands.executeCommand('framewire.debugFile');
  }
  const items = listed.map((one) => ({
    label: one.configuration.name,
    description: [one.configuration.type, one.configuration.request, several(listed) ? one.folder?.name : null]
      .filter(Boolean)
      .join(' · '),
    one,
  }));
  const wanted =
    typeof name === 'string'
      ? items.find(({ label }) => label === name)
      : await vscode.window.showQuickPick(items, {
          title: vscode.l10n.t('Record with Framewire'),
          placeHolder: vscode.l10n.t('The configuration to run; launch.json stays as it is'),
        });
  if (!wanted) return false;
  return vscode.debug.startDebugging(wanted.one.folder, asRecorded(wanted.one.configuration, DEBUG_TYPE));
}

const several = (listed: readonly { readonly folder: vscode.WorkspaceFolder | undefined }[]) =>
  new Set(listed.map(({ folder }) => folder?.name)).size > 1;

/** The setting `framewire.recordDebugpyConfigurations`: the editor resolves anew what has changed its type. */
export function recordAlways(): vscode.Disposable {
  const provider: vscode.DebugConfigurationProvider = {
    resolveDebugConfiguration(folder, given) {
      const on = vscode.workspace.getConfiguration('framewire', folder).get('recordDebugpyConfigurations') === true;
      // a child belongs to the debugger that its parent has
      if (!on || isOfChild(given) || !DEBUGPY_TYPES.includes(given.type)) return given;
      return asRecorded(given, DEBUG_TYPE);
    },
  };
  return vscode.Disposable.from(
    ...DEBUGPY_TYPES.map((type) => vscode.debug.registerDebugConfigurationProvider(type, provider)),
  );
}
