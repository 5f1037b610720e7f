import assert from 'node:assert/strict';
import { dirname, join, relative } from 'node:path';
import type { Body } from './harness/client';
import { MAIN_PYTHON, PYTHONS, type Python, program } from './harness/programs';
import { ADAPTER, type DebugSession, type SessionOptions, withSession } from './harness/session';

const walk = program('walk.py');
const raises = program('raises.py');
const loop = program('loop.py');
const library = program('library.py');
const DEBUGPY = join(dirname(ADAPTER), 'debugpy/debugpy/adapter');

/** What a user of debugpy relies on, in one session: each step and what came of it. */
async function debugWalk(dap: DebugSession, python: Python): Promise<unknown[]> {
  const steps: unknown[] = [];
  const note = (what: string, value: unknown) => steps.push([what, value]);
  const ask = (command: string, args?: Body): Promise<Body> => dap.client.request(command, args);
  const stop = async (reason: string) => {
    const { threadId, frames, body } = await dap.stopped(reason);
    note(
      `stopped ${reason}`,
      frames.map(({ name, line, presentationHint, source }: Body) => [name, line, presentationHint, source.path]),
    );
    note('described', [body.description, body.text, body.allThreadsStopped]);
    return { threadId, frameId: frames[0].id };
  };
  await dap.start({
    program: walk,
    python,
    breakpoints: {
      first: { condition: 'True' },
      inside: { logMessage: 'doubling {number}' },
      second: true,
    },
  });
  const first = await stop('breakpoint');
  const { scopes } = await ask('scopes', { frameId: first.frameId });
  note(
    'scopes',
    scopes.map(({ name, expensive }: Body) => [name, expensive]),
  );
  await ask('stepIn', { threadId: first.threadId });
  const inside = await stop('step');
  const locals = (await ask('scopes', { frameId: inside.frameId })).scopes[0].variablesReference;
  const { variables } = await ask('variables', { variablesReference: locals });
  note(
    'locals',
    variables.map(({ name, value, type, evaluateName }: Body) => [name, value, type, evaluateName]),
  );
  note('set', (await ask('setVariable', { variablesReference: locals, name: 'number', value: '4' })).value);
  for (const context of ['repl', 'watch', 'hover', 'clipboard']) {
    const { result, type } = await ask('evaluate', { expression: 'number * 2', frameId: inside.frameId, context });
    note(context, [result, type]);
  }
  note(
    'refused',
    await dap.client.refused('evaluate', { expression: 'nowhere', frameId: inside.frameId, context: 'repl' }),
  );
  const { targets } = await ask('completions', { frameId: inside.frameId, text: 'numb', column: 5 });
  note(
    'completions',
    targets.map(({ label, type, start, length }: Body) => [label, type, start, length]),
  );
  const goto = await ask('gotoTargets', { source: { path: walk.path }, line: walk.line('inside') });
  note(
    'goto',
    goto.targets.map(({ label, line }: Body) => [label, line]),
  );
  note(
    'modules',
    (await ask('modules', {})).modules.map(({ name, path }: Body) => [name, path]),
  );
  await ask('stepOut', { threadId: first.threadId });
  await stop('step');
  await ask('next', { threadId: first.threadId });
  await stop('step');
  await ask('continue', { threadId: first.threadId });
  await stop('breakpoint');
  await ask('continue', { threadId: first.threadId });
  note('exit code', await dap.ended());
  for (const category of ['stdout', 'stderr', 'console']) {
    // our own words are what we add
    const text = dap.client.outputOf(category).split('\n');
    note(category, text.filter((line) => !line.includes('Framewire')).join('\n'));
  }
  return steps;
}

async function debugExceptions(dap: DebugSession, python: Python): Promise<unknown[]> {
  const steps: unknown[] = [];
  await dap.start({ program: raises, python, exceptionFilters: ['raised', 'uncaught'] });
  for (let stops = 0; stops < 3; stops++) {
    const { threadId, frames, body } = await dap.stopped('exception');
    const info = await dap.client.request('exceptionInfo', { threadId });
    const { stackTrace, message, typeName, source } = info.details;
    steps.push([frames[0].line, body.description, body.text, info.exceptionId, info.description, info.breakMode]);
    steps.push([stackTrace, message, typeName, source]);
    await dap.client.request('continue', { threadId });
  }
  steps.push(await dap.ended(), dap.client.outputOf('stderr'));
  return steps;
}

