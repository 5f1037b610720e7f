import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { workspaceFolder } from '../support/extension';
import { type EndedSession, runToEnd } from '../support/session';

/** Bytes of the recording in the original case. */
const ORIGINAL_SIZE = 12_444_283;

describe('the original case, from the editor', () => {
  it('F5 explains the upload that nginx refuses over TLS', async () => {
    // the command behind F5; it runs the configuration that is selected, at first the first one of launch.json
    const ended = await runToEnd(() => vscode.commands.executeCommand('workbench.action.debug.start'));
    assert.equal(ended.configuration.name, 'refused over TLS');
    assertRefused(ended);
  });

  it('explains the same over plain HTTP', async () => {
    assertRefused(await runToEnd(() => vscode.debug.startDebugging(workspaceFolder(), 'refused over plain HTTP')));
  });

  it('has nothing to say of the upload that is accepted', async () => {
    const { exitCode, outcome } = await runToEnd(() =>
      vscode.debug.startDebugging(workspaceFolder(), 'accepted over TLS'),
    );
    assert.equal(exitCode, 0);
    assert.equal(outcome.problem, null);
    assert.deepEqual(outcome.findings, []);
    assert.equal(outcome.exchanges, 1);
  });
});

function assertRefused({ exitCode, outcome, configuration }: EndedSession): void {
  assert.equal(exitCode, 1, "asciinema's own exit code");
  assert.match(
    String(configuration.python),
    /^\/usr\/bin\/python3/,
    'the interpreter that asciinema names in its first line',
  );
  assert.equal(outcome.problem, null);
  const [finding] = outcome.findings;
  assert.ok(finding, `no finding; the report is:\n${outcome.report}`);
  assert.equal(finding.side, 'server');
  assert.equal(finding.severity, 'error');
  assert.match(`${finding.title} ${finding.summary}`, /413/);
  assert.ok(finding.advice.length > 0, 'a finding says what to do');
  assert.equal(outcome.exchanges, 1);
  const report = outcome.report ?? '';
  assert.match(report, /413 Request Entity Too Large/);
  assert.match(report, /never read/);
  assert.match(report, /urllib_http_adapter\.py/);
  assert.doesNotMatch(report, /pydevd|debugpy/, "the debugger's own frames are none of the program's");
  assert.ok(report.includes(ORIGINAL_SIZE.toLocaleString('en')), `no ${ORIGINAL_SIZE} in the report:\n${report}`);
}
