import assert from 'node:assert/strict';
import { type WireAccess, WireDebugging } from '../../../../../src/adapter/features/stops/wireDebugging';
import type { Json, Request } from '../../../../../src/adapter/proxy/message';
import { refusedExchange, STOP, scriptedAsk } from './support';

const request = (command: string, args: Json = {}): Request => ({ seq: 1, type: 'request', command, arguments: args });
const event = (name: string, body: Json) => ({ seq: 1, type: 'event', event: name, body }) as const;

/** A capture without any exchange. */
const nothing = { exchange: async () => null, lastOn: async () => null };

function debugging(access: Partial<WireAccess> | string = {}, script: Parameters<typeof scriptedAsk>[0] = {}) {
  const { ask, asked } = scriptedAsk(script);
  const given = typeof access === 'string' ? access : { recorded: async () => nothing, ...access };
  return { it: new WireDebugging(ask, given), asked };
}

describe('wire debugging', () => {
  it('leaves every other request to the debugger', () => {
    const { it } = debugging();
    for (const command of ['threads', 'stackTrace', 'continue', 'scopes', 'variables', 'evaluate', 'setBreakpoints']) {
      assert.equal(it.answer(request(command, { frameId: 1, variablesReference: 1, expression: 'x' })), null, command);
    }
  });

  it('configures the probe and debugpy before the program may run', async () => {
    let settle: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const order: string[] = [];
    const ask = async (command: string) => {
      if (command === 'evaluate') await taken;
      order.push(command);
      return { seq: 1, type: 'response', request_seq: 1, command, success: true } as const;
    };
    const it = new WireDebugging(ask, { recorded: async () => nothing });
    const set = it.answer(request('setExceptionBreakpoints', { filters: ['wire.failed', 'raised'] }));
    const done = it.answer(request('configurationDone'));
    settle();
    await done;
    assert.deepEqual((await set)?.body, { breakpoints: [{ verified: true }, { verified: true }] });
    assert.deepEqual(order, ['setExceptionBreakpoints', 'evaluate', 'configurationDone']);
  });

  it('takes the defaults where the client sets no exception breakpoints', async () => {
    const { it, asked } = debugging();
    await it.answer(request('configurationDone'));
    const [[command, args] = []] = asked;
    assert.equal(command, 'evaluate');
    for (const name of ['wire.failed', 'wire.errorStatusUnread', 'urllib.error']) {
      assert.ok(String(args?.expression).includes(name), name);
    }
    assert.ok(!String(args?.expression).includes('wire.earlyReply'));
    const none = debugging('Nothing is recorded.');
    await none.it.answer(request('configurationDone'));
    assert.deepEqual(
      none.asked.map(([command]) => command),
      ['configurationDone'],
    );
  });

  it('does not bother the probe with nothing, but takes away what there was', async () => {
    const { it, asked } = debugging();
    const evaluations = () => asked.filter(([command]) => command === 'evaluate').length;
    await it.answer(request('setExceptionBreakpoints', { filters: [] }));
    assert.equal(evaluations(), 0);
    await it.answer(request('setExceptionBreakpoints', { filters: ['wire.failed'] }));
    await it.answer(request('setExceptionBreakpoints', { filters: [] }));
    assert.equal(evaluations(), 2);
  });

  it('says when the probe does not take it, and when there is none', async () => {
    const failing = debugging({}, { evaluate: () => new Error('Traceback\n  …\nValueError: no') });
    const body = async (it: WireDebugging) =>
      (await it.answer(request('setExceptionBreakpoints', { filters: ['wire.failed'] })))?.body;
    const message = 'The probe in the program could not take it: ValueError: no';
    assert.deepEqual(await body(failing.it), { breakpoints: [{ verified: false, message }] });
    const stopped = debugging({}, { evaluate: () => ({ result: '{"recording": false}' }) });
    const why = 'The probe has stopped recording in this program.';
    assert.deepEqual(await body(stopped.it), { breakpoints: [{ verified: false, message: why }] });
    const none = debugging('Nothing is recorded.');
    const off = { breakpoints: [{ verified: false, message: 'Nothing is recorded.' }] };
    assert.deepEqual(await body(none.it), off);
  });

  it("does not show the probe's modules", async () => {
    const modules = [{ name: 'http.client' }, { name: 'framewire_probe.scopes' }];
    const { it } = debugging({}, { modules: () => ({ modules, totalModules: 2 }) });
    assert.equal(it.onEvent(event('module', { reason: 'new', module: modules[1] as Json })), null);
    assert.ok(it.onEvent(event('module', { reason: 'new', module: modules[0] as Json })));
    const answer = await it.answer(request('modules', {}));
    assert.deepEqual(answer?.body, { modules: modules.slice(0, 1), totalModules: 1 });
  });

  it('gives VS Code the frame on top before the whole stack of an exception', async () => {
    const { ask, asked } = scriptedAsk({ exceptionInfo: () => ({ exceptionId: 'E' }) });
    const it = new WireDebugging(ask, { recorded: async () => nothing }, 'vscode');
    it.onEvent(event('stopped', { threadId: 4, reason: 'exception' }));
    const stack = (startFrame: number, levels: number) =>
      it.answer(request('stackTrace', { threadId: 4, startFrame, levels }));
    assert.equal(stack(0, 1), null);
    const whole = stack(0, 20);
    assert.ok(whole);
    const stacks = () => asked.filter(([command, args]) => command === 'stackTrace' && args?.levels === 20).length;
    assert.equal(stacks(), 0);
    await it.answer(request('exceptionInfo', { threadId: 4 }));
    await whole;
    assert.equal(stacks(), 1);
  });

  it('adds scopes to the frames of a stop and reads them from the capture', async () => {
    const { recorded, exchange, remove } = await refusedExchange();
    const { it } = debugging({ recorded: async () => recorded }, { scopes: () => ({ scopes: [{ name: 'Locals' }] }) });
    it.onEvent(event('process', { systemProcessId: exchange.process.pid }));
    it.onEvent(event('framewireStop', { ...STOP, socket: exchange.socket?.id } as unknown as Json));
    const stopped = it.onEvent(event('stopped', { threadId: 4, reason: 'exception' }));
    assert.equal((stopped?.body as Json | undefined)?.text, STOP.text);
    const answer = { seq: 1, type: 'response', request_seq: 1, command: 'stackTrace', success: true } as const;
    it.onAnswer(request('stackTrace', { threadId: 4 }), { ...answer, body: { stackFrames: [{ id: 7 }] } });
    const answered = async <T>(asked: Request) => ((await it.answer(asked)) as { body: T }).body;
    type Scopes = { scopes: { name: string; variablesReference: number }[] };
    const { scopes } = await answered<Scopes>(request('scopes', { frameId: 7 }));
    assert.deepEqual(
      scopes.map(({ name }) => name),
      ['Locals', 'Exception', 'Wire'],
    );
    const wire = request('variables', { variablesReference: scopes[2]?.variablesReference });
    const { variables } = await answered<{ variables: { name: string; memoryReference?: string }[] }>(wire);
    const reply = variables.find(({ name }) => name === 'reply');
    const memory = await it.answer(request('readMemory', { memoryReference: reply?.memoryReference, count: 4 }));
    assert.equal((memory?.body as Json | undefined)?.data, Buffer.from('HTTP').toString('base64'));
    assert.equal(it.answer(request('continue', { threadId: 4 })), null);
    await assert.rejects(it.answer(wire) ?? Promise.resolve(), /gone on/);
    assert.equal(it.answer(request('scopes', { frameId: 7 })), null);
    remove();
  });

  it('shows the frame on top of a stop of ours, whatever debugpy thinks of libraries', async () => {
    const library = { id: 7, presentationHint: 'subtle', source: { path: '/l.py', presentationHint: 'deemphasize' } };
    const other = { id: 9, presentationHint: 'subtle', source: { path: '/o.py', presentationHint: 'deemphasize' } };
    const stackFrames = [library, library, other];
    const { it } = debugging({}, { stackTrace: () => ({ stackFrames, totalFrames: 3 }) });
    assert.equal(it.answer(request('stackTrace', { threadId: 4 })), null);
    it.onEvent(event('framewireStop', STOP as unknown as Json));
    it.onEvent(event('stopped', { threadId: 4, reason: 'exception' }));
    const source = { path: '/l.py', presentationHint: 'normal' };
    const below = { ...library, source };
    const whole = await it.answer(request('stackTrace', { threadId: 4 }));
    assert.deepEqual(whole?.body, {
      stackFrames: [{ ...below, presentationHint: 'normal' }, below, other],
      totalFrames: 3,
    });
    const rest = await it.answer(request('stackTrace', { threadId: 4, startFrame: 1 }));
    assert.deepEqual(rest?.body, { stackFrames: [below, below, other], totalFrames: 3 });
  });
});
