import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, workspaceFolder } from '../support/extension';
import { runToEnd } from '../support/session';

const inWorkspace = (...parts: string[]) => vscode.Uri.joinPath(workspaceFolder().uri, ...parts);
const NAME = "hello, with the Python debugger's type";

describe('a session without a configuration of its own', () => {
  before(() => api());

  it('is the file in the editor', async () => {
    await vscode.window.showTextDocument(inWorkspace('hello.py'));
    const { configuration, exitCode } = await runToEnd(() => vscode.commands.executeCommand('framewire.debugFile'));
    assert.equal(configuration.program, inWorkspace('hello.py').fsPath);
    assert.equal(exitCode, 0);
  });
});

describe("a configuration of the Python debugger's", () => {
  before(() => api());

  it('is recorded by the command, as it stands in launch.json', async () => {
    const { configuration, outcome, exitCode } = await runToEnd(() =>
      vscode.commands.executeCommand('framewire.recordConfiguration', NAME),
    );
    assert.deepEqual([configuration.type, configuration.name], ['framewire', NAME]);
    assert.deepEqual(configuration.env, { GREETING: 'recorded' });
    assert.equal(outcome.problem, null);
    assert.ok(outcome.captureFolder);
    assert.equal(exitCode, 0);
  });

  it('is recorded whenever it is started, with the setting', async () => {
    const settings = vscode.workspace.getConfiguration('framewire', workspaceFolder());
    await settings.update('recordDebugpyConfigurations', true, vscode.ConfigurationTarget.Workspace);
    try {
      const { configuration, outcome } = await runToEnd(() => vscode.debug.startDebugging(workspaceFolder(), NAME));
      assert.equal(configuration.type, 'framewire');
      assert.ok(outcome.captureFolder);
    } finally {
      await settings.update('recordDebugpyConfigurations', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