const placed = (frames: Body[]) => frames.map(({ name, line, source }: Body) => [name, line, source.path]);

/** A hit count, and a jump. */
async function debugLoop(dap: DebugSession, python: Python): Promise<unknown[]> {
  const steps: unknown[] = [];
  const configuration = { args: ['5'] };
  await dap.start({ program: loop, python, breakpoints: { hit: { hitCondition: '3' } }, configuration });
  const { threadId, frames } = await dap.stopped('breakpoint');
  const asked = { expression: 'number', frameId: frames[0].id, context: 'watch' };
  steps.push(placed(frames), (await dap.client.request('evaluate', asked)).result);
  const source = { path: loop.path };
  const { targets } = await dap.client.request('gotoTargets', { source, line: loop.line('end') });
  await dap.client.request('goto', { threadId, targetId: targets[0].id });
  steps.push(placed((await dap.stopped('goto')).frames));
  await dap.client.request('continue', { threadId });
  steps.push(await dap.ended(), dap.client.outputOf('stdout'));
  return steps;
}

/** A step into a library, with and without `justMyCode`. */
async function debugLibrary(dap: DebugSession, python: Python, justMyCode: boolean): Promise<unknown[]> {
  await dap.start({ program: library, python, breakpoints: { calls: true }, configuration: { justMyCode } });
  const { threadId } = await dap.stopped('breakpoint');
  await dap.client.request('stepIn', { threadId });
  const stepped = placed((await dap.stopped('step')).frames);
  await dap.client.request('continue', { threadId });
  return [stepped, await dap.ended(), dap.client.outputOf('stdout')];
}

const debugMine = (dap: DebugSession, python: Python) => debugLibrary(dap, python, true);
const debugAll = (dap: DebugSession, python: Python) => debugLibrary(dap, python, false);

/** What is left of the ways to look into a program and to change it: expressions, functions, targets, a pause. */
async function debugMore(dap: DebugSession, python: Python): Promise<unknown[]> {
  const steps: unknown[] = [];
  const ask = (command: string, args?: Body): Promise<Body> => dap.client.request(command, args);
  await dap.start({
    program: walk,
    python,
    beforeRunning: async () => {
      const { breakpoints } = await ask('setFunctionBreakpoints', { breakpoints: [{ name: 'double' }] });
      steps.push(breakpoints.map(({ verified }: Body) => verified));
    },
  });
  const { threadId, frames } = await dap.stopped('function breakpoint');
  steps.push(placed(frames));
  const frameId = frames[0].id;
  steps.push((await ask('setExpression', { frameId, expression: 'number', value: '5 + 5' })).value);
  const evaluated = [];
  for (const [expression, context] of [
    ['number', 'hover'],
    ['made = {"a": [1, 2]}\nmade["b"] = number', 'repl'],
    ['print("from the console", made)', 'repl'],
    ['made', 'watch'],
    ['missing', 'hover'],
    ['1 +', 'watch'],
  ] as const) {
    const { success, message, body } = await dap.client.ask('evaluate', { expression, frameId, context });
    evaluated.push([expression, success, message, body?.result, body?.type]);
  }
  steps.push(evaluated);
  const { variablesReference } = await ask('evaluate', { expression: 'made', frameId, context: 'watch' });
  const hex = { variablesReference, format: { hex: true } };
  const { variables } = await ask('variables', hex);
  steps.push(variables.map(({ name, value, type, evaluateName }: Body) => [name, value, type, evaluateName]));
  const { targets } = await ask('stepInTargets', { frameId: frames[1].id });
  steps.push(targets.map(({ label }: Body) => label));
  const { threads } = await ask('threads');
  steps.push(threads.map(({ name }: Body) => name));
  await ask('setFunctionBreakpoints', { breakpoints: [] });
  const source = { path: walk.path };
  const lines = [{ line: walk.line('second'), condition: 'first == 7' }, { line: walk.line('second') + 1 }];
  const { breakpoints } = await ask('setBreakpoints', { source, breakpoints: lines });
  steps.push(breakpoints.map(({ verified, line }: Body) => [verified, line]));
  await ask('continue', { threadId });
  steps.push(placed((await dap.stopped('breakpoint')).frames));
  await ask('continue', { threadId });
  steps.push(await dap.ended(), dap.client.outputOf('stdout'), dap.client.outputOf('stderr'));
  return steps;
}

