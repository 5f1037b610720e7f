import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CAPABILITIES, DEBUGPY_CAPABILITIES } from '../../../../src/adapter/proxy/capabilities';
import { type EventSink, type Recording, Session, type Starter } from '../../../../src/adapter/proxy/session';
import { line, type ScriptedDebugger, scriptedDebugger, sendEvent } from '../support';

interface Script {
  readonly capabilities?: object;
  readonly probeEntry?: string | null;
  readonly finish?: (sink: EventSink) => Promise<void>;
  readonly starter?: Starter;
}

function session({ capabilities = DEBUGPY_CAPABILITIES, probeEntry = null, finish, starter }: Script = {}) {
  const client = line();
  const backend = scriptedDebugger();
  backend.peer.onRequest('initialize', () => capabilities);
  backend.peer.onRequest('launch', () => ({}));
  backend.peer.onRequest('disconnect', () => {
    setImmediate(() => backend.end());
    return {};
  });
  const exitCodes: (number | null)[] = [];
  let sink: EventSink | null = null;
  const recording: Recording = {
    probeEntry,
    probeExit: null,
    wire: 'Nothing is recorded.',
    begin: (given) => {
      sink = given;
      sink.event('framewireCapture', { folder: '/c', problem: null });
    },
    childConfiguration: (configuration) => ({ ...configuration, type: 'framewire' }),
    answer: ({ arguments: given }) =>
      given?.fail ? Promise.reject(new Error('cannot')) : Promise.resolve({ answered: true }),
    finish: async (exitCode) => {
      exitCodes.push(exitCode);
      if (sink) await finish?.(sink);
    },
  };
  const start: Starter = async (request) => ({ backend, arguments: { ...request.arguments, added: 1 }, recording });
  const it = new Session(client.connection, starter ?? start);
  return { session: it, client: client.peer, backend, exitCodes };
}

async function launched(script?: Script, initialize: object = { clientID: 'test' }) {
  const all = session(script);
  await all.client.request('initialize', initialize);
  await all.client.request('launch', { program: 'x' });
  return all;
}

async function finished(backend: ScriptedDebugger): Promise<void> {
  sendEvent(backend.peer, 'exited', { exitCode: 3 });
  sendEvent(backend.peer, 'terminated');
}

