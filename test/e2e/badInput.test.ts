import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findPythons } from '../../scripts/lib/pythons.mjs';
import { checkout } from '../support/checkout';
import { temporaryFolder } from '../support/folders';
import { cli, framewire, type Outcome, runProgram } from '../support/framewire';
import { answeringServer, closedPort } from '../support/servers.mjs';

const folder = temporaryFolder();
const client = join(checkout, 'test/e2e/clients/upload_urllib.py');

/** Framewire's own part of the messages: never a stack trace of ours. */
function assertClear({ stderr }: Outcome, ...needed: RegExp[]): void {
  assert.doesNotMatch(stderr, /\bat .*\.(mjs|cjs|ts):\d+|node:internal|UnhandledPromise/, 'no stack trace of Node');
  assert.doesNotMatch(stderr, /framewire_probe/, 'no traceback of the probe');
  for (const pattern of needed) assert.match(stderr, pattern);
}

describe('bad input gets a clear message and loses nothing', () => {
  it('no command to run', async () => {
    const outcome = await framewire(['run']);
    assert.equal(outcome.code, 64);
    assertClear(outcome, /framewire run/);
  });

  it('a command that does not exist', async () => {
    const outcome = await framewire(['run', '--', 'no-such-command-here']);
    assert.equal(outcome.code, 127);
    assertClear(outcome, /no-such-command-here/);
  });

  it('a script that does not exist', async () => {
    const outcome = await framewire(['run', 'missing.py'], { cwd: folder() });
    assert.notEqual(outcome.code, 0);
    assertClear(outcome, /missing\.py/);
  });

  it('no Python on the machine', async () => {
    const outcome = await framewire(['run', client, 'http://127.0.0.1:1/', '1'], {
      env: {
        PATH: dirname(process.execPath) === '/usr/bin' ? '/nonexistent' : dirname(process.execPath),
        VIRTUAL_ENV: '',
      },
      cwd: folder(),
    });
    assert.equal(outcome.code, 69);
    assertClear(outcome, /Python/, /--python/);
  });

  it('a Python that is too old: the program runs, and it is said that nothing was recorded', async () => {
    const old = oldPython();
    if (old === null) return; // nothing to try it with on this machine
    const script = join(folder(), 'hello.py');
    writeFileSync(script, 'print("hello")\n');
    const outcome = await framewire(['run', '--capture', join(folder(), 'old'), '--', old, script]);
    assert.equal(outcome.code, 0);
    assert.equal(outcome.stdout, 'hello\n');
    assertClear(outcome, /3\.8/, /3\.[67]|2\.7/);
  });

  it('a program that is not Python', async () => {
    const outcome = await framewire(['run', '--capture', join(folder(), 'true'), '--', 'true']);
    assert.equal(outcome.code, 0);
    assertClear(outcome, /no Python process/i);
  });

  it('a program that ignores the environment (-I)', async () => {
    const outcome = await framewire([
      'run',
      '--capture',
      join(folder(), 'isolated'),
      '--',
      'python3',
      '-I',
      '-c',
      'pass',
    ]);
    assert.equal(outcome.code, 0);
    assertClear(outcome, /-I/);
  });

  it('exit codes and signals stay the program’s own', async () => {
    const exit = await framewire([
      'run',
      '--capture',
      join(folder(), 'exit'),
      '--',
      'python3',
      '-c',
      'raise SystemExit(7)',
    ]);
    assert.equal(exit.code, 7);
    const killed = await framewire([
      'run',
      '--capture',
      join(folder(), 'kill'),
      '--',
      'python3',
      '-c',
      'import os; os.kill(os.getpid(), 9)',
    ]);
    assert.ok(killed.signal === 'SIGKILL' || killed.code === 137, `${killed.code} ${killed.signal}`);
  });

  it('words and a folder that are no UTF-8', async () => {
    const shell = `cd "$1" && mkdir "$(printf 'd\\351')" && cd d* && printf 'import sys, os; print(os.fsencode(sys.argv[1]), os.fsencode(os.getcwd())[-2:])' > show.py &&
exec "$2" "$3" run show.py "$(printf 'caf\\351')"`;
    const parent = join(folder(), 'raw');
    mkdirSync(parent);
    const outcome = await runProgram('sh', ['-c', shell, 'sh', parent, process.execPath, cli]);
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.equal(outcome.stdout, "b'caf\\xe9' b'd\\xe9'\n");
    assertClear(outcome, /No connection was seen/);
    assert.equal(readdirSync(parent).length, 1, 'no folder of a similar name was made');
  });

  it('a recording that is removed under way', async () => {
    const capture = join(folder(), 'gone');
    const script =
      'import os, shutil; shutil.rmtree(os.environ["FRAMEWIRE_CAPTURE"]); import socket; socket.socketpair(); print("on")';
    const outcome = await framewire(['run', '--capture', capture, '--', 'python3', '-c', script]);
    assert.equal(outcome.code, 0);
    assert.equal(outcome.stdout, 'on\n');
    assert.equal(
      outcome.stderr,
      `framewire: ${capture} was removed while the program ran: what was recorded is gone.\n`,
    );
  });

  it('a capture that does not exist', async () => {
    const outcome = await framewire(['show', join(folder(), 'nowhere')]);
    assert.equal(outcome.code, 66);
    assertClear(outcome, /nowhere/);
  });

  it('a capture cut in the middle of a record keeps what came before, at every cut', async () => {
    const whole = await captureOfOneReply();
    const [name] = readdirSync(whole).filter((file) => file.endsWith('.fwp'));
    assert.ok(name);
    const size = statSync(join(whole, name)).size;
    for (const cut of [size - 1, size - 7, Math.floor(size * 0.9), Math.floor(size / 2), 70, 64, 10]) {
      const copy = join(folder(), `cut-${cut}`);
      cpSync(whole, copy, { recursive: true });
      truncateSync(join(copy, name), cut);
      const outcome = await framewire(['show', copy, '--json']);
      assert.equal(outcome.code, 0, `cut at ${cut}: ${outcome.stderr}`);
      const report = JSON.parse(outcome.stdout);
      if (cut > size * 0.89) assert.equal(report.exchanges.length, 1, `cut at ${cut}`);
      assertClear(outcome);
    }
  });

  it('a capture from a newer version is refused by its version', async () => {
    const copy = join(folder(), 'newer');
    cpSync(await captureOfOneReply(), copy, { recursive: true });
    const [name] = readdirSync(copy).filter((file) => file.endsWith('.fwp'));
    const bytes = readFileSync(join(copy, name as string));
    bytes.writeUInt16LE(9, 8);
    writeFileSync(join(copy, name as string), bytes);
    const outcome = await framewire(['show', copy]);
    assertClear(outcome);
    assert.match(outcome.stderr + outcome.stdout, /version 9|9\.0/);
  });

  it('a full disk: the program runs to its end and the report says what is missing', async () => {
    const disk = join(folder(), 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0) {
      throw new Error('this test mounts a 64 KiB tmpfs, for which it must be root');
    }
    try {
      const server = await answeringServer('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
      const script = `
import urllib.request
for _ in range(300):
    assert urllib.request.urlopen("http://127.0.0.1:${server.port}/", timeout=20).read() == b"ok"
print("done")
`;
      const outcome = await framewire(['run', '--capture', join(disk, 'capture'), '--', 'python3', '-c', script]);
      await server.stop();
      assert.equal(outcome.code, 0, outcome.stderr);
      assert.equal(outcome.stdout, 'done\n');
      assertClear(outcome, /disk|space/i);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it('captures are readable by their owner only', async () => {
    const capture = await captureOfOneReply();
    assert.equal(statSync(capture).mode & 0o777, 0o700);
    for (const file of readdirSync(capture)) assert.equal(statSync(join(capture, file)).mode & 0o777, 0o600, file);
  });

  it('nothing that a server sends reaches the terminal raw', async () => {
    const evil = '\x1b]0;owned\x07\x1b[31m\u202e\x9b31m<script>';
    const server = await answeringServer(
      Buffer.from(`HTTP/1.1 500 ${evil}\r\nServer: ${evil}\r\nContent-Type: text/plain\r\n\r\n${evil}`),
    );
    const capture = join(folder(), 'evil');
    const args = ['--capture', capture, '--', 'python3', '-W', 'ignore', '-c', quietGet(server.port)];
    const outcome = await framewire(['run', '--color=always', ...args]);
    await server.stop();
    assert.match(outcome.stderr, /500/);
    const rest = outcome.stderr.replace(/\x1b\[[0-9;]*m/g, '');
    assert.doesNotMatch(rest, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    assert.doesNotMatch(outcome.stderr, /\x1b\]0|\x1b\[31mowned/);
  });

  it('secrets do not show unless asked for', async () => {
    const port = await closedPort();
    const script = `
import urllib.request
try:
    urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:${port}/?token=hunter2token", headers={"Authorization": "Bearer hunter2bearer"}))
except OSError:
    pass
`;
    const capture = join(folder(), 'secret');
    const masked = await framewire(['run', '--capture', capture, '--json', '--', 'python3', '-c', script]);
    assert.doesNotMatch(masked.stdout + masked.stderr, /hunter2/);
    const revealed = await framewire(['show', capture, '--reveal', '--json']);
    assert.match(revealed.stdout, /hunter2token/);
  });

  let cached: string | null = null;
  async function captureOfOneReply(): Promise<string> {
    if (cached !== null) return cached;
    const server = await answeringServer('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
    cached = join(folder(), 'whole');
    const outcome = await framewire([
      'run',
      '--capture',
      cached,
      '--',
      'python3',
      client,
      `http://127.0.0.1:${server.port}/`,
      '5000',
    ]);
    await server.stop();
    assert.equal(outcome.code, 0, outcome.stderr);
    return cached;
  }
});

const quietGet = (port: number): string => `
import urllib.error, urllib.request
try:
    urllib.request.urlopen("http://127.0.0.1:${port}/", timeout=20).read()
except urllib.error.HTTPError as error:
    pass
`;

/** An interpreter older than 3.8, if this machine has one. */
function oldPython(): string | null {
  const found = findPythons({ minimum: [3, 0] }).find(({ version }) => Number(version.split('.')[1]) < 8);
  return found?.path ?? null;
}
