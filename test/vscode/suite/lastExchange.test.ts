/** What the editor shows of the last exchange beside the source that sent it, after a real session. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostOptions } from '../host/options';
import { api, workspaceFolder } from '../support/extension';
import { goingOn, runToEnd } from '../support/session';

const IN_SHORT = /^413 · [\d,]+ of 12,44\d,\d{3} B$/;

describe('the last exchange, beside the source', () => {
  const run = (name: string) => runToEnd(() => vscode.debug.startDebugging(workspaceFolder(), name), goingOn);
  /** Where the user's code began the last exchange, as the editor's document. */
  async function initiator(): Promise<{ document: vscode.TextDocument; line: number }> {
    const [exchange] = (await api()).exchanges.latest?.exchanges ?? [];
    assert.ok(exchange?.initiator, 'the session told of an exchange');
    const document = await vscode.workspace.openTextDocument(exchange.initiator.file);
    await vscode.window.showTextDocument(document);
    return { document, line: exchange.initiator.line - 1 };
  }

  const failures = ({ uri }: vscode.TextDocument) =>
    vscode.languages.getDiagnostics(uri).filter(({ code }) => code === 'refused-early');
  /** Waits for the mark; the test's own time limit ends a wait in vain. */
  async function marks(document: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
    while (failures(document).length !== count) {
      await new Promise<void>((resolve) => {
        const listener = vscode.languages.onDidChangeDiagnostics(() => {
          listener.dispose();
          resolve();
        });
      });
    }
    return failures(document);
  }
  const hints = async (document: vscode.TextDocument) =>
    (
      await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        new vscode.Range(0, 0, document.lineCount, 0),
      )
    ).map(({ position, label }) => ({
      line: position.line,
      text: typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
    }));
  async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const texts = hovers.flatMap(({ contents }) => contents);
    // punctuation of others is escaped
    return texts.map((each) => (typeof each === 'string' ? each : each.value).replaceAll('\\', '')).join('\n');
  }

  // other suites debug the same programs
  before(() => vscode.commands.executeCommand('framewire.clearExchanges'));
  afterEach(async () => {
    await vscode.commands.executeCommand('framewire.clearExchanges');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  /**
   * Everything there is at the call that sent it.
   * @param callers texts of the lines above it that led there and show it, too
   */
  async function assertShown(name: RegExp, ...callers: string[]): Promise<vscode.TextDocument> {
    const { document, line } = await initiator();
    const [mark] = await marks(document, 1);
    assert.equal(mark?.range.start.line, line);
    assert.match(document.getText(mark?.range), name);
    assert.match(mark?.message ?? '', /^Last exchange: 413 · .* B · The server refused/);
    const shown = await hints(document);
    assert.deepEqual(
      shown.map((hint) => (hint.line === line ? 'the call' : document.lineAt(hint.line).text.trim())),
      ['the call', ...callers],
    );
    for (const hint of shown) assert.match(hint.text, IN_SHORT);
    const text = await hover(document, mark?.range.start ?? new vscode.Position(0, 0));
    assert.match(text, /Last exchange.*POST https:.*→ 413 Request Entity Too Large, never read by the program/s);
    assert.match(text, /handed 12,44\d,\d{3} B ▸ accepted .*\d B.* received \d+ B/);
    assert.match(text, /command:framewire\.openWirePanel/);
    return document;
  }

  if (hostOptions().original) {
    it('is shown in the library that sent it', async () => {
      await run('refused over TLS');
      const document = await assertShown(/^(?:open|urlopen)$/);
      assert.match(document.uri.path, /asciinema\/urllib_http_adapter\.py$/);
    });
  }

  it('is shown at the call, moves with it, leads on, and goes when it is dismissed', async () => {
    await run('example refused over TLS');
    const document = await assertShown(/^urlopen$/, 'print(upload(url, path))');
    const before = (await hints(document)).map((hint) => hint.line);
    const [mark] = failures(document);
    const line = mark?.range.start.line ?? -1;

    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# first\n');
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(
      (await hints(document)).map((hint) => hint.line),
      before.map((each) => each + 1),
    );

    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      mark?.range.with({ start: new vscode.Position(line + 1, 0), end: new vscode.Position(line + 1, 80) }),
      vscode.CodeActionKind.QuickFix.value,
    );
    const byCommand = (id: string) => actions.find(({ command }) => command?.command === id)?.command;
    const { latest } = (await api()).exchanges;
    assert.deepEqual(byCommand('framewire.openWirePanel')?.arguments, [latest?.folder, latest?.exchanges[0]?.id]);
    const dismiss = byCommand('framewire.dismissExchange');
    assert.ok(dismiss, actions.map(({ title }) => title).join(', '));
    await vscode.commands.executeCommand(dismiss.command, ...(dismiss.arguments ?? []));
    await marks(document, 0);
    assert.deepEqual(await hints(document), []);
  });
});
