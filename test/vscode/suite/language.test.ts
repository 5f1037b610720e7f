import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api } from '../support/extension';

const TEXT = `import requests

with open('f', 'rb') as f:
    requests.post('u', data=f.read(), verify=False)
`;

describe('the language server', () => {
  const ours = (document: vscode.TextDocument) =>
    vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Framewire');

  /** Waits until the hints on a document are as many as expected; the test's own time limit ends a wait in vain. */
  async function hints(document: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
    while (ours(document).length !== count) {
      await new Promise<void>((resolve) => {
        const listener = vscode.languages.onDidChangeDiagnostics(() => {
          listener.dispose();
          resolve();
        });
      });
    }
    return ours(document);
  }

  async function open(): Promise<vscode.TextEditor> {
    await api();
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: TEXT });
    return vscode.window.showTextDocument(document);
  }

  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('marks what matters for an upload and offers to settle it', async () => {
    const { document } = await open();
    const found = await hints(document, 3);
    assert.deepEqual(found.map(({ code }) => code).sort(), [
      'certificateChecksOff',
      'missingTimeout',
      'wholeFileInMemory',
    ]);
    const range = found.find(({ code }) => code === 'wholeFileInMemory')?.range;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const action = actions.find(({ title }) => title.startsWith('Hand over the open file'));
    assert.ok(action?.edit, `offered: ${actions.map(({ title }) => title).join(', ')}`);
    await vscode.workspace.applyEdit(action.edit);
    assert.match(document.getText(), /data=f, verify/);
    await hints(document, 2);
  });

  it('tells what a call sends through', async () => {
    const { document } = await open();
    await hints(document, 3);
    const position = document.positionAt(TEXT.indexOf('post'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === 'string' ? content : content.value)),
    );
    assert.ok(
      texts.some((text) => text.includes('Sends an HTTP request with a body through **requests**: `requests.post`')),
      `hovers: ${texts.join(' | ')}`,
    );
  });

  it('keeps quiet where the settings say so', async () => {
    const { document } = await open();
    await hints(document, 3);
    const settings = vscode.workspace.getConfiguration('framewire.language.hints');
    await settings.update('missingTimeout', false, vscode.ConfigurationTarget.Global);
    try {
      const left = await hints(document, 2);
      assert.ok(left.every(({ code }) => code !== 'missingTimeout'));
    } finally {
      await settings.update('missingTimeout', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('offers no code lens without a command behind it', async () => {
    const { document } = await open();
    await hints(document, 3);
    const registered = (await vscode.commands.getCommands(true)).includes('framewire.debugUploadHere');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const ours = lenses.filter(({ command }) => command?.command === 'framewire.debugUploadHere');
    assert.equal(ours.length, registered ? 1 : 0);
  });
});