describe('a session', () => {
  it('answers initialize at once and hands it on when the debugger is there', async () => {
    const { client, backend } = session();
    assert.deepEqual(await client.request('initialize', { clientID: 'test' }), CAPABILITIES);
    await client.request('launch', { program: 'x' });
    // debugpy needs an adapterID
    const handedOn = { adapterID: 'framewire', clientID: 'test' };
    assert.deepEqual((await backend.peer.reverseRequest('initialize')).arguments, handedOn);
    assert.deepEqual((await backend.peer.reverseRequest('launch')).arguments, { program: 'x', added: 1 });
    assert.equal(
      client.timeline.some(({ event }) => event === 'capabilities'),
      false,
    );
  });

  it('tells of a debugger with other capabilities than announced', async () => {
    const { client } = await launched({
      capabilities: { ...DEBUGPY_CAPABILITIES, supportsTerminateThreadsRequest: true },
    });
    assert.deepEqual(await client.event('capabilities'), { capabilities: { supportsTerminateThreadsRequest: true } });
  });

  it('starts the probe before the client hears that it may configure', async () => {
    const { client, backend } = await launched({ probeEntry: 'start()' });
    backend.peer.onRequest('evaluate', () => ({ result: '' }));
    sendEvent(backend.peer, 'initialized');
    await client.event('initialized');
    const { arguments: asked } = await backend.peer.reverseRequest('evaluate');
    assert.deepEqual(asked, { expression: 'start()', context: 'repl' });
    assert.equal(client.outputOf('console'), '');
  });

  it('goes on, and says so, when the probe cannot be started', async () => {
    const { client, backend } = await launched({ probeEntry: 'start()' });
    backend.peer.onRequest('evaluate', () => Promise.reject(new Error('SyntaxError')));
    sendEvent(backend.peer, 'initialized');
    await client.event('initialized');
    assert.match(client.outputOf('console'), /probe could not be started.*SyntaxError/);
  });

  it('reports between the exit and the end', async () => {
    const { client, backend, exitCodes } = await launched({
      finish: async (sink) => sink.event('framewireFindings', {}),
    });
    await finished(backend);
    await client.event('terminated');
    client.expectOrder('exited', 'framewireFindings', 'terminated');
    assert.deepEqual(exitCodes, [3]);
  });

  it('does not make a client wait for the report that wants to leave', async () => {
    const { client, backend, session: one } = await launched({ finish: () => new Promise(() => undefined) });
    await finished(backend);
    await client.request('disconnect');
    client.expectOrder('terminated', 'disconnect');
    await one.done;
    assert.equal(backend.killed(), false);
  });

  it('answers a terminate when the end has been told, with its report', async () => {
    let report: () => void = () => undefined;
    const made = new Promise<void>((resolve) => {
      report = resolve;
    });
    const { client, backend } = await launched({
      finish: async (sink) => {
        await made;
        sink.event('framewireFindings', {});
      },
    });
    backend.peer.onRequest('terminate', () => {
      setImmediate(() => void finished(backend));
      return {};
    });
    const left = client.request('terminate');
    await client.event('exited');
    report();
    await left;
    client.expectOrder('framewireFindings', 'terminated', 'terminate');
  });

  it('tells a client that the program cannot be terminated', async () => {
    const { client, backend } = await launched();
    backend.peer.onRequest('terminate', () => Promise.reject(new Error('not now')));
    assert.match(await client.refused('terminate'), /not now/);
  });

  it('answers a disconnect last of all, and hands on what the client wants of the program', async () => {
    const {
      client,
      backend,
      session: one,
    } = await launched({
      finish: async (sink) => sink.event('framewireFindings', {}),
    });
    await client.request('disconnect', { terminateDebuggee: false });
    client.expectOrder('framewireFindings', 'terminated', 'disconnect');
    assert.deepEqual((await backend.peer.reverseRequest('disconnect')).arguments, { terminateDebuggee: false });
    await one.done;
  });

  it('waits for the report of a run that is followed by another', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      let report: () => void = () => undefined;
      const made = new Promise<void>((resolve) => {
        report = resolve;
      });
      const { client } = await launched({
        finish: async (sink) => {
          sink.console('reading');
          await made;
          sink.event('framewireFindings', {});
        },
      });
      const left = client.request('disconnect', { restart: true });
      await client.event('output');
      mock.timers.tick(5000);
      report();
      await left;
      client.expectOrder('framewireFindings', 'disconnect');
    } finally {
      mock.timers.reset();
    }
  });

  it('answers a terminate when the client disconnects before its end', async () => {
    const { client, backend, session: one } = await launched();
    backend.peer.onRequest('terminate', () => new Promise(() => undefined));
    const asked = client.request('terminate');
    await backend.peer.reverseRequest('terminate');
    await Promise.all([asked, client.request('disconnect')]);
    await one.done;
  });

  it('answers, reports and ends when the debugger dies', async () => {
    const { client, backend, exitCodes, session: one } = await launched();
    backend.peer.onRequest('threads', () => new Promise(() => undefined));
    const waiting = client.refused('threads');
    await backend.peer.reverseRequest('threads');
    backend.end({ how: 'exited with code 1', said: 'ImportError: x' });
    assert.match(await waiting, /^debugpy exited with code 1, unexpectedly\.\nImportError: x$/);
    await client.event('terminated');
    assert.match(client.outputOf('important'), /exited with code 1/);
    assert.deepEqual(exitCodes, [null]);
    assert.match(await client.refused('threads'), /session has ended/);
    await client.request('terminate');
    await client.request('disconnect');
    await one.done;
  });

  for (const [category, clientID, adapterID] of [
    ['important', 'vscode', 'other'],
    ['console', 'vscode', 'framewire'],
    ['console', 'dape', 'framewire'],
    ['console', 'vimspector', 'framewire'],
  ] as const) {
    it(`puts what matters in the category "${category}" for ${clientID} with an adapter named ${adapterID}`, async () => {
      const { client, backend } = await launched({}, { clientID, adapterID });
      backend.end({ how: 'was ended by SIGKILL', said: '' });
      await client.event('terminated');
      assert.match(client.outputOf(category), /was ended by SIGKILL/);
    });
  }

  it('lets a client leave that asks while the report of a dead debugger is being made', async () => {
    let report: () => void = () => undefined;
    const made = new Promise<void>((resolve) => {
      report = resolve;
    });
    const { client, backend, session: one } = await launched({ finish: () => made });
    backend.end({ how: 'was ended by SIGKILL', said: '' });
    await client.event('output', ({ category }) => category === 'important');
    const left = client.request('disconnect');
    await client.request('terminate');
    report();
    await left;
    client.expectOrder('terminated', 'disconnect');
    await one.done;
  });

  it('starts nothing after a disconnect', async () => {
    const { client } = session();
    await client.request('initialize', {});
    const left = client.request('disconnect');
    assert.match(await client.refused('launch', {}), /session has ended/);
    await left;
  });

  it('says what debugpy said when it does not come up', async () => {
    const { client, backend, exitCodes } = session();
    backend.peer.onRequest('initialize', () => new Promise(() => undefined));
    await client.request('initialize', {});
    const refused = client.refused('launch', {});
    await backend.peer.reverseRequest('initialize');
    backend.end({ how: 'exited with code 1', said: 'No module named debugpy' });
    assert.match(await refused, /exited with code 1.*\n.*No module named debugpy/);
    await client.request('disconnect');
    assert.deepEqual(exitCodes, [null]);
  });

  it('keeps requests that come too early for the debugger, and answers them when there will be none', async () => {
    let fail: (error: Error) => void = () => undefined;
    const { client } = session({
      starter: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    });
    await client.request('initialize', {});
    const launch = client.refused('launch', {});
    const early = client.refused('setBreakpoints', {});
    assert.match(await client.refused('launch', {}), /started already/);
    fail(new Error('there is no Python'));
    assert.match(await launch, /there is no Python/);
    assert.match(await early, /not started/);
    assert.match(await client.refused('threads'), /session has ended/);
  });

  it('ends the debugger when the client is gone', async () => {
    const { client, backend, exitCodes, session: one } = await launched();
    client.end();
    await one.done;
    assert.deepEqual((await backend.peer.reverseRequest('disconnect')).arguments, { terminateDebuggee: true });
    assert.deepEqual(exitCodes, [null]);
  });

  it('answers requests of our own by itself', async () => {
    const { client, backend } = await launched();
    assert.deepEqual(await client.request('framewireReport'), { answered: true });
    assert.match(await client.refused('framewireReport', { fail: true }), /cannot/);
    assert.equal(
      backend.peer.timeline.some(({ command }) => command === 'framewireReport'),
      false,
    );
  });

  it('leads child sessions back to itself', async () => {
    const { client, backend } = await launched();
    sendEvent(backend.peer, 'debugpyAttach', { type: 'debugpy', subProcessId: 5 });
    assert.deepEqual(await client.event('debugpyAttach'), { type: 'framewire', subProcessId: 5 });
    client.onRequest('startDebugging', ({ arguments: given }) => given);
    const configuration = { type: 'debugpy', subProcessId: 6 };
    assert.deepEqual(await backend.peer.request('startDebugging', { request: 'attach', configuration }), {
      request: 'attach',
      configuration: { type: 'framewire', subProcessId: 6 },
    });
  });
});
