import assert from 'node:assert/strict';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import type { Body } from './harness/client';
import { program } from './harness/programs';
import { type DebugSession, withSession } from './harness/session';

const parent = program('parent.py');
/** pydevd warns of frozen modules in every child that was not started by debugpy's own launcher. */
const QUIET = { PYDEVD_DISABLE_FILE_VALIDATION: '1' };

/** Debugs the announced child as an editor does: by an adapter of its own. */
async function debugChild(configuration: Body, body: (child: DebugSession) => Promise<void>): Promise<void> {
  assert.equal(configuration.type, 'framewire');
  assert.equal(typeof configuration.subProcessId, 'number');
  assert.equal(configuration.wire.enabled, true);
  await withSession(async (child) => {
    await child.initialize();
    await child.attach(configuration, { program: parent, breakpoints: { innermost: true } });
    assert.equal(child.processId, configuration.subProcessId);
    await body(child);
  });
}

async function stepOverBreakpoint(child: DebugSession): Promise<void> {
  const { threadId, frames } = await child.stopped('breakpoint');
  assert.equal(frames[0].line, parent.line('innermost'));
  await child.client.request('continue', { threadId });
  await child.client.event('terminated');
  await child.disconnect();
}

describe('child processes', () => {
  it('are debugged in sessions that the client is asked to start', () =>
    withSession(async (dap) => {
      dap.client.onRequest('startDebugging', () => ({}));
      await dap.initialize({ supportsStartDebuggingRequest: true });
      await dap.launch({ program: parent, configuration: { args: ['1'], env: QUIET } });
      const { arguments: asked } = await dap.client.reverseRequest('startDebugging');
      assert.equal(asked.request, 'attach');
      await debugChild(asked.configuration, stepOverBreakpoint);
      assert.equal(await dap.ended(), 4);
      assert.equal(dap.client.outputOf('stdout'), 'the innermost\ndepth 1 saw 3\n');
      await dap.disconnect();
    }));

  it('are announced by an event to clients that cannot be asked, and so are their own children', () =>
    withSession(async (dap) => {
      await dap.start({ program: parent, configuration: { args: ['2'], env: QUIET } });
      const first = await dap.client.event('debugpyAttach');
      await debugChild(first, async (child) => {
        const second = await child.client.event('debugpyAttach');
        await debugChild(second, stepOverBreakpoint);
        await child.client.event('terminated');
        await child.disconnect();
      });
      assert.equal(await dap.ended(), 5);
      assert.equal(dap.client.outputOf('stdout'), 'the innermost\ndepth 1 saw 3\ndepth 2 saw 4\n');
      await dap.disconnect();
    }));

  it('run by themselves with "subProcess": false', () =>
    withSession(async (dap) => {
      await dap.start({ program: parent, configuration: { args: ['1'], subProcess: false, env: QUIET } });
      assert.equal(await dap.ended(), 4);
      assert.equal(dap.client.outputOf('stdout'), 'the innermost\ndepth 1 saw 3\n');
      await dap.disconnect();
    }));

  describe('of multiprocessing', () => {
    let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
    before(async () => {
      refusing = await startRefusingServer();
    });
    after(() => refusing.stop());

    /** Debugs every process that a session announces until its end, and goes on from each stop. Resolves to the stops' processes. */
    async function follow(session: DebugSession): Promise<(number | null)[]> {
      const stops: (number | null)[] = [];
      const children: Promise<void>[] = [];
      const { client } = session;
      const ended = client.event('terminated').then(() => null);
      const each = async (event: () => Promise<Body>, handle: (body: Body) => Promise<void> | void) => {
        for (;;) {
          const next = event();
          // the last one never comes
          next.catch(() => undefined);
          const body = await Promise.race([next, ended]);
          if (body === null) return;
          await handle(body);
        }
      };
      await Promise.all([
        each(
          () => client.event('debugpyAttach'),
          (configuration) => {
            const debugged = withSession(async (child) => {
              await child.initialize();
              await child.attach(configuration, { exceptionBreakpoints: { filters: ['wire.failed'] } });
              stops.push(...(await follow(child)));
              client.outputOf('important');
              await child.disconnect();
            });
            debugged.catch(() => undefined);
            children.push(debugged);
          },
        ),
        each(
          () => client.event('stopped'),
          async ({ threadId, text }) => {
            assert.match(text, /after the server had already replied 413/);
            stops.push(session.processId);
            await client.request('continue', { threadId });
          },
        ),
      ]);
      await Promise.all(children);
      return stops;
    }

    for (const method of ['spawn', 'fork', 'forkserver']) {
      it(`stop where their upload fails, in the same recording: ${method}`, () =>
        withSession(async (dap) => {
          const args = [method, `${refusing.plainUrl}/upload`, '12444283'];
          await dap.start({ program: program('family.py'), configuration: { args, env: QUIET } });
          const stops = await follow(dap);
          assert.equal(stops.length, 1, `stopped in ${stops}`);
          assert.notEqual(stops[0], dap.processId);
          assert.match(dap.client.outputOf('stdout'), new RegExp(`^failed: URLError\n${method} ended with 0\n$`));
          const told = dap.client.timeline.filter(({ event }) => event === 'framewireExchanges');
          const last: Body = told.flatMap(({ body }) => body.exchanges).at(-1);
          assert.deepEqual([last.pid, last.status], [stops[0], 413]);
          dap.client.outputOf('important');
          await dap.disconnect();
        }));
    }
  });

  it('whose debugger is gone are told so', () =>
    withSession(async (dap) => {
      await dap.initialize();
      const connect = { host: '127.0.0.1', port: 1 };
      const message = await dap.client.refused('attach', { subProcessId: 1, connect });
      assert.match(message, /does not answer at 127\.0\.0\.1:1: .*ECONNREFUSED.*parent session may have ended/);
    }));
});
