/** What the sidebar shows of real sessions: while the program is stopped, after its end, and with several processes. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostOptions } from '../host/options';
import { api, workspaceFolder } from '../support/extension';
import { runToEnd } from '../support/session';

const debug = (name: string) => () => vscode.debug.startDebugging(workspaceFolder(), name);
const NAME = hostOptions().original ? 'refused over TLS' : 'example refused over TLS';
const SIZE = /^12,44\d,\d{3} B/;

/** Waits until the sidebar says so; the test's own time limit ends a wait in vain. */
async function until(holds: () => boolean): Promise<void> {
  const { sidebar } = await api();
  while (!holds()) {
    await new Promise<void>((resolve) => {
      const listener = sidebar.onDidChange(() => {
        listener.dispose();
        resolve();
      });
    });
  }
}

const valueBeside = (lines: readonly string[], label: string) =>
  lines
    .map((line) => line.trim())
    .find((line) => line.startsWith(`${label}  `))
    ?.slice(label.length + 2);

describe('the sidebar', () => {
  let beforeStop: readonly string[] = [];

  it('shows the exception that the program is stopped at, the connection, and what is recorded', async () => {
    const { sidebar } = await api();
    let stops = 0;
    await runToEnd(debug(NAME), {
      async onStopped() {
        stops += 1;
        await until(() => sidebar.exceptions[0]?.fate === 'stopped');
        if (stops > 1) return undefined;
        await until(() => sidebar.sockets[0]?.state === 'failed');
        beforeStop = sidebar.outline('exception', true);
        const { fate, chain } = sidebar.exceptions[0] ?? { fate: null, chain: [] };
        assert.deepEqual(
          [fate, chain[0]?.expression, chain[0]?.frames[0]?.function],
          ['stopped', '$exception', 'send'],
        );
        assert.equal(sidebar.exceptions.length, 1, 'the same, on its way, is not there twice');
        assert.match(sidebar.status ?? '', /^\$\(record\) 1 exchange \$\(error\) 1$/);
        const sockets = sidebar.outline('sockets', true);
        assert.match(valueBeside(sockets, 'handed to send') ?? '', SIZE);
        assert.match(
          sockets[1] ?? '',
          /^ {2}localhost:\d+ {2}12\.4 MB ▸ [\d.]+ \w+ ▸ [\d.?≥]+.* · TLS 1\.3 · SSL\w*Error/,
        );
        return undefined;
      },
    });
    assert.equal(stops, 3);
    const lines = beforeStop.join('\n');
    assert.match(lines, /^SSL\w*Error {2}stopped here · /);
    assert.match(lines, /\n {2}args\[0\] {2}\d+\n {2}args\[1\] {2}'/);
    assert.match(lines, /\n {2}errno {2}\d+ SSL_ERROR_\w+: /);
    assert.match(lines, /\n {4}post {2}urllib_http_adapter\.py:\d+|\n {4}upload {2}upload\.py:\d+/);
  });

  it('shows the next run of a session that is restarted', async () => {
    const { sidebar } = await api();
    let stops = 0;
    const { outcomes } = await runToEnd(debug(NAME), {
      async onStopped() {
        stops += 1;
        await until(() => sidebar.exceptions[0]?.fate === 'stopped');
        if (stops > 2) return undefined;
        await until(() => sidebar.sockets[0]?.state === 'failed');
        assert.equal(sidebar.sockets.length, 1);
        assert.match(sidebar.status ?? '', /^\$\(record\) 1 exchange \$\(error\) 1$/);
        return stops === 1 ? 'restart' : undefined;
      },
    });
    assert.equal(stops, 4);
    assert.deepEqual(
      outcomes.map(({ problem, exchanges, findings }) => [problem, exchanges, findings.length]),
      [
        [null, 1, 1],
        [null, 1, 1],
      ],
    );
  });

  it('still shows them after the end, with what the program caught', async () => {
    const { sidebar } = await api();
    assert.equal(sidebar.status, null);
    const [caught, ...others] = sidebar.exceptions;
    assert.deepEqual(
      [caught?.fate, caught?.chain.map(({ type, relation }) => [type, relation])[0], others],
      ['caught', ['urllib.error.URLError', null], []],
    );
    assert.equal(caught?.chain[1]?.relation, 'reason');
    assert.ok(caught?.chain[0]?.frames.some(({ own }) => own) || hostOptions().original);
    const [socket] = sidebar.sockets;
    assert.deepEqual([socket?.state, socket?.exchange], ['failed', caught?.exchange]);
  });

  it('copies and follows a connection by command', async () => {
    const { sidebar } = await api();
    const { id } = sidebar.sockets[0] ?? { id: '' };
    await vscode.commands.executeCommand('framewire.socket.copyFigures', id);
    const figures = await vscode.env.clipboard.readText();
    for (const label of [
      'handed to send',
      'accepted by the system',
      'acknowledged by the peer',
      'certificate',
      'error',
    ]) {
      assert.match(figures, new RegExp(`^${label}: .`, 'm'));
    }
    await vscode.commands.executeCommand('framewire.socket.copyAddress', id);
    assert.match(await vscode.env.clipboard.readText(), /^127\.0\.0\.1:\d+ → 127\.0\.0\.1:\d+ \(localhost\)$/);
    await vscode.commands.executeCommand('framewire.socket.follow', id);
    assert.equal(sidebar.followed, id);
    await vscode.commands.executeCommand('framewire.socket.unfollow');
    assert.equal(sidebar.followed, null);
  });

  it('has a branch for every process', async () => {
    const { sidebar } = await api();
    await runToEnd(debug('several processes'));
    const processes = sidebar.outline('sockets').filter((line) => !line.startsWith(' '));
    assert.equal(processes.length, 3);
    for (const line of processes) assert.match(line, /^several\.py .* {2}\d+ · 1 connection · ended$/);
    assert.deepEqual(
      sidebar.sockets.map(({ state, error }) => [state, error?.operation ?? null]),
      [
        ['closed', null],
        ['failed', 'sendall'],
        ['failed', 'connect'],
      ],
    );
    const [socket] = sidebar.sockets;
    const counts = [socket?.bytes.handed, socket?.bytes.accepted, socket?.bytes.acknowledged].map((one) => one?.value);
    assert.ok(
      counts.every((value) => value === counts[0] && (value ?? 0) > 1000),
      `${counts}`,
    );
    assert.deepEqual(
      sidebar.exceptions.map(({ fate, chain }) => [fate, chain[0]?.name, chain[1]?.errno?.name]),
      [
        ['uncaught', 'URLError', 'ECONNREFUSED'],
        ['caught', 'URLError', sidebar.exceptions[1]?.chain[1]?.errno?.name],
      ],
    );
    assert.equal(valueBeside(sidebar.outline('exception', true), 'errno'), '111 ECONNREFUSED: Connection refused');
  });
});
