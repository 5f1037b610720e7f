/** The interpreter that is selected in the Python extension. */
import * as vscode from 'vscode';

/** The part of the Python extension's API that is used; see @vscode/python-extension. */
interface PythonExtensionApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly id: string; readonly path: string };
    resolveEnvironment(environment: {
      readonly id: string;
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri: vscode.Uri | undefined } } | undefined>;
  };
}

/**
 * Absolute path of the interpreter selected for `resource`; null when the Python extension is not there, has none, or
 * fails: the debug adapter then finds one by itself.
 */
export async function selectedInterpreter(
  resource: vscode.Uri | undefined,
  log: vscode.LogOutputChannel,
): Promise<string | null> {
  const extension = vscode.extensions.getExtension<PythonExtensionApi>('ms-python.python');
  if (!extension) return null;
  try {
    const { environments } = await extension.activate();
    const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(resource));
    return environment?.executable.uri?.fsPath ?? null;
  } catch (error) {
    log.warn('The Python extension gave no interpreter:', error);
    return null;
  }
}
