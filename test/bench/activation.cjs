// Run by an extension host in place of a test suite: activates the extension, which must not be active by itself, and notes the time
// as the editor's list of running extensions does: what loading its code takes, and what the call of `activate` takes.
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

exports.run = async () => {
  const extension = vscode.extensions.getExtension('framewire.framewire');
  const early = extension.isActive;
  const main = join(extension.extensionPath, extension.packageJSON.main);
  let began = performance.now();
  const loaded = require(main);
  const loading = performance.now() - began;
  let calling = 0;
  // the host finds the module loaded, and this in place of its function
  require.cache[require.resolve(main)].exports = {
    ...loaded,
    activate(context) {
      began = performance.now();
      const result = loaded.activate(context);
      calling = performance.now() - began;
      return result;
    },
  };
  began = performance.now();
  await extension.activate();
  const all = loading + performance.now() - began;
  appendFileSync(process.env.FRAMEWIRE_ACTIVATION, `${JSON.stringify({ early, loading, calling, all })}\n`);
};
