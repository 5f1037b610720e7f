// The API of ms-python.python as its @vscode/python-extension describes it, as far as it is used; `select` is ours.
const { Uri, workspace } = require('vscode');

let selected = null;
/** Interpreters of single folders of the workspace, by the folder's path. */
const ofFolders = new Map();

exports.activate = () => ({
  environments: {
    getActiveEnvironmentPath(resource) {
      const folder = resource && workspace.getWorkspaceFolder(resource)?.uri.fsPath;
      const path = ofFolders.get(folder) ?? selected ?? 'python';
      return { id: path, path };
    },
    resolveEnvironment: async ({ path }) =>
      path === 'python' ? undefined : { id: path, path, executable: { uri: Uri.file(path) } },
  },
  /** Chooses an interpreter as its command "Python: Select Interpreter" does, for all folders or for one; null for none. */
  select: (path, folder) => {
    if (folder === undefined) selected = path;
    else ofFolders.set(folder, path);
  },
});
