import assert from 'node:assert/strict';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import type { Body } from './harness/client';
import { program } from './harness/programs';
import { withSession } from './harness/session';

type Asked = readonly [command: string, args?: Body];

/** What a client sends, in its own words and order, as seen with dape 0.27, Helix's client crate and vimspector, and read in Sublime Text's debugger. */
interface OtherClient {
  readonly initialize: Body;
  readonly launch: Body;
  /** The program's second argument, as the client sends what was typed. */
  readonly size?: number;
  /** Between `initialized` and the answer to `launch`. */
  readonly configure: readonly Asked[];
  /** While the program runs, and at each stop. */
  readonly threads: Asked;
  /** The pages in which it asks for the stack. */
  readonly pages: readonly Body[];
  readonly evaluate: Body;
  /** At `terminated`, or when the user says so. */
  readonly leave: Asked;
  /** Where it shows the report. */
  readonly report: string;
}

const TOO_LARGE = 12_444_283;
const ON_BY_DEFAULT = ['wire.failed', 'wire.errorStatusUnread', 'wire.errorPath', 'uncaught'];

const CLIENTS: Record<string, OtherClient> = {
  dape: {
    initialize: {
      clientID: 'dape',
      supportsRunInTerminalRequest: true,
      supportsArgsCanBeInterpretedByShell: true,
      supportsProgressReporting: true,
      supportsStartDebuggingRequest: true,
    },
    launch: { type: 'framewire', request: 'launch', console: 'integratedTerminal' },
    configure: [
      ['setExceptionBreakpoints', { filters: ON_BY_DEFAULT }],
      ['setFunctionBreakpoints', { breakpoints: [] }],
      ['configurationDone'],
    ],
    threads: ['threads'],
    pages: [
      { startFrame: 0, levels: 1 },
      { startFrame: 1, levels: 19 },
    ],
    evaluate: { context: 'repl' },
    leave: ['terminate'],
    report: 'console',
  },
  Helix: {
    initialize: {
      clientID: 'hx',
      clientName: 'helix',
      locale: 'en-us',
      supportsVariableType: true,
      supportsVariablePaging: false,
      supportsRunInTerminalRequest: true,
      supportsMemoryReferences: false,
      supportsProgressReporting: true,
      supportsInvalidatedEvent: false,
    },
    // neither type nor request, and no exception breakpoints
    launch: { console: 'internalConsole' },
    size: TOO_LARGE,
    configure: [['configurationDone', {}]],
    threads: ['threads', {}],
    pages: [{}],
    evaluate: {},
    leave: ['disconnect', { restart: false }],
    report: 'important',
  },
  vimspector: {
    initialize: {
      clientID: 'vimspector',
      clientName: 'vimspector',
      locale: 'en_GB',
      supportsVariableType: true,
      supportsVariablePaging: false,
      supportsRunInTerminalRequest: true,
      supportsMemoryReferences: true,
      supportsStartDebuggingRequest: true,
    },
    launch: { type: 'framewire', request: 'launch', name: 'test', console: 'integratedTerminal' },
    configure: [
      ['setFunctionBreakpoints', { breakpoints: [] }],
      ['setExceptionBreakpoints', { filters: ON_BY_DEFAULT, exceptionOptions: [] }],
      ['configurationDone'],
    ],
    threads: ['threads'],
    pages: [{}],
    evaluate: { context: 'repl' },
    leave: ['disconnect', {}],
    report: 'console',
  },
  'Sublime Text': {
    initialize: {
      clientID: 'sublime',
      clientName: 'Sublime Text',
      locale: 'en-us',
      supportsVariableType: true,
      supportsVariablePaging: false,
      supportsRunInTerminalRequest: true,
      supportsMemoryReferences: true,
      supportsInvalidatedEvent: true,
      supportsANSIStyling: true,
    },
    launch: { type: 'framewire', request: 'launch', name: 'test', console: 'integratedTerminal' },
    configure: [
      // the same filters in both lists
      [
        'setExceptionBreakpoints',
        {
          filters: ON_BY_DEFAULT,
          filterOptions: ON_BY_DEFAULT.map((filterId) => ({ filterId, condition: null })),
        },
      ],
      ['setFunctionBreakpoints', { breakpoints: [] }],
      ['configurationDone', {}],
    ],
    threads: ['threads', {}],
    pages: [{}],
    evaluate: { context: 'repl' },
    leave: ['terminate', { restart: false }],
    report: 'important',
  },
};

describe('another client than VS Code', () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  before(async () => {
    refusing = await startRefusingServer();
  });
  after(() => refusing.stop());

  for (const [name, its] of Object.entries(CLIENTS)) {
    it(`is stopped on the failing send and gets the report: ${name}`, () =>
      withSession(async (dap) => {
        const { client } = dap;
        dap.terminal();
        const common = { adapterID: 'framewire', pathFormat: 'path', linesStartAt1: true, columnsStartAt1: true };
        await client.request('initialize', { ...its.initialize, ...common });
        const args = [`${refusing.plainUrl}/upload`, its.size ?? String(TOO_LARGE)];
        const launched = client.request('launch', {
          ...its.launch,
          program: program('upload.py').path,
          cwd: dap.folder,
          args,
        });
        await client.event('initialized');
        for (const asked of its.configure) await client.request(...asked);
        await launched;
        dap.processId = (await client.event('process')).systemProcessId;

        for (const [top, spoken] of [
          ['send', /, after the server had already replied 413 Request Entity Too Large$/],
          ['do_open', /^(BrokenPipe|ConnectionReset)Error: /],
          ['do_open', /^URLError: /],
        ] as const) {
          const { threadId, reason, description } = await client.event('stopped');
          assert.equal(reason, 'exception');
          assert.match(description, spoken);
          const { threads } = await client.request(...its.threads);
          assert.ok(threads.some(({ id }: Body) => id === threadId));
          const stack: Body[] = [];
          for (const page of its.pages) {
            stack.push(...(await client.request('stackTrace', { threadId, ...page })).stackFrames);
          }
          assert.equal(stack[0].name, top);
          assert.deepEqual(
            stack.slice(-2).map((frame) => frame.name),
            ['upload', '<module>'],
            'the pages make the whole stack',
          );
          const frameId = stack[0].id;
          const { scopes } = await client.request('scopes', { frameId });
          assert.deepEqual(
            scopes.map((scope: Body) => scope.name),
            ['Locals', 'Globals', 'Exception', 'Wire'],
          );
          for (const { variablesReference } of scopes) {
            assert.ok((await client.request('variables', { variablesReference })).variables.length > 0);
          }
          const reply = await client.request('evaluate', { expression: '$reply.status', frameId, ...its.evaluate });
          assert.equal(reply.result, '413');
          await client.request('continue', { threadId });
        }
        assert.equal(await dap.ended(), 0);
        assert.match(client.outputOf(its.report), /413 Request Entity Too Large .*never read by the program/);
        await client.request(...its.leave);
      }));
  }
});
