import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { addressOf, connectToDebugpy, isChildAttach } from '../../../../src/adapter/launch/debugpySocket';
import { childUnreachable } from '../../../../src/adapter/launch/errors';
import { event } from '../../../../src/adapter/proxy/message';

describe('the connection to a debugpy that listens', () => {
  it('is for configurations that debugpy has announced', () => {
    assert.equal(isChildAttach({ subProcessId: 5, connect: { port: 1 } }), true);
    assert.equal(isChildAttach({ connect: { port: 1 } }), false);
  });

  it('needs an address', () => {
    assert.deepEqual(addressOf({ host: 'localhost', port: 5 }, 'connect'), { host: 'localhost', port: 5 });
    assert.deepEqual(addressOf({ port: 5 }, 'connect'), { host: '127.0.0.1', port: 5 });
    for (const connect of [undefined, 'x', {}, { port: 0 }, { port: 70_000 }, { host: 5, port: 5 }]) {
      assert.throws(() => addressOf(connect, 'connect'), /"connect" must have the "host" and "port"/);
    }
  });

  it('carries messages until the debugger hangs up', async () => {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const backend = await connectToDebugpy(
      { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
      childUnreachable,
    );
    const [socket] = await accepted;
    backend.connection.start({ onMessage: () => undefined, onMalformed: () => undefined, onClosed: () => undefined });
    backend.connection.send(event('hello'));
    assert.match(String(await once(socket, 'data')), /"event":"hello"/);
    socket.end();
    assert.equal((await backend.ended).how, 'closed the connection');
    server.close();
  });

  it('says where nobody answers', async () => {
    await assert.rejects(
      connectToDebugpy({ host: '127.0.0.1', port: 1 }, childUnreachable),
      /does not answer at 127\.0\.0\.1:1.*ECONNREFUSED/,
    );
  });
});
