import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRefusingServer } from '../../examples/refusing-server.mjs';
import { checkout } from '../support/checkout';
import { temporaryFolder } from '../support/folders';
import { Recording, runProgram } from '../support/framewire';

const python = process.env.FRAMEWIRE_TEST_ASYNC_PYTHON ?? 'python3';
const program = join(checkout, 'test/dap/programs/async_upload.py');
const SIZE = 12_000_000;
const folder = temporaryFolder();

/** Number of the line that the program marks as making the request. */
const line = (client: string) =>
  readFileSync(program, 'utf8')
    .split('\n')
    .findIndex((text) => text.endsWith(`# @${client}`)) + 1;

describe("an asynchronous client's refused upload, recorded", () => {
  let refusing: Awaited<ReturnType<typeof startRefusingServer>>;
  before(async () => {
    refusing = await startRefusingServer();
  });
  after(() => refusing.stop());

  for (const client of ['aiohttp', 'httpx']) {
    for (const scheme of ['http', 'https'] as const) {
      it(`names the server's refusal with ${client} over ${scheme}`, async () => {
        const certificate = join(folder(), 'certificate.pem');
        writeFileSync(certificate, refusing.certificate);
        const env = { SSL_CERT_FILE: certificate };
        const url = `${scheme === 'https' ? refusing.tlsUrl : refusing.plainUrl}/upload`;
        const args = [program, client, url, String(SIZE)];
        const plain = await runProgram(python, args, { env });
        const recording = await Recording.of([python, ...args], { env });
        try {
          const { report, outcome } = recording;
          assert.deepEqual([outcome.code, outcome.stdout], [plain.code, plain.stdout]);
          assert.match(plain.stdout, /^failed: (ClientOSError|ReadError)\n$/);
          const found = report.findings.map(({ id, side }) => [id, side]);
          assert.deepEqual(found, [['refused-early', 'server']], JSON.stringify(report.findings));
          const exchange = report.exchanges.find(({ id }) => id === report.findings[0]?.exchange);
          assert.ok(exchange);
          assert.deepEqual([exchange.response?.status, exchange.response?.readByProgram], [413, false]);
          assert.equal(exchange.lastWords?.outcome, 'recovered');
          const asked = exchange.frames[exchange.initiator];
          assert.deepEqual([asked?.file, asked?.line], [program, line(client)], JSON.stringify(exchange.frames));
          assert.match(exchange.error?.type ?? '', /^(BrokenPipeError|ConnectionResetError)$/);
          const { handed, accepted, acknowledged } = exchange.bytes;
          assert.ok(handed && accepted && accepted < SIZE && handed > 1 << 16);
          assert.ok(acknowledged !== null && acknowledged <= accepted, `${acknowledged} of ${accepted}`);
        } finally {
          recording.dispose();
        }
      });
    }
  }
});
