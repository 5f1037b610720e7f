import assert from 'node:assert/strict';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import type { Body } from './harness/client';
import { program } from './harness/programs';
import { type DebugSession, withSession } from './harness/session';
import {
  askedAbout,
  DEFAULTS,
  goOn,
  frameNames as names,
  setWireBreakpoints,
  TRACED,
  type WireSetup,
  wireStop,
} from './harness/wireStops';

const upload = program('upload.py');
const TOO_LARGE = 12_444_283;

describe('wire breakpoints at a refused upload', () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  before(async () => {
    refusing = await startRefusingServer();
  });
  after(() => refusing.stop());

  const start = (dap: DebugSession, of: typeof upload, args: string[], setup: WireSetup, { python }: Body = {}) =>
    dap.start({
      program: of,
      python,
      configuration: { args },
      beforeRunning: () => setWireBreakpoints(dap, setup),
    });
  const uploading = () => [`${refusing.plainUrl}/upload?token=hush`, String(TOO_LARGE)];

  assert.ok(TRACED.length > 0, 'there is an interpreter to debug with');
  for (const python of TRACED) {
    const { version } = python;
    it(`stop on Python ${version} where the upload fails and on the exception's way, with the library's frame on top`, () =>
      withSession(async (dap) => {
        await start(dap, upload, uploading(), DEFAULTS, { python });

        const first = await wireStop(dap);
        assert.equal(first.told.breakpoint, 'wire.failed');
        assert.equal(first.stopped.reason, 'exception');
        assert.deepEqual(names(first.frames, 3), ['send client.py', '_send_output client.py', 'endheaders client.py']);
        const own = first.frames.at(-2);
        assert.deepEqual([own.name, own.line], ['upload', upload.line('sends')]);
        assert.match(
          first.told.text,
          /^(BrokenPipeError: \[Errno 32\] Broken pipe|ConnectionResetError: \[Errno 104\] .*), after the server had already replied 413 Request Entity Too Large$/,
        );
        const { exchange } = first.told;
        assert.ok(exchange);
        assert.deepEqual(
          [exchange.method, exchange.path, exchange.status, exchange.readByProgram, exchange.announced],
          ['POST', '/upload', 413, false, TOO_LARGE],
        );
        assert.equal(exchange.lastWords?.outcome, 'recovered');
        assert.ok((exchange.handed ?? 0) > TOO_LARGE, 'the whole body was handed over');
        assert.ok((exchange.accepted ?? TOO_LARGE) < TOO_LARGE, 'the system took a part of it');
        const head = (exchange.handed ?? 0) - TOO_LARGE;
        assert.ok((exchange.acknowledged ?? 0) >= head, 'a server that has answered has had the head');
        assert.ok((exchange.acknowledged ?? TOO_LARGE) <= (exchange.accepted ?? 0));
        const { result } = await dap.client.request('evaluate', {
          expression: 'type(__exception__[1]).__name__',
          frameId: first.frames[0].id,
          context: 'watch',
        });
        assert.equal(result, `'${first.told.exception?.type}'`);
        assert.deepEqual(await askedAbout(dap, first.stopped.threadId), first.told);

        await goOn(dap, first.stopped.threadId);
        const second = await wireStop(dap);
        assert.deepEqual([second.told.breakpoint, second.told.kind], ['urllib.do_open', 'autoBreakpoint']);
        assert.deepEqual(names(second.frames, 2), ['do_open request.py', 'http_open request.py']);
        assert.equal(second.told.text, first.told.text);

        await goOn(dap, second.stopped.threadId);
        const third = await wireStop(dap);
        assert.equal(third.told.breakpoint, 'urllib.error');
        assert.deepEqual(names(third.frames, 2), ['do_open request.py', 'http_open request.py']);
        assert.deepEqual(
          third.told.exception?.chain.map(({ type, relation }) => [type, relation]),
          [
            ['URLError', undefined],
            [first.told.exception?.type, 'reason'],
          ],
        );

        await goOn(dap, third.stopped.threadId);
        assert.equal(await dap.ended(), 0);
        assert.match(dap.client.outputOf('stdout'), /^failed: <urlopen error \[Errno (32|104)\] .*>\n$/);
        dap.client.outputOf('important');
        await dap.disconnect();
      }));

    for (const command of ['next', 'stepOut']) {
      it(`let a "${command}" on Python ${version} end in the program, where the exception is handled`, () =>
        withSession(async (dap) => {
          await start(dap, upload, uploading(), { filters: [{ id: 'wire.failed' }] }, { python });
          const { stopped } = await wireStop(dap);
          await dap.client.request(command, { threadId: stopped.threadId });
          const { frames } = await dap.stopped('step');
          assert.deepEqual([frames[0].name, frames.length], ['<module>', 1]);
          await goOn(dap, stopped.threadId);
          assert.equal(await dap.ended(), 0);
          dap.client.outputOf('important');
          await dap.disconnect();
        }));
    }
  }

  for (const [condition, holds] of [
    ['method == "post" and path.startswith("/up") and status == 413', true],
    ['exception == ConnectionError and sent > 1KB and acked < sent and elapsed < 20s', true],
    ['host matches "local*" and port != 80 and exception in (OSError,)', true],
    ['status is None', false],
    ['status >= 500', false],
    ['exception == TimeoutError', false],
    [`sent > ${TOO_LARGE}`, false],
    ['not host == "localhost"', false],
  ] as const) {
    it(`${holds ? 'stop' : 'do not stop'} when ${condition}`, () =>
      withSession(async (dap) => {
        await start(dap, upload, uploading(), { filters: [{ id: 'wire.failed', condition }] });
        if (holds) await goOn(dap, (await wireStop(dap)).stopped.threadId);
        assert.equal(await dap.ended(), 0);
        dap.client.outputOf('important');
        await dap.disconnect();
      }));
  }
});
