import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { program } from './harness/programs';
import { ADAPTER, gone, withServer } from './harness/session';

describe('the adapter as a server', () => {
  it('serves two sessions side by side, each with its own debugger', () =>
    withServer(async (server) => {
      const [first, second] = [await server.session(), await server.session()];
      await Promise.all([
        first.start({ program: program('walk.py'), breakpoints: { first: true } }),
        second.start({ program: program('walk.py'), configuration: { args: ['second'] } }),
      ]);
      const { threadId } = await first.stopped('breakpoint');
      assert.equal(await second.ended(), 7);
      await second.disconnect();
      await first.client.request('continue', { threadId });
      assert.equal(await first.ended(), 7);
      await first.disconnect();
      for (const session of [first, second]) {
        assert.equal(session.client.outputOf('stdout'), 'grüße ☃ 𝄞 6\n');
        assert.equal(session.client.outputOf('stderr'), 'to the error stream\n');
        session.client.expectNothingUnobserved();
      }
    }));

  it('ends its sessions when it is told to stop', async () => {
    let program_: number | null = null;
    await withServer(async (server) => {
      const session = await server.session();
      await session.start({ program: program('waits.py') });
      await session.client.event('output', (body) => body.output.startsWith('waiting'));
      program_ = session.processId;
    });
    assert.ok(program_);
    await gone(program_);
  });

  it('keeps to its other sessions when one client breaks off', () =>
    withServer(async (server) => {
      const [first, second] = [await server.session(), await server.session()];
      await first.start({ program: program('waits.py') });
      first.hangUp();
      await gone(first.processId ?? 0);
      await second.start({ program: program('walk.py') });
      assert.equal(await second.ended(), 7);
      await second.disconnect();
    }));

  it('says that the port is taken, and by its exit code that it does not serve', () =>
    withServer(async ({ port }) => {
      const second = spawnSync(process.execPath, [ADAPTER, '--server', String(port)], { encoding: 'utf8' });
      assert.deepEqual(
        [second.status, second.stdout, second.stderr],
        [
          69,
          '',
          `Cannot listen on 127.0.0.1:${port}: another program listens there. Name another port, or 0 for a free one.\n`,
        ],
      );
    }));
});
