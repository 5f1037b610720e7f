import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import type { AutoBreakpoint } from '../../src/messages/wireBreakpoints';
import { program } from './harness/programs';
import { withSession } from './harness/session';
import { goOn, setWireBreakpoints, wireStop } from './harness/wireStops';

const upload = program('async_upload.py');
const python = process.env.FRAMEWIRE_TEST_ASYNC_PYTHON ?? 'python3';
const SIZE = 12_000_000;

/** Where the exception of each client's passes, by the name of its automatic breakpoint, and what ends at the user. */
const CLIENTS = {
  aiohttp: { auto: 'aiohttp', top: 'connection_lost', ends: 'failed: ClientOSError\n' },
  httpx: { auto: 'httpx', top: 'handle_async_request', ends: 'failed: ReadError\n' },
} as const satisfies Record<string, { auto: AutoBreakpoint; top: string; ends: string }>;

describe("an asynchronous client's refused upload", () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  before(async () => {
    refusing = await startRefusingServer();
  });
  after(() => refusing.stop());

  for (const [client, { auto, top, ends }] of Object.entries(CLIENTS)) {
    for (const scheme of ['http', 'https']) {
      it(`stops in ${client} over ${scheme} where it fails, and where the exception passes, with the exchange`, () =>
        withSession(async (dap) => {
          const certificate = join(dap.folder, 'certificate.pem');
          writeFileSync(certificate, refusing.certificate);
          const url = `${scheme === 'https' ? refusing.tlsUrl : refusing.plainUrl}/upload?token=hush`;
          await dap.start({
            program: upload,
            python,
            configuration: { args: [client, url, String(SIZE)], env: { SSL_CERT_FILE: certificate } },
            beforeRunning: () => setWireBreakpoints(dap, { filters: [{ id: 'wire.failed' }], auto: [auto] }),
          });
          const reset =
            /^(BrokenPipeError: \[Errno 32\] .*|ConnectionResetError: \[Errno 104\] .*), after the server had already replied 413 Request Entity Too Large$/;
          const failed = await wireStop(dap);
          assert.equal(failed.told.breakpoint, 'wire.failed');
          assert.match(failed.told.text, reset);
          await goOn(dap, failed.stopped.threadId);
          const passing = await wireStop(dap);
          assert.deepEqual([passing.told.breakpoint, passing.frames[0].name], [auto, top]);
          for (const { told } of [failed, passing]) {
            const { exchange } = told;
            assert.ok(exchange, told.breakpoint);
            assert.deepEqual(
              [exchange.method, exchange.host, exchange.path, exchange.status, exchange.readByProgram],
              ['POST', 'localhost', '/upload', 413, false],
              told.breakpoint,
            );
            assert.equal(exchange.announced, SIZE);
            assert.equal(exchange.lastWords?.outcome, 'recovered');
            assert.ok((exchange.handed ?? 0) > SIZE, 'all that was handed over, as plaintext');
            assert.ok((exchange.accepted ?? SIZE) < SIZE, 'the system took a part of it');
            assert.ok((exchange.acknowledged ?? SIZE) <= (exchange.accepted ?? 0));
          }
          await goOn(dap, passing.stopped.threadId);
          assert.equal(await dap.ended(), 0);
          assert.equal(dap.client.outputOf('stdout'), ends);
          dap.client.outputOf('important');
          await dap.disconnect();
        }));
    }
  }
});
