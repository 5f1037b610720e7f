import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { workspaceFolder } from '../support/extension';
import { runToEnd } from '../support/session';

const launch = (more: object) => ({ name: 'test', type: 'framewire', request: 'launch', ...more });
const hello = () => vscode.Uri.joinPath(workspaceFolder().uri, 'hello.py');
const path = (name: string) => vscode.Uri.joinPath(workspaceFolder().uri, name).fsPath;
const start = (configuration: string | vscode.DebugConfiguration) => () =>
  vscode.debug.startDebugging(workspaceFolder(), configuration);

describe('a debug session', () => {
  it('runs a program of launch.json in the terminal and finds nothing in it', async () => {
    const { exitCode, outcome, configuration } = await runToEnd(start('hello'));
    assert.equal(exitCode, 0);
    assert.equal(configuration.console, 'integratedTerminal');
    assert.equal(configuration.program, hello().fsPath);
    assert.equal(outcome.problem, null);
    assert.deepEqual(outcome.findings, []);
    assert.equal(outcome.exchanges, 0);
    assert.ok(outcome.captureFolder?.startsWith(workspaceFolder().uri.fsPath), `in ${outcome.captureFolder}`);
  });

  it('shows output in the debug console when asked to, with the environment file under the variables', async () => {
    await writeWorkspaceFile('greeting.env', 'GREETING="from the file"\nPUNCTUATION=!\n');
    const program = hello().fsPath;
    const envFile = `${workspaceFolder().uri.fsPath}/greeting.env`;
    const fromFile = await runToEnd(start(launch({ program, envFile, console: 'internalConsole' })));
    assert.equal(fromFile.output.trim(), 'from the file');
    const env = { GREETING: 'from launch.json' };
    const fromLaunch = await runToEnd(start(launch({ program, envFile, env, console: 'internalConsole' })));
    assert.equal(fromLaunch.output.trim(), 'from launch.json');
    assert.deepEqual(fromLaunch.configuration.env, { GREETING: 'from launch.json', PUNCTUATION: '!' });
  });

  it('stops at a breakpoint in the editor, and the variables are there', async () => {
    await atBreakpoint(async (line) => {
      const seen: object[] = [];
      const { exitCode } = await runToEnd(start('hello'), {
        async onStopped(session, { threadId, reason }) {
          const { stackFrames } = await session.customRequest('stackTrace', { threadId, levels: 1 });
          const frameId = stackFrames[0].id;
          const { result } = await session.customRequest('evaluate', { expression: 'greeting', frameId });
          seen.push({ reason, line: stackFrames[0].line, greeting: result });
          return undefined;
        },
      });
      assert.deepEqual(seen, [{ reason: 'breakpoint', line, greeting: "'hello'" }]);
      assert.equal(exitCode, 0);
    });
  });

  it('can be restarted, and each run has its recording and its report', async () => {
    await atBreakpoint(async () => {
      let stops = 0;
      const { exitCode, outcomes, messages } = await runToEnd(start('hello'), {
        async onStopped() {
          stops += 1;
          return stops <= 2 ? 'restart' : undefined;
        },
      });
      assert.equal(stops, 3);
      assert.equal(exitCode, 0);
      const folders = messages.filter(({ event }) => event === 'framewireCapture').map(({ body }) => body.folder);
      assert.equal(new Set(folders).size, 3, `a recording for each run: ${folders}`);
      assert.deepEqual(
        outcomes.map(({ captureFolder, problem }) => ({ captureFolder, problem })),
        folders.map((captureFolder) => ({ captureFolder, problem: null })),
      );
    });
  });

  it('runs the Python file in the active editor when there is no configuration', async () => {
    await vscode.window.showTextDocument(hello());
    // what F5 starts from when there is no launch.json
    const nothing = {} as vscode.DebugConfiguration;
    const { exitCode, configuration } = await runToEnd(start(nothing));
    assert.equal(exitCode, 0);
    assert.equal(configuration.type, 'framewire');
    assert.equal(configuration.program, hello().fsPath);
  });

  it('follows the program into the Python processes that it starts', async () => {
    const { exitCode, children, outcome } = await runToEnd(start(launch({ program: path('parent.py') })));
    assert.equal(exitCode, 0);
    assert.deepEqual(
      children.map(({ type, configuration }) => [type, configuration.request]),
      [['framewire', 'attach']],
    );
    assert.equal(outcome.problem, null);
    const recorded = await vscode.workspace.fs.readDirectory(vscode.Uri.file(outcome.captureFolder ?? ''));
    const processes = recorded.map(([name]) => name).filter((name) => name.endsWith('.fwp'));
    assert.equal(processes.length, 2, `one file for each process: ${processes}`);
  });

  it('does not start with a configuration that cannot work', async () => {
    for (const wrong of [
      {},
      { program: 'a.py', module: 'b' },
      { program: 7 },
      { module: 'm', envFile: '/no/such.env' },
    ]) {
      assert.equal(await start(launch(wrong))(), false, `started with ${JSON.stringify(wrong)}`);
    }
  });
});

async function writeWorkspaceFile(name: string, content: string): Promise<void> {
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(workspaceFolder().uri, name), Buffer.from(content));
}

/** With a breakpoint at the marked line of hello.py; lines are counted from 1. */
async function atBreakpoint(body: (line: number) => Promise<void>): Promise<void> {
  const document = await vscode.workspace.openTextDocument(hello());
  const line = document
    .getText()
    .split('\n')
    .findIndex((text) => text.includes('# @greet'));
  const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(document.uri, new vscode.Position(line, 0)));
  vscode.debug.addBreakpoints([breakpoint]);
  try {
    await body(line + 1);
  } finally {
    vscode.debug.removeBreakpoints([breakpoint]);
  }
}
