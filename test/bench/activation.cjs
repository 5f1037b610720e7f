// Run by an extension host in place of a test suite: activates the extension, which must not be active by itself, and notes the time.
const { appendFileSync } = require('node:fs');
const vscode = require('vscode');

exports.run = async () => {
  const extension = vscode.extensions.getExtension('framewire.framewire');
  const early = extension.isActive;
  const began = performance.now();
  await extension.activate();
  const milliseconds = performance.now() - began;
  appendFileSync(process.env.FRAMEWIRE_ACTIVATION, `${JSON.stringify({ milliseconds, early })}\n`);
};
