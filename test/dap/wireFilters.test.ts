import assert from 'node:assert/strict';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import type { Body } from './harness/client';
import { program } from './harness/programs';
import { type DebugSession, withSession } from './harness/session';
import { goOn, TRACED, wireStop } from './harness/wireStops';

const upload = program('upload.py');
const TOO_LARGE = 12_444_283;
const BROKEN =
  /^(BrokenPipeError: \[Errno 32\] Broken pipe|ConnectionResetError: \[Errno 104\] .*), after the server had already replied 413 Request Entity Too Large$/;

describe('wire breakpoints as exception filters', () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  before(async () => {
    refusing = await startRefusingServer();
  });
  after(() => refusing.stop());

  /** From the start to the running program, with these exception filters. */
  const start = (dap: DebugSession, exceptionBreakpoints: Body, configuration: Body = {}, python?: Body) =>
    dap.start({
      program: upload,
      python,
      exceptionBreakpoints,
      configuration: { args: [`${refusing.plainUrl}/upload?token=hush`, String(TOO_LARGE)], ...configuration },
    });

  /** Goes on from the last stop to the end of the upload. */
  async function finish(dap: DebugSession, threadId: number): Promise<void> {
    await goOn(dap, threadId);
    assert.equal(await dap.ended(), 0);
    assert.match(dap.client.outputOf('stdout'), /^failed: <urlopen error \[Errno (32|104)\] .*>\n$/);
    dap.client.outputOf('important');
    await dap.disconnect();
  }

  it('are announced beside those of debugpy, with help and what is on by default', () =>
    withSession(async (dap) => {
      const capabilities = await dap.initialize();
      assert.equal(capabilities.supportsExceptionFilterOptions, true);
      const filters: Body[] = capabilities.exceptionBreakpointFilters;
      assert.deepEqual(
        filters.filter((one) => one.default).map(({ filter }) => filter),
        ['wire.failed', 'wire.errorStatusUnread', 'wire.errorPath', 'uncaught'],
      );
      for (const { filter, label, description, supportsCondition, conditionDescription } of filters) {
        assert.ok(label && description, filter);
        assert.equal(Boolean(supportsCondition), Boolean(conditionDescription), filter);
      }
      assert.ok(filters.some(({ filter }) => filter === 'raised'));
      await dap.disconnect();
    }));

  for (const python of TRACED) {
    it(`stop by default on Python ${python.version} at the failing send and on the exception's way`, () =>
      withSession(async (dap) => {
        const { exceptionBreakpointFilters } = await dap.initialize();
        const defaults = exceptionBreakpointFilters.filter((one: Body) => one.default);
        await dap.launch({
          program: upload,
          python,
          exceptionBreakpoints: {
            filters: [],
            filterOptions: defaults.map(({ filter }: Body) => ({ filterId: filter })),
          },
          configuration: { args: [`${refusing.plainUrl}/upload?token=hush`, String(TOO_LARGE)] },
        });
        assert.deepEqual(
          dap.exceptionBreakpoints,
          defaults.map(() => ({ verified: true })),
        );
        const first = await wireStop(dap);
        assert.equal(first.stopped.reason, 'exception');
        assert.match(first.stopped.description, BROKEN);
        assert.equal(first.stopped.text, first.stopped.description);
        assert.equal(first.frames[0].name, 'send');
        // a client that passes over library frames must not pass over this one
        assert.equal(first.frames[0].presentationHint, 'normal');
        assert.equal(first.frames[1].source.presentationHint, 'normal', 'nor over its file');
        const { threadId } = first.stopped;

        const info = await dap.client.request('exceptionInfo', { threadId });
        assert.match(info.exceptionId, /^(BrokenPipe|ConnectionReset)Error$/);
        assert.match(
          info.description,
          /\nThe reply, never read by the program \(arrived (?:[\d,]+ ms|just) before\):\nHTTP\/1\.1 413 Request Entity Too Large\n/,
        );
        assert.match(info.description, /^POST http:\/\/localhost:\d+\/upload\?token=•••$/m);
        assert.match(info.description, /^12,444,\d{3} B handed to send ▸ [\d,]+ B accepted ▸ [\d,]+ B acknowledged$/m);
        assert.match(info.details.framewire.errnoName, /^(EPIPE|ECONNRESET)$/);

        await goOn(dap, threadId);
        const second = await wireStop(dap);
        assert.equal(second.told.breakpoint, 'urllib.do_open');
        await goOn(dap, threadId);
        const third = await wireStop(dap);
        assert.equal(third.told.breakpoint, 'urllib.error');
        const wrapped = await dap.client.request('exceptionInfo', { threadId });
        assert.equal(wrapped.details.fullTypeName, 'urllib.error.URLError');
        const [inner] = wrapped.details.innerException;
        assert.deepEqual(
          [inner.typeName, inner.framewire.relation, inner.evaluateName],
          [info.exceptionId, 'reason', '__exception__[1].reason'],
        );
        assert.match(inner.message, /^\[Errno (32|104)\]/);
        assert.match(wrapped.description, /^reason: (BrokenPipe|ConnectionReset)Error: .* \((EPIPE|ECONNRESET)\)$/m);
        await finish(dap, threadId);
      }));
  }

  it('tell a mistake in a condition with its place, and leave that filter off', () =>
    withSession(async (dap) => {
      await start(dap, {
        filters: ['uncaught'],
        filterOptions: [
          { filterId: 'wire.failed', condition: 'statsu == 413' },
          { filterId: 'wire.errorStatusUnread', condition: 'status == 404' },
          { filterId: 'wire.errorPath', condition: 'status == 404' },
          { filterId: 'wire.nothing' },
        ],
      });
      assert.deepEqual(
        dap.exceptionBreakpoints?.map(({ verified }: Body) => verified),
        [true, false, true, false, false],
      );
      const messages = dap.exceptionBreakpoints?.map(({ message }: Body) => message);
      assert.match(messages?.[1], /^Column 1: .*status/);
      assert.equal(messages?.[3], '"Network Exception on Its Way" takes no condition.');
      assert.equal(messages?.[4], 'There is no wire breakpoint "wire.nothing".');
      assert.equal(await dap.ended(), 0);
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  it('can be changed at a stop, and go with exception options of debugpy', () =>
    withSession(async (dap) => {
      await start(dap, { filters: [], filterOptions: [{ filterId: 'wire.failed', condition: 'status == 413' }] });
      const { stopped } = await wireStop(dap);
      const exceptionOptions = [
        { path: [{ names: ['Python Exceptions'] }, { names: ['urllib.error.URLError'] }], breakMode: 'always' },
      ];
      const answer = await dap.client.request('setExceptionBreakpoints', { filters: [], exceptionOptions });
      assert.deepEqual(answer.breakpoints, [{ verified: true }]);
      await goOn(dap, stopped.threadId);
      const own = await dap.stopped('exception');
      assert.equal(own.frames[0].name, 'upload');
      assert.equal(own.body.text, 'URLError');
      const info = await dap.client.request('exceptionInfo', { threadId: own.threadId });
      assert.equal(info.exceptionId, 'URLError');
      assert.match(info.description, /^<urlopen error /);
      assert.equal(info.details.innerException[0].framewire.relation, 'reason');
      await dap.client.request('setExceptionBreakpoints', { filters: [] });
      await finish(dap, own.threadId);
    }));

  it('stop where the launch configuration chooses, with the frame on top that it chooses', () =>
    withSession(async (dap) => {
      const wire = { autoBreakpoints: ['urllib.error'], topFrame: 'program' };
      await start(dap, { filters: ['wire.errorPath'] }, { wire });
      const { told, frames, stopped } = await wireStop(dap);
      assert.equal(told.breakpoint, 'urllib.error');
      assert.deepEqual([frames[0].name, frames[0].line], ['upload', upload.line('sends')]);
      await finish(dap, stopped.threadId);
    }));

  it('are refused where the configuration names a place that there is not', () =>
    withSession(async (dap) => {
      await dap.initialize();
      const configuration = dap.configuration({ program: upload, configuration: { wire: { autoBreakpoints: ['x'] } } });
      assert.match(await dap.client.refused('launch', configuration), /wire\.autoBreakpoints\[0\] must be one of http/);
      await dap.disconnect();
    }));

  for (const python of TRACED) {
    it(`leave the probe out of sight at debugpy's own stops, too, on Python ${python.version}`, () =>
      withSession(async (dap) => {
        const args = [`${refusing.plainUrl}/upload`, String(TOO_LARGE), 'raise'];
        await start(dap, { filters: ['uncaught'] }, { args, justMyCode: false }, python);
        const { threadId, frames } = await dap.stopped('exception');
        const info = await dap.client.request('exceptionInfo', { threadId });
        assert.match(info.details.stackTrace, /, in do_open\n/);
        const missing = { expression: 'no_such_name', frameId: frames[0].id, context: 'repl' };
        const refused = await dap.client.refused('evaluate', missing);
        assert.match(refused, /NameError/);
        assert.doesNotMatch(`${info.details.stackTrace}\n${refused}\n${JSON.stringify(frames)}`, /framewire_probe/);
        await dap.client.request('continue', { threadId });
        assert.equal(await dap.ended(), 1);
        for (const category of ['important', 'stderr']) dap.client.outputOf(category);
        await dap.disconnect();
      }));
  }

  it('say why they do not work where nothing is recorded', () =>
    withSession(async (dap) => {
      await start(dap, { filters: ['wire.failed', 'uncaught'] }, { wire: { enabled: false } });
      const [ours, theirs] = dap.exceptionBreakpoints ?? [];
      assert.equal(ours.verified, false);
      assert.match(ours.message, /"wire\.enabled" is false/);
      assert.deepEqual(theirs, { verified: true });
      assert.equal(await dap.ended(), 0);
      await dap.disconnect();
    }));

  it('show the exception and the wire among the variables', () =>
    withSession(async (dap) => {
      await start(dap, { filters: ['wire.failed'] });
      const { frames, stopped } = await wireStop(dap);
      const own = frames.at(-2);
      for (const frameId of [frames[0].id, own.id]) {
        const { scopes } = await dap.client.request('scopes', { frameId });
        const names = scopes.map(({ name }: Body) => name);
        assert.deepEqual(names, ['Locals', 'Globals', 'Exception', 'Wire']);
        const variablesOf = async (variablesReference: number): Promise<Body[]> =>
          (await dap.client.request('variables', { variablesReference })).variables;
        const exception = await variablesOf(scopes[2].variablesReference);
        const named = (list: Body[], name: string) => {
          const found = list.find((one) => one.name === name);
          assert.ok(found, `no ${name} among ${list.map((one) => one.name).join(', ')}`);
          return found;
        };
        assert.match(named(exception, '$exception').value, /^(BrokenPipe|ConnectionReset)Error\((32|104), /);
        assert.match(named(exception, 'errno').value, /^(32|104)$/);
        const args = await variablesOf(named(exception, 'args').variablesReference);
        assert.match(args.map(({ value }) => value).join(), /(32|104)/);

        const wire = await variablesOf(scopes[3].variablesReference);
        assert.equal(named(wire, 'request').value.replace(/:\d+/, ''), 'POST http://localhost/upload?token=•••');
        assert.match(named(wire, 'handed to send').value, /^12,444,\d{3} B$/);
        assert.match(named(wire, 'accepted by the system').value, /^[\d,]+ B$/);
        assert.match(named(wire, 'acknowledged by the peer').value, /^[\d,]+ B$/);
        assert.match(named(wire, 'last bytes sent').value, /^…"x+"/);
        assert.match(named(wire, 'last bytes received').value, /"/);
        const reply = named(wire, 'reply');
        assert.equal(reply.value, '413 Request Entity Too Large, never read by the program');
        assert.equal(named(await variablesOf(reply.variablesReference), 'status').value, '413');
        assert.match(named(wire, 'socket').value, /^#\d+ .* → .*:\d+$/);
        const { data } = await dap.client.request('readMemory', {
          memoryReference: reply.memoryReference,
          offset: 0,
          count: 12,
        });
        assert.equal(Buffer.from(data, 'base64').toString(), 'HTTP/1.1 413');
        const sent = { memoryReference: named(wire, 'last bytes sent').memoryReference, offset: 5, count: 4 };
        assert.equal(Buffer.from((await dap.client.request('readMemory', sent)).data, 'base64').toString(), '/upl');
      }
      assert.match(
        await dap.client.refused('readMemory', { memoryReference: 'framewire:up:x', offset: 0, count: 1 }),
        /no recorded memory/,
      );
      const { scopes } = await dap.client.request('scopes', { frameId: own.id });
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      assert.match(
        await dap.client.refused('variables', { variablesReference: scopes[3].variablesReference }),
        /has gone on/,
      );
      dap.client.outputOf('important');
      dap.client.outputOf('stdout');
      await dap.disconnect();
    }));

  it('give names for the exception, the reply and the socket to the debug console', () =>
    withSession(async (dap) => {
      await start(dap, { filters: ['wire.failed'] });
      const { frames, stopped } = await wireStop(dap);
      const [top, own] = [frames[0].id, frames.at(-2).id];
      const evaluate = async (expression: string, frameId = own) =>
        (await dap.client.request('evaluate', { expression, frameId, context: 'repl' })).result;
      for (const frameId of [top, own]) {
        assert.match(await evaluate('$exception.errno in (32, 104)', frameId), /^True$/);
        assert.equal(await evaluate('$reply.status, $reply.readByProgram', frameId), '(413, False)');
      }
      assert.equal(
        await evaluate('len(request.data), type($socket).__name__, "$reply"'),
        `(${TOO_LARGE}, 'socket', '$reply')`,
      );
      assert.equal(await evaluate('$socket.fileno() > 0'), 'True');
      for (const context of ['hover', 'watch', 'clipboard', 'variables']) {
        const shown = await dap.client.request('evaluate', { expression: '$exception', frameId: own, context });
        assert.match(shown.result, /^(BrokenPipe|ConnectionReset)Error\((32|104), /, context);
        assert.ok(shown.variablesReference > 0, `expandable in ${context}`);
      }
      const why = await dap.client.refused('evaluate', { expression: '$reply.nothing', frameId: top, context: 'repl' });
      assert.match(why, /has no attribute 'nothing'/);
      assert.doesNotMatch(why, /framewire_probe/);
      const plain = { expression: 'no_such_name', frameId: top, context: 'repl' };
      assert.doesNotMatch(await dap.client.refused('evaluate', plain), /framewire_probe/);
      const set = await dap.client.request('setExpression', {
        expression: '$exception.note',
        value: '1 + 1',
        frameId: top,
      });
      assert.equal(set.value, '2');
      const { scopes } = await dap.client.request('scopes', { frameId: own });
      const [, , { variablesReference }, wire] = scopes;
      await dap.client.request('setVariable', { variablesReference, name: 'note', value: '3' });
      assert.equal(await evaluate('$exception.note'), '3');
      const recorded = { variablesReference: wire.variablesReference, name: 'request', value: '3' };
      assert.match(await dap.client.refused('setVariable', recorded), /was recorded and cannot be changed/);
      assert.match(await evaluate('$reply.body'), /^b'.*413/s);
      const complete = async (text: string) => {
        const { targets } = await dap.client.request('completions', { text, column: text.length + 1, frameId: own });
        return targets.map(({ label, start, length }: Body) => `${label} ${start} ${length}`);
      };
      assert.deepEqual(await complete('print($ex'), ['$exception 6 3']);
      assert.deepEqual(await complete('$'), ['$exception 0 1', '$reply 0 1', '$socket 0 1']);
      assert.deepEqual(await complete('$exception.errn'), ['errno 11 4']);
      assert.deepEqual(await complete('$reply.st'), ['status 7 2']);
      const theirs = await complete('reques');
      assert.ok(
        theirs.some((one: string) => one.startsWith('request ')),
        theirs.join(),
      );
      await goOn(dap, stopped.threadId);
      assert.equal(await dap.ended(), 0);
      assert.match(await dap.client.refused('evaluate', { expression: '$reply', frameId: own }), /\$reply/);
      dap.client.outputOf('important');
      await dap.disconnect();
    }));

  for (const command of ['terminate', 'disconnect'] as const) {
    it(`leave nothing to be told after the answer to "${command}", which may be followed by the next run`, () =>
      withSession(async (dap) => {
        await start(dap, { filters: ['wire.failed'] });
        await wireStop(dap);
        await dap.client.request(command, {
          restart: true,
          ...(command === 'disconnect' && { terminateDebuggee: true }),
        });
        const { findings } = await dap.client.event('framewireFindings');
        assert.match(findings[0].title, /413/);
        await dap.client.event('terminated');
        dap.client.expectOrder('framewireFindings', 'terminated', command);
        dap.client.outputOf('important');
        await (command === 'terminate' ? dap.disconnect() : dap.client.closed());
      }));
  }

  it('stop in a child process, in its session and with the reply', () =>
    withSession(async (dap) => {
      const args = [`${refusing.plainUrl}/upload`, String(TOO_LARGE), 'again'];
      await start(dap, { filters: [] }, { args, env: { PYDEVD_DISABLE_FILE_VALIDATION: '1' } });
      const configuration = await dap.client.event('debugpyAttach');
      await withSession(async (child) => {
        await child.initialize();
        await child.attach(configuration, { exceptionBreakpoints: { filters: ['wire.failed', 'wire.errorPath'] } });
        const { stopped } = await wireStop(child);
        assert.match(stopped.description, BROKEN);
        const info = await child.client.request('exceptionInfo', { threadId: stopped.threadId });
        assert.match(info.description, /HTTP\/1\.1 413 Request Entity Too Large\n/);
        await child.client.request('setExceptionBreakpoints', { filters: [] });
        await goOn(child, stopped.threadId);
        await child.client.event('terminated');
        child.client.outputOf('important');
        await child.disconnect();
      });
      assert.equal(await dap.ended(), 0);
      dap.client.outputOf('important');
      dap.client.outputOf('stdout');
      await dap.disconnect();
    }));
});
