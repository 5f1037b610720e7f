import assert from 'node:assert/strict';
import type { Event, Request, Response, Unnumbered } from '../../../../src/adapter/proxy/message';
import { Relay, type RelayHooks } from '../../../../src/adapter/proxy/relay';
import type { Body } from '../../../dap/harness/client';
import { line, scriptedDebugger, sendEvent } from '../support';

function relayed(hooks: Partial<RelayHooks> = {}) {
  const client = line();
  const backend = scriptedDebugger();
  const relay = new Relay(client.connection, backend, {
    onEvent: (event) => event,
    onReverseRequest: (request) => request,
    onAnswer: (_, response) => response,
    onMalformed: () => undefined,
    ...hooks,
  });
  client.connection.start({
    onMessage: (message) => {
      if (message.type === 'request') relay.fromClient(message);
      else if (message.type === 'response') relay.answerFromClient(message);
    },
    onMalformed: () => undefined,
    onClosed: () => undefined,
  });
  return { client: client.peer, backend, debuggerPeer: backend.peer, relay };
}

describe('the relay', () => {
  it('carries requests and answers, each under the number that its receiver knows', async () => {
    const { client, debuggerPeer, relay } = relayed();
    debuggerPeer.onRequest('threads', ({ arguments: given }) => ({ given }));
    debuggerPeer.onRequest('own', () => ({ fine: true }));
    const own = await relay.request('own', { x: 1 });
    assert.deepEqual([own.success, own.body], [true, { fine: true }]);
    assert.deepEqual(await client.request('threads', { a: 1 }), { given: { a: 1 } });
    assert.equal(client.timeline.length, 1, 'the answer to our own request is not for the client');
    assert.match(await client.refused('unknown'), /does not know unknown/);
  });

  it('carries requests of the debugger to the client, and the answers back', async () => {
    const { client, debuggerPeer } = relayed({
      onReverseRequest: (request) => ({ ...request, arguments: { ...request.arguments, added: true } }),
    });
    client.onRequest('runInTerminal', ({ arguments: given }) => ({ processId: 5, given }));
    assert.deepEqual(await debuggerPeer.request('runInTerminal', { args: [] }), {
      processId: 5,
      given: { args: [], added: true },
    });
    assert.match(await debuggerPeer.refused('startDebugging'), /does not know/);
  });

  it('keeps the order of what is behind an event that is held back', async () => {
    let release: (event: Unnumbered<Event> | null) => void = () => undefined;
    const held = new Promise<Unnumbered<Event> | null>((resolve) => {
      release = resolve;
    });
    const { client, debuggerPeer, relay } = relayed({ onEvent: (event) => (event.event === 'slow' ? held : event) });
    debuggerPeer.onRequest('own', () => {
      release({ type: 'event', event: 'replaced' });
      return {};
    });
    sendEvent(debuggerPeer, 'first');
    sendEvent(debuggerPeer, 'slow');
    sendEvent(debuggerPeer, 'second');
    await client.event('first');
    // our own question passes what is held back: the hook may depend on its answer
    assert.equal((await relay.request('own', undefined)).success, true);
    await client.event('second');
    client.expectOrder('first', 'replaced', 'second');
  });

  it('holds back more than once', async () => {
    const releases: (() => void)[] = [];
    const { client, debuggerPeer, relay } = relayed({
      onEvent: (event) =>
        event.event.startsWith('slow') ? new Promise((resolve) => releases.push(() => resolve(event))) : event,
    });
    for (const name of ['slow1', 'a', 'slow2', 'b']) sendEvent(debuggerPeer, name);
    debuggerPeer.onRequest('sync', () => ({}));
    await relay.request('sync', undefined);
    releases[0]?.();
    await client.event('a');
    releases[1]?.();
    await client.event('b');
    await relay.idle();
    client.expectOrder('slow1', 'a', 'slow2', 'b');
  });

  it('drops an event for which the hook gives nothing', async () => {
    const { client, debuggerPeer } = relayed({ onEvent: (event) => (event.event === 'secret' ? null : event) });
    sendEvent(debuggerPeer, 'secret');
    sendEvent(debuggerPeer, 'open');
    await client.event('open');
    assert.equal(client.timeline.length, 1);
  });

  it('hands an answer on as the hook gives it', async () => {
    const answered: [Request, Response][] = [];
    const { client, debuggerPeer } = relayed({
      onAnswer: (...pair) => {
        answered.push(pair);
        return { ...pair[1], body: { changed: true } };
      },
    });
    debuggerPeer.onRequest('disconnect', () => ({}));
    assert.deepEqual(await client.request('disconnect'), { changed: true });
    assert.deepEqual(
      answered.map(([{ command }, { success }]) => [command, success]),
      [['disconnect', true]],
    );
  });

  it('gives every waiting request back when the debugger has ended, and refuses later ones', async () => {
    const { client, backend, debuggerPeer, relay } = relayed();
    const never = () => new Promise<Body>(() => undefined);
    debuggerPeer.onRequest('threads', never);
    debuggerPeer.onRequest('own', never);
    void client.ask('threads').catch(() => undefined);
    const own = relay.request('own', undefined);
    await debuggerPeer.reverseRequest('threads');
    assert.equal(relay.waitsFor('threads'), true);
    backend.end({ how: 'was ended by SIGKILL', said: '' });
    await backend.ended;
    assert.deepEqual(
      relay.drain('gone').map(({ command }) => command),
      ['threads'],
    );
    assert.deepEqual([(await own).success, (await own).message], [false, 'gone']);
    assert.match(await client.refused('threads'), /debugger has ended/);
    assert.equal((await relay.request('own', undefined)).success, false);
  });

  it('tells what is no message', async () => {
    const problems: string[] = [];
    const { debuggerPeer, relay } = relayed({ onMalformed: (problem) => problems.push(problem) });
    debuggerPeer.sendRaw('Content-Length: 2\r\n\r\n[]');
    debuggerPeer.onRequest('sync', () => ({}));
    await relay.request('sync', undefined);
    assert.deepEqual(problems, ['a message must be an object']);
  });
});
