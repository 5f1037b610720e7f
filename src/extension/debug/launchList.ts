/** The launch configurations of the workspace. */
import * as vscode from 'vscode';

export interface ListedConfiguration {
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly configuration: vscode.DebugConfiguration;
}

/** Those of the given types that have a name, folder by folder in the order of launch.json. */
export function listedConfigurations(types: readonly string[]): ListedConfiguration[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = folders.flatMap((folder) =>
    read(vscode.workspace.getConfiguration('launch', folder.uri).get('configurations')).map((configuration) => ({
      folder,
      configuration,
    })),
  );
  if (vscode.workspace.workspaceFile) {
    // a folder's own list hides the one of the .code-workspace file
    const { workspaceValue } = vscode.workspace.getConfiguration('launch').inspect('configurations') ?? {};
    for (const configuration of read(workspaceValue)) {
      const known = found.some((one) => one.configuration.name === configuration.name);
      if (!known && folders[0]) found.push({ folder: folders[0], configuration });
    }
  }
  return found.filter(({ configuration }) => types.includes(configuration.type));
}

/** What the file says is whatever a person wrote there. */
function read(value: unknown): vscode.DebugConfiguration[] {
  const isConfiguration = (one: unknown): one is vscode.DebugConfiguration =>
    typeof one === 'object' &&
    one !== null &&
    ['name', 'type', 'request'].every((key) => typeof (one as Record<string, unknown>)[key] === 'string');
  // a copy: what the editor hands out must not be changed
  return Array.isArray(value) ? structuredCloned(value).filter(isConfiguration) : [];
}

const structuredCloned = (value: unknown[]): unknown[] => JSON.parse(JSON.stringify(value));
