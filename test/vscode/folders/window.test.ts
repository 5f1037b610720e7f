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
  /** The interpreter that is found when none is selected. */
  let python = '';
  /** Names of the breakpoints that the debug adapter announced. */
  let breakpoints: string[] = [];

  it('runs a program in the folder that it belongs to, and keeps the recording there', async () => {
    const { fsPath } = folder('first').uri;
    const ended = await runToEnd(() => vscode.debug.startDebugging(folder('first'), launch('first')));
    assert.equal(ended.configuration.cwd, fsPath);
    assert.ok(ended.outcome.captureFolder?.startsWith(join(fsPath, '.framewire')), String(ended.outcome.captureFolder));
    [python = ''] = ended.output.trim().split(/\r?\n/);
    const { body } = ended.messages.find(({ type, command }) => type === 'response' && command === 'initialize') ?? {};
    breakpoints = body.exceptionBreakpointFilters.map(({ label }: { label: string }) => label);
  });

  it('finds the folder of a session that was started without one, and follows its settings', async () => {
    const { fsPath } = folder('second').uri;
    const { configuration, outcome } = await runToEnd(() => vscode.debug.startDebugging(undefined, launch('second')));
    assert.equal(configuration.cwd, fsPath);
    assert.equal(configuration.wire.streamBudget, 1000);
    assert.equal(configuration.python, undefined);
    assert.ok(outcome.captureFolder?.startsWith(join(fsPath, 'kept', '.framewire')), String(outcome.captureFolder));
  });

  it('takes the interpreter selected for that folder, and lets a configuration say otherwise than its settings', async () => {
    const { select } = (await vscode.extensions.getExtension('ms-python.python')?.activate()) ?? {};
    const { fsPath } = folder('second').uri;
    select(python, fsPath);
    const more = { wire: { streamBudget: 5, captureFolder: 'by-name' } };
    const { configuration, outcome } = await runToEnd(() =>
      vscode.debug.startDebugging(undefined, launch('second', more)),
    );
    assert.equal(configuration.python, python);
    assert.equal(configuration.wire.streamBudget, 5);
    assert.equal(outcome.captureFolder, join(fsPath, 'by-name'));
    const other = await runToEnd(() => vscode.debug.startDebugging(undefined, launch('first')));
    assert.equal(other.configuration.python, undefined);
  });

  it('announces its breakpoints in the language of the display', () => {
    // a browser's window is opened in Chinese; a desktop's has the language packs that it has
    if (vscode.env.uiKind === vscode.UIKind.Web) assert.equal(vscode.env.language, 'zh-cn');
    const [first = ''] = breakpoints;
    if (vscode.env.language === 'zh-cn') assert.match(first, /\p{Script=Han}/u);
    else assert.equal(first, 'Failed Send or Receive');
  });
});
