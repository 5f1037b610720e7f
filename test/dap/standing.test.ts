/** Sessions under load, and ends in the middle of a stop: everything is answered, nothing is left running, the capture is whole. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import { debugpyOf } from './harness/processes';
import { program } from './harness/programs';
import { type DebugSession, gone, withSession } from './harness/session';
import { goOn, wireStop } from './harness/wireStops';

const upload = program('upload.py');
const TOO_LARGE = 12_444_283;
const THREADS = 1000;
const HITS = 100_000;

/** The capture's own end record, and the exchanges in it. */
async function captureOf(dap: DebugSession): Promise<{ ended: unknown; statuses: unknown[] }> {
  const { folder } = await dap.client.event('framewireCapture');
  const { ended } = JSON.parse(readFileSync(`${folder}/capture.json`, 'utf8'));
  const { report } = await dap.client.request('framewireReport');
  const statuses = report.exchanges.map(({ response }: { response: { status: number } | null }) => response?.status);
  return { ended, statuses };
}

describe('a session that stands', () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  let server: Server;
  let host = '';
  before(async () => {
    refusing = await startRefusingServer();
    // the last of the crowd is refused
    server = createServer((request, response) => {
      response.statusCode = request.url === `/${THREADS - 1}` ? 500 : 200;
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', THREADS, resolve));
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    host = `127.0.0.1:${address.port}`;
  });
  after(async () => {
    await refusing.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('with a thousand threads, each with a connection', () =>
    withSession(async (dap) => {
      const crowd = program('crowd.py');
      await dap.start({
        program: crowd,
        configuration: { args: [host, String(THREADS)] },
        exceptionBreakpoints: { filters: ['wire.errorStatusRead'] },
      });
      const { told, stopped, frames } = await wireStop(dap);
      assert.equal(told.text, `127.0.0.1 replied 500 Internal Server Error to GET /${THREADS - 1}`);
      assert.ok(frames.some(({ name, line }) => name === 'ask' && line === crowd.line('asks')));
      const { threads } = await dap.client.request('threads');
      assert.equal(threads.length, THREADS + 1);
      const { stackFrames } = await dap.client.request('stackTrace', { threadId: threads[THREADS / 2].id });
      assert.ok(stackFrames.length > 0);
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), `replies ${THREADS} refused 1\n`);
      dap.client.outputOf('important');
      dap.client.outputOf('console');
      const { ended, statuses } = await captureOf(dap);
      assert.ok(ended);
      assert.equal(statuses.length, THREADS);
      assert.equal(statuses.filter((status) => status === 200).length, THREADS - 1);
      await dap.disconnect();
    }));

  it('with a breakpoint that is hit a hundred thousand times, and stops at the last', () =>
    withSession(async (dap) => {
      const loop = program('loop.py');
      await dap.start({
        program: loop,
        breakpoints: { hit: { hitCondition: String(HITS) } },
        configuration: { args: [String(HITS)] },
        exceptionBreakpoints: { filters: ['wire.failed', 'wire.errorStatusUnread', 'wire.errorPath'] },
      });
      const { threadId, frames } = await dap.stopped('breakpoint');
      const asked = { expression: 'number', frameId: frames[0].id, context: 'watch' };
      assert.equal((await dap.client.request('evaluate', asked)).result, String(HITS - 1));
      await goOn(dap, threadId);
      assert.equal(await dap.ended(), 0);
      assert.equal(dap.client.outputOf('stdout'), `came ${HITS} times\n`);
      await dap.disconnect();
    }));

  const stoppedAtUpload = async (dap: DebugSession) => {
    await dap.start({
      program: upload,
      configuration: { args: [`${refusing.plainUrl}/upload`, String(TOO_LARGE)] },
      exceptionBreakpoints: { filters: ['wire.failed'] },
    });
    return wireStop(dap);
  };

  it('whose debugger is killed at a stop', () =>
    withSession(async (dap) => {
      const { stopped } = await stoppedAtUpload(dap);
      const debugpy = debugpyOf(dap);
      process.kill(debugpy, 'SIGKILL');
      await dap.client.event('terminated');
      assert.match(await dap.client.refused('exceptionInfo', stopped), /has ended/);
      await gone(debugpy);
      assert.match(dap.client.outputOf('important'), /debugpy was ended by SIGKILL.*413 Request Entity Too Large/s);
      const { ended, statuses } = await captureOf(dap);
      assert.ok(ended);
      assert.deepEqual(statuses, [413]);
      dap.client.outputOf('stdout');
      await dap.disconnect();
    }));

  it('whose program is killed at a stop', () =>
    withSession(async (dap) => {
      await stoppedAtUpload(dap);
      process.kill(dap.processId ?? 0, 'SIGKILL');
      await dap.client.event('terminated');
      assert.match(dap.client.outputOf('important'), /413 Request Entity Too Large/);
      const { ended, statuses } = await captureOf(dap);
      assert.ok(ended);
      assert.deepEqual(statuses, [413]);
      await dap.disconnect();
    }));

  it('whose client goes away at a stop', () =>
    withSession(async (dap) => {
      await stoppedAtUpload(dap);
      const { folder } = await dap.client.event('framewireCapture');
      dap.client.end();
      await gone(dap.processId ?? 0);
      await dap.client.closed();
      assert.ok(JSON.parse(readFileSync(`${folder}/capture.json`, 'utf8')).ended);
    }));

  /** What a client may ask, but for what ends the session or its stop. */
  const ASKED = [
    ...['setBreakpoints', 'setFunctionBreakpoints', 'setExceptionBreakpoints', 'setDataBreakpoints', 'threads'],
    ...[
      'stackTrace',
      'scopes',
      'variables',
      'setVariable',
      'setExpression',
      'evaluate',
      'completions',
      'exceptionInfo',
    ],
    ...[
      'readMemory',
      'writeMemory',
      'disassemble',
      'modules',
      'loadedSources',
      'source',
      'gotoTargets',
      'stepInTargets',
    ],
    ...['breakpointLocations', 'dataBreakpointInfo', 'cancel', 'initialize', 'launch', 'attach', 'framewireReport'],
    ...['framewireReadBytes', 'framewireException', 'debugpySystemInfo', 'setPydevdSourceMap', 'unheardOf', ''],
  ];
  const NONSENSE = [
    undefined,
    {},
    { threadId: -1, frameId: 'x', variablesReference: {}, breakpoints: 3 },
    { source: {} },
  ];

  it('in which every request is answered, whenever it comes and whatever is in it', () =>
    withSession(async (dap) => {
      const askAll = async () => {
        const all = NONSENSE.flatMap((given) => ASKED.map((command) => dap.client.ask(command, given)));
        assert.equal((await Promise.all(all)).length, NONSENSE.length * ASKED.length);
      };
      const early = ASKED.filter((command) => !['initialize', 'launch', 'attach'].includes(command));
      const before = early.map((command) => dap.client.ask(command, {}));
      for (const { success } of await Promise.all(before)) assert.equal(success, false);
      const { stopped } = await stoppedAtUpload(dap);
      await askAll();
      assert.equal((await dap.client.request('exceptionInfo', stopped)).breakMode, 'always');
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      dap.client.outputOf('important');
      dap.client.outputOf('stdout');
      await askAll();
      await dap.disconnect();
    }));
});
