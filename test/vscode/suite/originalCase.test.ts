import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { hostOptions } from '../host/options';
import { workspaceFolder } from '../support/extension';
import { type EndedSession, goingOn, runToEnd } from '../support/session';
import { type Look, lookAround } from '../support/stops';

/** Bytes of the recording in the original case. */
const ORIGINAL_SIZE = 12_444_283;

const debug = (name: string) => () => vscode.debug.startDebugging(workspaceFolder(), name);
/** The command behind F5: it runs the configuration that is selected, at first the first one of launch.json. */
const pressF5 = () => vscode.commands.executeCommand('workbench.action.debug.start');

// asciinema and nginx are there on Linux; elsewhere the suites run without them
if (hostOptions().original) {
  describe('the original case, from the editor', () => {
    it('F5 explains the upload that nginx refuses over TLS', async () => {
      const stops: Look[] = [];
      const ended = await runToEnd(pressF5, {
        async onStopped(session, stopped) {
          stops.push(await lookAround(session, stopped));
          return undefined;
        },
      });
      assert.equal(ended.configuration.name, 'refused over TLS');
      assertOriginal(ended);
      assertStops(stops);
    });

    it('explains the same over plain HTTP', async () => {
      assertOriginal(await runToEnd(debug('refused over plain HTTP'), goingOn));
    });

    it('has nothing to say of the upload that is accepted', async () => {
      const { exitCode, outcome } = await runToEnd(debug('accepted over TLS'));
      assert.equal(exitCode, 0);
      assert.equal(outcome.problem, null);
      assert.deepEqual(outcome.findings, []);
      assert.equal(outcome.exchanges, 1);
    });
  });
}

describe('the example of the original case, from the editor', () => {
  it('explains the upload that the example server refuses', async () => {
    const ended = await runToEnd(hostOptions().original ? debug('example refused over TLS') : pressF5, goingOn);
    assert.equal(ended.configuration.name, 'example refused over TLS');
    assertRefused(ended);
    assert.match(ended.outcome.report ?? '', /upload\.py:\d+/);
  });
});

/** It stops by itself: on the send that fails, and on the way that the exception takes through urllib. */
function assertStops(stops: readonly Look[]): void {
  const [first] = stops;
  assert.ok(first, 'the session did not stop');
  const text = /Error: .*, after the server had already replied 413 Request Entity Too Large$/;
  for (const { reason, description } of stops) {
    assert.equal(reason, 'exception');
    assert.match(description, text);
  }
  assert.deepEqual(
    stops.map(({ frames }) => frames[0]),
    ['send client.py', 'do_open request.py', 'do_open request.py'],
  );
  assert.ok(first.frames.includes('post urllib_http_adapter.py'), first.frames.join('\n'));
  assert.ok(!first.frames.some((frame) => /framewire|sitecustomize/.test(frame)), first.frames.join('\n'));
  assert.match(
    first.exceptionInfo.description,
    /The reply, never read by the program \(arrived (?:[\d,]+ ms|just) before\):\nHTTP\/1\.1 413 Request Entity Too Large/,
  );
  const { Exception: exception, Wire: wire } = first.scopes;
  assert.match(exception?.$exception ?? '', /^SSL\w*Error/);
  assert.equal(wire?.reply, '413 Request Entity Too Large, never read by the program');
  assert.match(wire?.['handed to send'] ?? '', /^12,44\d,\d{3} B$/);
}

function assertOriginal(ended: EndedSession): void {
  assertRefused(ended);
  assert.deepEqual(ended.configuration.python, firstLineOf(ended.configuration.program));
  const report = ended.outcome.report ?? '';
  assert.match(report, /urllib_http_adapter\.py/);
  assert.ok(report.includes(ORIGINAL_SIZE.toLocaleString('en')), `no ${ORIGINAL_SIZE} in the report:\n${report}`);
}

/** The interpreter that an installed program names. */
function firstLineOf(program: string): string[] {
  const [line = ''] = readFileSync(program, 'utf8').split('\n', 1);
  return line
    .replace(/^#!\s*/, '')
    .trim()
    .split(/\s+/);
}

function assertRefused({ exitCode, outcome }: EndedSession): void {
  assert.equal(exitCode, 1, "the program's own exit code");
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
  assert.doesNotMatch(report, /pydevd|debugpy/, "the debugger's own frames are none of the program's");
}
