import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { workspaceFolder } from '../support/extension';
import { type EndedSession, runToEnd } from '../support/session';

const inWorkspace = (name: string) => join(workspaceFolder().uri.fsPath, name);
const launch = (more: object) => () =>
  vscode.debug.startDebugging(workspaceFolder(), {
    name: 'test',
    type: 'framewire',
    request: 'launch',
    program: inWorkspace('interpreter.py'),
    console: 'internalConsole',
    ...more,
  });
/** What interpreter.py prints: `sys.executable` and `sys.prefix`. */
const printed = ({ output }: EndedSession) => output.trim().split(/\r?\n/);

describe('the interpreter', () => {
  let select: (path: string | null) => void;

  before(async () => {
    const python = vscode.extensions.getExtension('ms-python.python');
    assert.ok(python, 'the Python extension, or what stands in for it');
    ({ select } = await python.activate());
  });
  afterEach(() => select(null));

  it('is found without the help of the Python extension', async () => {
    const ended = await runToEnd(launch({}));
    assert.equal(ended.exitCode, 0);
    assert.equal(ended.configuration.python, undefined);
  });

  it('is the one selected in the Python extension', async () => {
    const [base = ''] = printed(await runToEnd(launch({})));
    const environment = inWorkspace('selected');
    await promisify(execFile)(base, ['-m', 'venv', '--without-pip', environment]);
    const selected =
      process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
    select(selected);
    const ended = await runToEnd(launch({}));
    assert.equal(ended.configuration.python, selected);
    assert.deepEqual(printed(ended), [selected, environment]);
  });

  it('is the one of the launch configuration, whatever is selected', async () => {
    const [base] = printed(await runToEnd(launch({})));
    select('/nowhere/python');
    const ended = await runToEnd(launch({ python: base }));
    assert.equal(ended.exitCode, 0);
    assert.equal(printed(ended)[0], base);
  });
});
