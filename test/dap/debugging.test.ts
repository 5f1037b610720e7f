import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { PYTHONS, program } from './harness/programs';
import { withSession } from './harness/session';

for (const python of PYTHONS) {
  describe(`debugging on Python ${python.version}`, () => {
    it('runs a program to its end, with its output and exit code', () =>
      withSession(async (dap) => {
        await dap.start({ program: program('walk.py'), python });
        assert.equal(await dap.ended(), 7);
        assert.equal(dap.client.outputOf('stdout'), 'grüße ☃ 𝄞 6\n');
        assert.equal(dap.client.outputOf('stderr'), 'to the error stream\n');
        dap.client.expectOrder('initialized', 'launch', 'process', 'exited', 'terminated');
        await dap.disconnect();
      }));

    it('stops, steps, evaluates and shows variables', () =>
      withSession(async (dap) => {
        const walk = program('walk.py');
        await dap.start({ program: walk, python, breakpoints: { first: true, second: true } });
        const first = await dap.stopped('breakpoint');
        assert.deepEqual([first.frames[0].name, first.frames[0].line], ['main', walk.line('first')]);

        await dap.client.request('stepIn', { threadId: first.threadId });
        const inside = await dap.stopped('step');
        assert.deepEqual([inside.frames[0].name, inside.frames[0].line], ['double', walk.line('inside')]);
        const frameId = inside.frames[0].id;
        const { result } = await dap.client.request('evaluate', {
          expression: 'number + 39',
          frameId,
          context: 'repl',
        });
        assert.equal(result, '42');
        const { scopes } = await dap.client.request('scopes', { frameId });
        const { variables } = await dap.client.request('variables', {
          variablesReference: scopes[0].variablesReference,
        });
        assert.deepEqual(
          variables.map(({ name, value }: { name: string; value: string }) => [name, value]),
          [['number', '3']],
        );
        assert.match(
          await dap.client.refused('evaluate', { expression: 'nowhere', frameId, context: 'repl' }),
          /NameError/,
        );

        await dap.client.request('continue', { threadId: first.threadId });
        const second = await dap.stopped('breakpoint');
        assert.equal(second.frames[0].line, walk.line('second'));
        await dap.client.request('continue', { threadId: first.threadId });
        assert.equal(await dap.ended(), 7);
        assert.equal(dap.client.outputOf('stderr'), 'to the error stream\n');
        await dap.disconnect();
      }));
  });
}

describe('debugging', () => {
  it('carries a mebibyte of output whole and in order', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('flood.py') });
      assert.equal(await dap.ended(), 0);
      const text = dap.client.outputOf('stdout');
      assert.ok(text.endsWith('the end'), text.slice(-100));
      const lines = text.split('\n').slice(0, -1);
      const expected = lines.map(
        (_, index) => `${String(index).padStart(7, '0')} ünïcödé ☃ 𝄞 \t\\ "quoted" {braces} \x1b[31mred\x1b[0m`,
      );
      assert.deepEqual(lines, expected);
      assert.ok(Buffer.byteLength(text) >= 1 << 20);
      await dap.disconnect();
    }));

  it('stops on entry when asked to', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('walk.py'), configuration: { stopOnEntry: true } });
      const { threadId, frames } = await dap.stopped('entry');
      assert.equal(frames[0].line, 1);
      await dap.client.request('continue', { threadId });
      assert.equal(await dap.ended(), 7);
      assert.equal(dap.client.outputOf('stderr'), 'to the error stream\n');
      await dap.disconnect();
    }));

  it('runs without debugging', () =>
    withSession(async (dap) => {
      await dap.start({ program: program('walk.py'), configuration: { noDebug: true } });
      assert.equal(await dap.ended(), 7);
      assert.equal(dap.client.outputOf('stdout'), 'grüße ☃ 𝄞 6\n');
      assert.equal(dap.client.outputOf('stderr'), 'to the error stream\n');
      await dap.disconnect();
    }));

  it('gives the program its arguments, folder and environment', () =>
    withSession(async (dap) => {
      const args = ['--name', 'two words', '*', 'ünïcödé', '"q"'];
      const env = { GREETING: 'grüße', REMOVED: null, PYTHONPATH: '/theirs' };
      await dap.start({ program: program('environment.py'), configuration: { args, env } });
      assert.equal(await dap.ended(), 0);
      const seen = JSON.parse(dap.client.outputOf('stdout'));
      assert.deepEqual(seen.argv, args);
      assert.equal(seen.cwd, realpathSync(dap.folder));
      assert.equal(seen.greeting, 'grüße');
      assert.equal(seen.removed, null);
      assert.ok(seen.path.includes('/theirs'), seen.path);
      await dap.disconnect();
    }));

  it('stops at exceptions by filter', () =>
    withSession(async (dap) => {
      const raises = program('raises.py');
      await dap.start({ program: raises, exceptionFilters: ['raised', 'uncaught'] });
      const handled = await dap.stopped('exception');
      assert.equal(handled.frames[0].line, raises.line('handled'));
      const info = await dap.client.request('exceptionInfo', { threadId: handled.threadId });
      assert.deepEqual([info.exceptionId, info.description], ['ValueError', 'handled']);
      await dap.client.request('continue', { threadId: handled.threadId });
      const uncaught = await dap.stopped('exception');
      assert.equal(uncaught.frames[0].line, raises.line('uncaught'));
      const { details } = await dap.client.request('exceptionInfo', { threadId: uncaught.threadId });
      assert.deepEqual(details.framewire.notes, ['token=••• was used']);
      const { scopes } = await dap.client.request('scopes', { frameId: uncaught.frames[0].id });
      const { variablesReference } = scopes.find(({ name }: { name: string }) => name === 'Exception');
      const { variables } = await dap.client.request('variables', { variablesReference });
      assert.equal(
        variables.find(({ name }: { name: string }) => name === 'notes').value,
        "['token=hush was used']",
        'a variable is shown as it is',
      );
      await dap.client.request('continue', { threadId: handled.threadId });
      await dap.stopped('exception');
      await dap.client.request('continue', { threadId: handled.threadId });
      assert.equal(await dap.ended(), 1);
      assert.match(dap.client.outputOf('stderr'), /KeyError: 'not handled'/);
      await dap.disconnect();
    }));

  it('answers requests of the debugger through the client, and then runs in its terminal', () =>
    withSession(async (dap) => {
      const terminal = dap.terminal();
      await dap.start({ program: program('walk.py'), configuration: { console: 'integratedTerminal' } });
      assert.equal(await dap.ended(), 7);
      const asked = await dap.client.reverseRequest('runInTerminal');
      assert.equal(asked.arguments.kind, 'integrated');
      assert.equal(await terminal.output(), 'grüße ☃ 𝄞 6\nto the error stream\n');
      await dap.disconnect();
    }));

  it("keeps the PYTHONPATH of a terminal's shell", () =>
    withSession(async (dap) => {
      const terminal = dap.terminal({ PYTHONPATH: '/theirs' });
      await dap.start({ program: program('environment.py'), configuration: { console: 'integratedTerminal' } });
      assert.equal(await dap.ended(), 0);
      const seen = JSON.parse(await terminal.output());
      assert.ok(seen.path.includes('/theirs'), seen.path);
      assert.ok(!seen.path.some((entry: string) => entry.includes('bootstrap')), seen.path);
      assert.match(seen.pythonpath, /bootstrap:\/theirs$/, 'for its children');
      await dap.disconnect();
    }));
});
