import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { SocketSummary } from '../../src/messages/dapSockets';
import { PYTHONS, program } from './harness/programs';
import { type DebugSession, withSession } from './harness/session';

const sends = program('long_send.py');
/** What the buffers of both sides take at once is less than a third of it. */
const SIZE = 48_000_000;
const FIRST = SIZE / 3;
/** More than a receiver frees before it tells that it has room: a sixteenth of its buffer. */
const PART = 1 << 20;

/** Of the only connection, in the order in which it was told of. */
function told(dap: DebugSession): SocketSummary['bytes'][] {
  return dap.client.timeline.flatMap(({ event, body }) =>
    event === 'framewireSockets' ? body.sockets.map(({ bytes }: SocketSummary) => bytes) : [],
  );
}

async function read(socket: Socket, bytes: number): Promise<void> {
  for (let left = bytes; left > 0; ) {
    const data = once(socket, 'data');
    socket.resume();
    left -= ((await data) as [Buffer])[0].length;
    socket.pause();
  }
}

describe('one long send in a debugged program', () => {
  for (const { version, path } of PYTHONS) {
    it(`shows its progress, and no thread of the probe's, on Python ${version}`, () =>
      withSession(async (dap) => {
        const server = createServer({ pauseOnConnect: true });
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        const connected = once(server, 'connection');
        const args = [String((server.address() as AddressInfo).port), String(SIZE)];
        await dap.start({
          program: sends,
          python: path,
          configuration: { args },
          breakpoints: { between: true },
        });
        const [socket] = (await connected) as [Socket];
        socket.on('error', () => undefined);
        await read(socket, FIRST);
        // debugpy looks at all code anew after that, the probe's own included
        const first = await dap.stopped('breakpoint');
        await dap.client.request('setBreakpoints', {
          source: { path: sends.path },
          breakpoints: [{ line: sends.line('sent') }],
        });
        await dap.client.request('continue', { threadId: first.threadId });
        socket.write('!');
        let seen = FIRST;
        for (let part = 0; part < 4; part += 1) {
          // what it was told of by then is not yet more
          await dap.client.event('framewireSockets', ({ sockets }) => {
            const count = sockets[0]?.bytes.acknowledged.value ?? 0;
            if (count <= seen) return false;
            seen = count;
            return true;
          });
          const { threads: now } = await dap.client.request('threads');
          assert.equal(now.length, 1, JSON.stringify(now));
          await read(socket, PART);
        }
        const running = told(dap).filter(({ acknowledged }) => (acknowledged.value ?? 0) > FIRST);
        assert.ok(running.length >= 4, JSON.stringify(running));
        for (const { handed, accepted, acknowledged } of running) {
          assert.equal(handed.value, running.at(-1)?.handed.value);
          assert.ok((accepted.value ?? 0) < FIRST + SIZE && (accepted.value ?? 0) >= (acknowledged.value ?? 0));
        }
        socket.resume();
        const { threadId } = await dap.stopped('breakpoint');
        const started = dap.client.timeline.filter(
          ({ event, body }) => event === 'thread' && body.reason === 'started',
        );
        assert.equal(started.length, 1, JSON.stringify(started));
        const { threads } = await dap.client.request('threads');
        assert.deepEqual(
          threads.map(({ name }: { name: string }) => name),
          ['MainThread'],
        );
        await dap.client.request('continue', { threadId });
        assert.equal(await dap.ended(), 0);
        assert.match(dap.client.outputOf('stdout'), /^as before/);
        server.close();
        await dap.disconnect();
      }));
  }
});