/** A program whose folder has another name for the client. */
async function debugMapped(dap: DebugSession, python: Python): Promise<unknown[]> {
  const localRoot = join(dap.folder, 'local');
  const configuration = { pathMappings: [{ localRoot, remoteRoot: dirname(walk.path) }] };
  await dap.start({
    program: walk,
    python,
    configuration,
    beforeRunning: async () => {
      const source = { path: join(localRoot, 'walk.py') };
      await dap.client.request('setBreakpoints', { source, breakpoints: [{ line: walk.line('inside') }] });
    },
  });
  const { threadId, frames } = await dap.stopped('breakpoint');
  const seen = frames.map(({ name, line, source }: Body) => [name, line, relative(localRoot, source.path)]);
  await dap.client.request('continue', { threadId });
  return [seen, await dap.ended(), dap.client.outputOf('stdout'), dap.client.outputOf('stderr')];
}

/** A child process: how it is announced, but for what leads it to us and into the same capture. */
async function debugChild(dap: DebugSession, python: Python): Promise<unknown[]> {
  // debugpy's warning of frozen modules is no business of this test
  const configuration = { args: ['1'], env: { PYDEVD_DISABLE_FILE_VALIDATION: '1' } };
  await dap.start({ program: program('parent.py'), python, configuration });
  const { type, wire, connect, subProcessId, name, env, rules, processId, ...rest } =
    await dap.client.event('debugpyAttach');
  const { threads } = await dap.client.request('threads');
  await dap.client.request('terminate');
  await dap.client.event('terminated');
  const kinds = [typeof connect.port, typeof subProcessId, name.replace(/\d+/, '<pid>')];
  return [Object.keys(rest).sort(), connect.host, kinds, threads.length];
}

describe('debugging with us and with debugpy alone', () => {
  for (const python of PYTHONS) {
    // the version of debugpy's adapter that is tried here needs Python 3.10; the program may be older
    const runner = /^3\.[89]\./.test(python.version) ? MAIN_PYTHON : python;
    const scripts = {
      debugWalk,
      debugExceptions,
      debugLoop,
      debugMine,
      debugAll,
      debugMore,
      debugMapped,
      debugChild,
    };
    for (const [name, script] of Object.entries(scripts)) {
      it(`is the same on Python ${python.version}: ${name}`, async () => {
        const run = async (options: SessionOptions) => {
          let steps: unknown[] = [];
          await withSession(async (dap) => {
            steps = await script(dap, python);
            // debugpy's own adapter leaves it to the client to hang up
            await dap.client.request('disconnect');
          }, options);
          return steps;
        };
        assert.deepEqual(await run({}), await run({ command: [runner.path, DEBUGPY] }));
      });
    }
  }

  it('announces what debugpy does, and more', async () => {
    const [python] = PYTHONS.filter(({ version }) => !/^3\.[89]\./.test(version));
    const announced = async (options: SessionOptions) => {
      let capabilities: Body = {};
      await withSession(async (dap) => {
        capabilities = await dap.initialize();
        await dap.client.request('disconnect');
      }, options);
      return capabilities;
    };
    const ours = await announced({});
    const theirs = await announced({ command: [python?.path ?? '', DEBUGPY] });
    for (const [name, value] of Object.entries(theirs)) {
      if (Array.isArray(value)) assert.deepEqual(ours[name].slice(-value.length), value, name);
      else assert.deepEqual(ours[name], value, name);
    }
    const added = Object.keys(ours).filter((name) => !(name in theirs));
    assert.deepEqual(added.sort(), [
      'completionTriggerCharacters',
      'supportsExceptionFilterOptions',
      'supportsReadMemoryRequest',
    ]);
  });
});
