// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the editor substitutes these variables
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { hostOptions } from '../host/options';
import { api, workspaceFolder } from '../support/extension';
import { type EndedSession, runToEnd } from '../support/session';
import { type Look, lookAround } from '../support/stops';

const COMMAND = 'framewire.debugUploadHere';
const inWorkspace = (...parts: string[]) => vscode.Uri.joinPath(workspaceFolder().uri, ...parts);
const REFUSED = /^[\w.]*Error: .*, after the server had already replied 413 Request Entity Too Large$/;

describe('"Debug Upload Here"', () => {
  let select: (path: string | null) => void;
  before(async () => {
    await api();
    const python = vscode.extensions.getExtension('ms-python.python');
    assert.ok(python, 'the Python extension, or what stands in for it');
    ({ select } = await python.activate());
    await languageServer();
  });
  // the environment that the programs find: it goes to any of them, however it is started
  const environment = inWorkspace('.env');
  beforeEach(() => giveEnvironment(exampleOf('example refused over TLS')));
  afterEach(async () => {
    select(null);
    await vscode.workspace.fs.delete(environment);
  });

  async function giveEnvironment({ env, args }: vscode.DebugConfiguration): Promise<void> {
    const all: Record<string, string> = { ...env, UPLOAD_URL: args[0] };
    const lines = Object.entries(all).map(
      ([name, value]) => `${name}='${value.replace('${workspaceFolder}', workspaceFolder().uri.fsPath)}'\n`,
    );
    await vscode.workspace.fs.writeFile(environment, Buffer.from(lines.join('')));
  }

  const exampleOf = (name: string): vscode.DebugConfiguration => {
    const all = vscode.workspace.getConfiguration('launch').get<vscode.DebugConfiguration[]>('configurations') ?? [];
    const found = all.find((one) => one.name === name);
    assert.ok(found, `${name} in launch.json`);
    return found;
  };

  async function run(start: () => Thenable<unknown>): Promise<{ ended: EndedSession; stops: Look[] }> {
    const stops: Look[] = [];
    const ended = await runToEnd(start, {
      async onStopped(session, stopped) {
        stops.push(await lookAround(session, stopped));
        return undefined;
      },
    });
    return { ended, stops };
  }

  /** It has stopped twice, with `top` on top: at the first send and where it failed. */
  function assertStops(stops: readonly Look[], top: string): void {
    assert.deepEqual(
      stops.map(({ frames }) => frames[0]),
      [top, top],
    );
    const [sent, failed] = stops;
    assert.match(sent?.description ?? '', /^Sending POST \S+ to localhost$/);
    assert.equal(sent?.scopes.Wire?.['stopped at'], 'First Send From Here');
    assert.match(failed?.description ?? '', REFUSED);
    assert.match(
      failed?.exceptionInfo.description ?? '',
      /The reply, never read by the program \(arrived (?:[\d,]+ ms|just) before\):\nHTTP\/1\.1 413/,
    );
  }

  async function lineOf(uri: vscode.Uri, text: string): Promise<number> {
    const document = await vscode.workspace.openTextDocument(uri);
    const line = document
      .getText()
      .split('\n')
      .findIndex((one) => one.includes(text));
    assert.ok(line >= 0, `${text} in ${uri.fsPath}`);
    return line;
  }

  async function lensIn(uri: vscode.Uri): Promise<vscode.Command> {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
    const found = lenses.find(({ command }) => command?.command === COMMAND)?.command;
    assert.ok(found, `a lens among ${lenses.map(({ command }) => command?.title).join(', ')}`);
    return found;
  }

  /** As the menu of the gutter calls it: lines counted from 1. */
  const fromGutter = (uri: vscode.Uri, line: number) => () =>
    vscode.commands.executeCommand(COMMAND, { uri, lineNumber: line + 1 });

  it('starts the file, as launch.json does where it knows the file, from the lens above the call', async () => {
    const uri = inWorkspace('upload.py');
    await vscode.window.showTextDocument(uri);
    const { command, arguments: given = [] } = await lensIn(uri);
    const { ended, stops } = await run(() => vscode.commands.executeCommand(command, ...given));
    assertStops(stops, 'upload upload.py');
    const line = (await lineOf(uri, 'urlopen(')) + 1;
    assert.equal(ended.configuration.name, `example refused over TLS ▸ upload.py:${line}`);
    assert.equal(ended.configuration.args.length, 2);
    assert.equal(ended.exitCode, 1);
  });

  it('starts the test that it stands in, and no other', async () => {
    select(hostOptions().pytestPython);
    const uri = inWorkspace('uploads', 'test_upload.py');
    const { ended, stops } = await run(fromGutter(uri, await lineOf(uri, '@large')));
    // the wrapper's call is the place, however deep the send is
    assertStops(stops, 'test_large test_upload.py');
    assert.equal(ended.configuration.module, 'pytest');
    assert.deepEqual(ended.configuration.args, [`${uri.fsPath}::TestUpload::test_large`]);
    assert.equal(ended.exitCode, 0);
  });

  it('starts the module where the file needs its package', async () => {
    const uri = inWorkspace('uploads', 'sender', 'tool.py');
    const { ended, stops } = await run(fromGutter(uri, await lineOf(uri, '@send')));
    assertStops(stops, 'send tool.py');
    assert.equal(ended.configuration.module, 'sender.tool');
    assert.equal(ended.configuration.cwd, inWorkspace('uploads').fsPath);
  });

  it('takes the file for the place when the explorer is asked', async () => {
    const uri = inWorkspace('uploads', 'sender', 'tool.py');
    const { ended } = await run(() => vscode.commands.executeCommand(COMMAND, uri, [uri]));
    const { lineCount } = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual(ended.configuration.wire.stopAt, [{ file: uri.fsPath, line: 1, endLine: lineCount }]);
  });

  if (hostOptions().original) {
    it('starts a command for a file of a library, and the same one the next time', async () => {
      const original = exampleOf('refused over TLS');
      await giveEnvironment(original);
      const where = ['-c', 'import asciinema; print(asciinema.__path__[0])'];
      const { stdout } = await promisify(execFile)('/usr/bin/python3', where, { cwd: '/' });
      const uri = vscode.Uri.file(join(stdout.trim(), 'urllib_http_adapter.py'));
      const line = await lineOf(uri, 'with urlopen(');
      const range = new vscode.Range(line, 0, line, 0);
      const typed = `asciinema ${original.args.join(' ')}`;
      const first = await run(() => vscode.commands.executeCommand(COMMAND, uri, range, typed));
      assertStops(first.stops, 'post urllib_http_adapter.py');
      assert.equal(first.ended.exitCode, 1);
      const again = await run(() => vscode.commands.executeCommand(COMMAND, uri, range));
      assertStops(again.stops, 'post urllib_http_adapter.py');
      assert.equal(again.ended.configuration.name, `${typed} ▸ urllib_http_adapter.py:${line + 1}`);
    });
  }

  it('says what is missing where nothing can be run', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: 'import requests\n' });
    assert.equal(await vscode.commands.executeCommand(COMMAND, document.uri), false);
  });
});

/** Waits until the language server answers: it marks a call without a timeout. */
async function languageServer(): Promise<void> {
  const content = "import requests\n\nrequests.get('u')\n";
  const { uri } = await vscode.workspace.openTextDocument({ language: 'python', content });
  await vscode.window.showTextDocument(uri);
  while (vscode.languages.getDiagnostics(uri).length === 0) {
    await new Promise<void>((resolve) => {
      const listener = vscode.languages.onDidChangeDiagnostics(() => {
        listener.dispose();
        resolve();
      });
    });
  }
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
