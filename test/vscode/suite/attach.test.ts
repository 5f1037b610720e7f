import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { extension, workspaceFolder } from '../support/extension';
import { runToEnd } from '../support/session';

const attach = (more: object) =>
  vscode.debug.startDebugging(workspaceFolder(), { name: 'test', type: 'framewire', request: 'attach', ...more });

describe('attaching from the editor', () => {
  it('records a program that listens, into the workspace, until its end', async () => {
    const folder = workspaceFolder().uri.fsPath;
    const program = spawn(
      process.platform === 'win32' ? 'python' : 'python3',
      [join(folder, 'attached.py'), join(extension().extensionPath, 'dist/debugpy')],
      { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, PYDEVD_DISABLE_FILE_VALIDATION: '1' } },
    );
    try {
      const [line] = await once(createInterface({ input: program.stdout }), 'line');
      const { outcome, configuration } = await runToEnd(async () => {
        const started = await attach({ connect: { host: '127.0.0.1', port: Number(line) } });
        program.stdin.end();
        return started;
      });
      assert.equal(configuration.cwd, folder);
      assert.equal(outcome.problem, null);
      assert.ok(outcome.captureFolder?.startsWith(folder), `in ${outcome.captureFolder}`);
      assert.equal(outcome.exchanges, 0);
    } finally {
      program.kill();
    }
  });

  it('does not start with a configuration that cannot work', async () => {
    for (const wrong of [{}, { processId: 'none' }, { connect: { port: 1 }, listen: { port: 1 } }]) {
      assert.equal(await attach(wrong), false, `started with ${JSON.stringify(wrong)}`);
    }
  });
});
