import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { attachAttributes } from '../../../src/extension/debug/attachAttributes';
import { launchAttributes } from '../../../src/extension/debug/launchAttributes';
import { launchSnippets } from '../../../src/extension/debug/launchSnippets';
import { workspaceFolder } from '../support/extension';

const file = () => vscode.Uri.joinPath(workspaceFolder().uri, 'uploads', '.vscode', 'launch.json');

describe('launch.json, as it is written', () => {
  let document: vscode.TextDocument;
  before(async () => {
    document = await vscode.workspace.openTextDocument(file());
    await vscode.window.showTextDocument(document);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeActiveEditor'));

  /** What is offered there, once it is; the test's own time limit ends a wait in vain. */
  async function offered(position: vscode.Position, awaited: string): Promise<Map<string, vscode.CompletionItem>> {
    for (;;) {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      const items = list.items.map(
        (item) => [typeof item.label === 'string' ? item.label : item.label.label, item] as const,
      );
      const found = new Map(items.map(([label, item]) => [label.replace(/^"|"$/g, ''), item]));
      // the editor puts the schemas of all debuggers together after it has started
      if (found.has(awaited)) return found;
    }
  }

  const inside = (name: string) => {
    const text = document.getText();
    return document.positionAt(text.indexOf('"": 0', text.indexOf(`"name": "${name}"`)) + 1);
  };

  for (const [name, schema] of [
    ['launches', launchAttributes],
    ['attaches', attachAttributes],
  ] as const) {
    it(`offers every attribute of a configuration that ${name}, and explains it`, async () => {
      const found = await offered(inside(name), 'subProcess');
      const written = ['program', 'wire', 'connect'];
      for (const attribute of Object.keys(schema.json.properties as object)) {
        if (document.getText().includes(`"${attribute}"`) && written.includes(attribute)) continue;
        const item = found.get(attribute);
        assert.ok(item, `${attribute} among ${[...found.keys()].join(', ')}`);
        const text = typeof item.documentation === 'string' ? item.documentation : (item.documentation?.value ?? '');
        assert.ok(text.length > 10, `${attribute} is explained: ${text}`);
      }
    });
  }

  it('offers a configuration for each intent', async () => {
    const position = document.positionAt(document.getText().indexOf('[') + 1);
    const found = await offered(position, launchSnippets[0]?.label ?? '');
    assert.deepEqual(
      launchSnippets.map(({ label }) => label).filter((label) => !found.has(label)),
      [],
    );
    const pytest = found.get('Framewire: pytest')?.insertText;
    assert.match(typeof pytest === 'string' ? pytest : (pytest?.value ?? ''), /"\\\$\{file\}"/);
  });

  it('marks what is wrong', async () => {
    const wrong = () =>
      vscode.languages.getDiagnostics(document.uri).map(({ range }) => document.getText(range).replaceAll('"', ''));
    while (!['streamBuget', '5678'].every((text) => wrong().includes(text))) {
      await new Promise<void>((resolve) => {
        const listener = vscode.languages.onDidChangeDiagnostics(() => {
          listener.dispose();
          resolve();
        });
      });
    }
    assert.ok(!wrong().includes('program'));
  });
});
