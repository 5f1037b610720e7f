/** A window with two folders, in which no Python file is open. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { extension } from '../support/extension';
import { runToEnd } from '../support/session';

/** The folders of the window, by name. */
function folder(name: string): vscode.WorkspaceFolder {
  const found = vscode.workspace.workspaceFolders?.find((one) => one.name === name);
  assert.ok(found, `there are ${vscode.workspace.workspaceFolders?.map((one) => one.name)}`);
  return found;
}

const launch = (name: string, more: object = {}) => ({
  name: 'test',
  type: 'framewire',
  request: 'launch',
  program: join(folder(name).uri.fsPath, 'interpreter.py'),
  console: 'internalConsole',
  ...more,
});

describe('a window without Python', () => {
  it('does not activate the extension, whatever else is done in it', async () => {
    assert.equal(extension().isActive, false);
    const notes = vscode.Uri.joinPath(folder('first').uri, 'notes.md');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(notes));
    await vscode.commands.executeCommand('workbench.view.explorer');
    await vscode.commands.executeCommand('workbench.view.debug');
    await vscode.workspace.findFiles('**/*');
    assert.equal(extension().isActive, false);
  });

  it('activates it with the first Python file', async () => {
    await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder('first').uri, 'interpreter.py'));
    // the document is there before those are told that it concerns
    await vscode.extensions.getExtension('framewire.framewire')?.activate();
    assert.equal(extension().isActive, true);
  });
});

describe('a window with several folders', () => {
  it('runs a program in the folder that it belongs to, and keeps the recording there', async () => {
    for (const name of ['first', 'second']) {
      const { fsPath } = folder(name).uri;
      const { configuration, outcome } = await runToEnd(() => vscode.debug.startDebugging(folder(name), launch(name)));
      assert.equal(configuration.cwd, fsPath);
      assert.ok(outcome.captureFolder?.startsWith(fsPath), `${outcome.captureFolder} for ${name}`);
    }
  });

  it('finds the folder of a session that was started without one', async () => {
    const { configuration, outcome } = await runToEnd(() => vscode.debug.startDebugging(undefined, launch('second')));
    assert.equal(configuration.cwd, folder('second').uri.fsPath);
    assert.ok(outcome.captureFolder?.startsWith(folder('second').uri.fsPath), String(outcome.captureFolder));
  });

  it('takes the interpreter selected for that folder', async () => {
    const { select } = (await vscode.extensions.getExtension('ms-python.python')?.activate()) ?? {};
    const { configuration: plain, output } = await runToEnd(() =>
      vscode.debug.startDebugging(folder('second'), launch('second')),
    );
    assert.equal(plain.python, undefined);
    const [python = ''] = output.trim().split(/\r?\n/);
    select(python, folder('second').uri.fsPath);
    for (const [name, expected] of [
      ['first', undefined],
      ['second', python],
    ] as const) {
      const { configuration } = await runToEnd(() => vscode.debug.startDebugging(undefined, launch(name)));
      assert.equal(configuration.python, expected, name);
    }
  });

  it("follows that folder's settings, and a configuration that says otherwise", async () => {
    const { fsPath } = folder('second').uri;
    const { configuration, outcome } = await runToEnd(() => vscode.debug.startDebugging(undefined, launch('second')));
    assert.ok(outcome.captureFolder?.startsWith(join(fsPath, 'kept', '.framewire')), String(outcome.captureFolder));
    assert.equal(configuration.wire.streamBudget, 1000);
    const other = launch('second', { wire: { streamBudget: 5, captureFolder: 'by-name' } });
    const own = await runToEnd(() => vscode.debug.startDebugging(undefined, other));
    assert.equal(own.configuration.wire.streamBudget, 5);
    assert.equal(own.outcome.captureFolder, join(fsPath, 'by-name'));
  });
});
