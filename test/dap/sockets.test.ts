import assert from 'node:assert/strict';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import { events, type FramewireEvents, requests } from '../../src/messages/dap';
import { program } from './harness/programs';
import { type DebugSession, withSession } from './harness/session';

const upload = program('upload.py');
const raises = program('raises.py');
const TOO_LARGE = 12_444_283;

/** The last that was told of each, in the order in which they were told of first. */
function latest<Name extends 'framewireSockets' | 'framewireExceptions', T extends { readonly id: string }>(
  dap: DebugSession,
  name: Name,
  of: (body: FramewireEvents[Name]) => readonly T[],
): T[] {
  const found = new Map<string, T>();
  for (const { event, body } of dap.client.timeline) {
    if (event !== name) continue;
    assert.equal(events[name].check(body, name), null);
    for (const one of of(body)) found.set(one.id, one);
  }
  return [...found.values()];
}
const socketsOf = (dap: DebugSession) => latest(dap, 'framewireSockets', ({ sockets }) => sockets);
const processesOf = (dap: DebugSession) => latest(dap, 'framewireSockets', ({ processes }) => processes);
const exceptionsOf = (dap: DebugSession) => latest(dap, 'framewireExceptions', ({ exceptions }) => exceptions);

async function stoppedAt(dap: DebugSession, threadId: number) {
  const body = await dap.client.request('framewireException', { threadId });
  assert.equal(requests.framewireException.body.check(body, 'answer'), null);
  return body.exception;
}

describe('the connections and exceptions of a debugged program', () => {
  let server: Awaited<ReturnType<typeof startRefusingServer>>;
  before(async () => {
    server = await startRefusingServer();
  });
  after(() => server.stop());

  const args = (...more: string[]) => [`${server.plainUrl}/upload?token=hush`, String(TOO_LARGE), ...more];

  it('are told while it is stopped and after its end, also of what it caught and of its children', () =>
    withSession(async (dap) => {
      await dap.start({
        program: upload,
        configuration: { args: args('again'), subProcess: false },
        exceptionFilters: ['wire.failed'],
      });
      const { threadId } = await dap.stopped('exception');
      const at = await stoppedAt(dap, threadId);
      assert.equal(at.fate, 'stopped');
      const [first] = at.chain;
      assert.match(first.type, /^(BrokenPipe|ConnectionReset)Error$/);
      assert.ok(first.errno.name && first.errno.meaning, JSON.stringify(first.errno));
      assert.deepEqual(
        first.args.map((text: string) => text.length > 0),
        [true, true],
      );
      assert.equal(first.expression, '$exception');
      assert.equal(first.frames[0].function, 'send');
      assert.deepEqual(
        first.frames.filter(({ own }: { own: boolean }) => own).map((frame: { function: string }) => frame.function),
        ['upload', '<module>'],
      );
      assert.equal(await stoppedAt(dap, 9999), null, 'no such thread is stopped');
      await dap.client.request('continue', { threadId });
      assert.equal(await dap.ended(), 0);
      assert.match(dap.client.outputOf('stdout'), /failed/);

      const processes = processesOf(dap);
      assert.deepEqual(
        processes.map(({ running, sockets }) => [running, sockets]),
        [
          [false, 1],
          [false, 1],
        ],
      );
      assert.deepEqual(processes.filter(({ pid }) => pid === dap.processId).length, 1);
      const sockets = socketsOf(dap);
      assert.deepEqual(
        sockets.map(({ host, state, side }) => [host, state, side]),
        [
          ['localhost', 'failed', 'client'],
          ['localhost', 'failed', 'client'],
        ],
      );
      for (const { bytes, error, exchange, process } of sockets) {
        const [handed, accepted, acknowledged] = [bytes.handed, bytes.accepted, bytes.acknowledged].map(
          ({ value }) => value ?? -1,
        ) as [number, number, number];
        assert.ok(handed > TOO_LARGE && accepted < TOO_LARGE, `${handed}, ${accepted}`);
        assert.ok(acknowledged >= 0 && acknowledged <= accepted, `${acknowledged}`);
        assert.match(error?.operation ?? '', /^send/);
        assert.ok(exchange?.startsWith(process));
      }
      const exceptions = exceptionsOf(dap);
      assert.deepEqual(
        exceptions.map(({ fate, chain: [one, ...inner] }) => [fate, one?.type, inner.map(({ relation }) => relation)]),
        [
          ['caught', 'urllib.error.URLError', ['reason']],
          ['caught', 'urllib.error.URLError', ['reason']],
        ],
      );
      for (const { exchange, where, chain } of exceptions) {
        assert.ok(sockets.some((socket) => socket.exchange === exchange));
        assert.equal(where, 'urllib.request.OpenerDirector.open');
        assert.ok(chain[0]?.frames.some((frame) => frame.own && frame.line === upload.line('sends')));
        // which of the two depends on when each notices the reset
        assert.match(chain[1]?.errno?.meaning ?? '', /^(Broken pipe|Connection reset by peer)$/);
      }
      assert.doesNotMatch(JSON.stringify([sockets, exceptions, processes]), /hush/);
      await dap.disconnect();
    }));

  it('are told of as having left the program', () =>
    withSession(async (dap) => {
      await dap.start({ program: upload, configuration: { args: args('raise') } });
      assert.equal(await dap.ended(), 1);
      assert.match(dap.client.outputOf('stderr'), /URLError/);
      assert.deepEqual(
        exceptionsOf(dap).map(({ fate, chain }) => [fate, chain[0]?.name]),
        [['uncaught', 'URLError']],
        JSON.stringify(exceptionsOf(dap)),
      );
      await dap.disconnect();
    }));

  it('are known at a stop where nothing is recorded', () =>
    withSession(async (dap) => {
      await dap.start({
        program: raises,
        configuration: { wire: { enabled: false } },
        exceptionFilters: ['uncaught'],
      });
      const { threadId } = await dap.stopped('exception');
      const at = await stoppedAt(dap, threadId);
      assert.ok(at.chain[0].name.length > 0);
      assert.ok(at.chain[0].frames.length > 0);
      await dap.client.request('continue', { threadId });
      await dap.ended();
      dap.client.outputOf('stderr');
      await dap.disconnect();
    }));
});
