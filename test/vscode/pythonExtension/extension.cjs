// The API of ms-python.python as its @vscode/python-extension describes it, as far as it is used; `select` is ours.
const { Uri } = require('vscode');

let selected = null;

exports.activate = () => ({
  environments: {
    getActiveEnvironmentPath: () => ({ id: selected ?? 'python', path: selected ?? 'python' }),
    resolveEnvironment: async ({ path }) =>
      selected === path ? { id: path, path, executable: { uri: Uri.file(path) } } : undefined,
  },
  /** Chooses an interpreter as its command "Python: Select Interpreter" does; null for none. */
  select: (path) => {
    selected = path;
  },
});
