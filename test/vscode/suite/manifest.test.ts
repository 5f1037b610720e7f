import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { attachAttributes } from '../../../src/extension/debug/attachAttributes';
import { launchAttributes } from '../../../src/extension/debug/launchAttributes';
import { extension } from '../support/extension';

describe('the manifest, as the editor has read it', () => {
  const contributes = () => extension().packageJSON.contributes;

  it('contributes the debug type with every attribute', () => {
    const [contribution] = contributes().debuggers;
    assert.equal(contribution.type, 'framewire');
    assert.deepEqual(contribution.languages, ['python']);
    // the editor adds attributes of its own
    const { launch, attach } = contribution.configurationAttributes;
    for (const [contributed, { json }] of [
      [launch, launchAttributes],
      [attach, attachAttributes],
    ]) {
      const missing = Object.keys(json.properties).filter((name) => !(name in contributed.properties));
      assert.deepEqual(missing, []);
    }
  });

  it('has a text for every string', () => {
    const unresolved = [...JSON.stringify(extension().packageJSON).matchAll(/"%[^%"]+%"/g)].map(([text]) => text);
    assert.deepEqual(unresolved, []);
  });

  it('has a command behind every contributed one', async () => {
    await extension().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes()
      .commands.map(({ command }: { command: string }) => command)
      .filter((command: string) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it('asks for a trusted workspace', () => {
    assert.equal(extension().packageJSON.capabilities.untrustedWorkspaces.supported, false);
  });
});
