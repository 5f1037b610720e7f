import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import type { Body } from './harness/client';
import { MAIN_PYTHON, PYTHONS, type Python, program } from './harness/programs';
import { ADAPTER, type DebugSession, within, withSession } from './harness/session';
import { goOn, wireStop } from './harness/wireStops';

const attached = program('attached.py');
const DEBUGPY = join(dirname(ADAPTER), 'debugpy');
const TOO_LARGE = 12_444_283;

/** A program that is running on its own, and is told what to do line by line. */
class Running {
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;

  constructor(private readonly child: ChildProcess) {
    if (!child.stdout) throw new Error('the program has no output');
    this.reader = createInterface({ input: child.stdout });
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  tell(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  async line(): Promise<string> {
    return (await within(this.lines.next(), 'a line of the program')).value ?? '<the end>';
  }

  /** Lets it come to its end; resolves to its exit code. */
  async end(): Promise<number | null> {
    const exit = new Promise<number | null>((resolve) => this.child.on('close', resolve));
    this.child.stdin?.end();
    return within(exit, "the program's end");
  }

  kill(): void {
    this.reader.close();
    this.child.kill('SIGKILL');
  }
}

describe('attaching', () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  before(async () => {
    refusing = await startRefusingServer();
  });
  after(() => refusing.stop());

  async function withProgram(
    python: Python,
    how: readonly string[],
    body: (running: Running) => Promise<void>,
  ): Promise<void> {
    const host = refusing.plainUrl.replace('http://', '');
    const args = [attached.path, DEBUGPY, host, String(TOO_LARGE), ...how];
    // the debugger's warning of frozen modules is no business of these tests
    const env = { ...process.env, PYDEVD_DISABLE_FILE_VALIDATION: '1' };
    const running = new Running(spawn(python.path, args, { env, stdio: ['pipe', 'pipe', 'inherit'] }));
    try {
      await body(running);
    } finally {
      running.kill();
    }
  }

  const attach = (dap: DebugSession, configuration: Body) =>
    dap.attach(
      { type: 'framewire', request: 'attach', cwd: dap.folder, ...configuration },
      { exceptionBreakpoints: { filters: ['wire.failed'] } },
    );

  /** The upload over the connection that was open before: stopped at, reported, and let go of. */
  async function seesTheUpload(dap: DebugSession, running: Running): Promise<void> {
    running.tell('upload');
    const { told, stopped, frames } = await wireStop(dap);
    assert.match(told.text, /Error: .*, after the server had already replied 413 Request Entity Too Large$/);
    assert.equal(frames[0].name, 'send');
    assert.ok(frames.some(({ name, line }) => name === 'upload' && line === attached.line('sends')));
    const { scopes } = await dap.client.request('scopes', { frameId: frames[0].id });
    assert.deepEqual(scopes.map(({ name }: Body) => name).slice(-2), ['Exception', 'Wire']);
    await goOn(dap, stopped.threadId);
    assert.match(await running.line(), /^failed: (BrokenPipe|ConnectionReset)Error$/);
    const { report } = await dap.client.request('framewireReport');
    assert.deepEqual(
      report.exchanges.map(({ response }: Body) => response?.status),
      [413],
    );
    // it is meant to go on after the session
    dap.processId = null;
    await dap.disconnect();
    const { findings } = await dap.client.event('framewireFindings');
    assert.match(findings[0].title, /413/);
    dap.client.expectOrder('framewireSockets', 'framewireFindings', 'disconnect');
    dap.client.outputOf('important');
    running.tell('go on');
    assert.equal(await running.line(), 'going on False');
    assert.equal(await running.end(), 0);
  }

  // debugpy starts its adapter with the program's own Python, which must be 3.10 for the version that is tried here
  for (const python of PYTHONS.filter(({ version }) => !/^3\.[89]\./.test(version))) {
    it(`to a debugpy that listens on Python ${python.version} sees a connection that was open, and leaves nothing behind`, () =>
      withProgram(python, ['listen'], (running) =>
        withSession(async (dap) => {
          const port = Number(/^listening (\d+)$/.exec(await running.line())?.[1]);
          await dap.initialize();
          await attach(dap, { connect: { host: '127.0.0.1', port } });
          assert.equal(dap.processId, running.pid);
          await seesTheUpload(dap, running);
        }),
      ));
  }

  it('to a process by its number', () =>
    withProgram(MAIN_PYTHON, ['inject'], (running) =>
      withSession(async (dap) => {
        assert.equal(await running.line(), 'running');
        await dap.initialize();
        await attach(dap, { processId: running.pid, python: MAIN_PYTHON.path });
        assert.equal(dap.processId, running.pid);
        await seesTheUpload(dap, running);
        // debugpy tells what gdb prints where attaching takes it ten seconds
        dap.client.outputOf('stderr');
      }),
    ));

  for (const python of PYTHONS)
    it(`waits for a program on Python ${python.version} that comes to a port`, () =>
      withSession(async (dap) => {
        await dap.initialize();
        const attaching = attach(dap, { listen: { host: '127.0.0.1', port: 0 }, python: MAIN_PYTHON.path });
        const { port } = await dap.client.event('debugpyWaitingForServer');
        await withProgram(python, ['connect', String(port)], async (running) => {
          await attaching;
          await seesTheUpload(dap, running);
        });
      }));

  it('ends the program only when the client says so', () =>
    withProgram(MAIN_PYTHON, ['listen'], (running) =>
      withSession(async (dap) => {
        const port = Number(/^listening (\d+)$/.exec(await running.line())?.[1]);
        await dap.initialize();
        await attach(dap, { connect: { host: '127.0.0.1', port } });
        await dap.disconnect({ terminateDebuggee: true });
        assert.equal(await running.line(), '<the end>');
      }),
    ));

  it('again records into a new capture', () =>
    withProgram(MAIN_PYTHON, ['listen'], async (running) => {
      const port = Number(/^listening (\d+)$/.exec(await running.line())?.[1]);
      const folders = new Set<string>();
      for (const turn of [1, 2]) {
        await withSession(async (dap) => {
          await dap.initialize();
          await attach(dap, { connect: { host: '127.0.0.1', port } });
          dap.processId = null;
          folders.add((await dap.client.event('framewireCapture')).folder);
          if (turn === 2) await seesTheUpload(dap, running);
          else await dap.disconnect();
        });
      }
      assert.equal(folders.size, 2);
    }));

  it('is refused where nobody listens', () =>
    withSession(async (dap) => {
      await dap.initialize();
      const { body } = await dap.client.ask('attach', { connect: { host: '127.0.0.1', port: 1 } });
      assert.equal(body.error.id, 2004);
      await dap.disconnect();
    }));
});
