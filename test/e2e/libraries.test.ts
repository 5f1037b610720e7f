import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ReportExchange } from '../../src/export/reportTypes';
import { checkout } from '../support/checkout';
import { Recording, runProgram } from '../support/framewire';
import { answeringServer, closingServer, type Server, silentServer } from '../support/servers.mjs';

const python = process.env.FRAMEWIRE_TEST_ASYNC_PYTHON ?? 'python3';
const client = join(checkout, 'test/e2e/clients/get.py');

interface Case {
  readonly name: string;
  readonly start: () => Promise<Server>;
  readonly scheme?: 'https';
  readonly timeout?: number;
  readonly finding: string;
  readonly phase: string | null;
  /** What the exception that reached the program is called, in one library or another. */
  readonly raised: RegExp;
}

const TIMEOUT = /^(ReadTimeout|ConnectTimeout|SocketTimeoutError|ConnectionTimeoutError)$/;
const CASES: readonly Case[] = [
  {
    name: 'does not answer',
    start: silentServer,
    timeout: 1,
    finding: 'read-timed-out',
    phase: 'receive',
    raised: TIMEOUT,
  },
  {
    name: 'does not finish the TLS handshake',
    start: silentServer,
    scheme: 'https',
    timeout: 1,
    finding: 'handshake-cut-off',
    phase: 'tls',
    raised: TIMEOUT,
  },
  {
    name: 'closes without a reply',
    start: closingServer,
    finding: 'closed-before-reply',
    phase: 'receive',
    raised: /^(RemoteProtocolError|ServerDisconnectedError)$/,
  },
  {
    name: 'closes in the middle of the TLS handshake',
    start: closingServer,
    scheme: 'https',
    finding: 'handshake-cut-off',
    phase: 'tls',
    raised: /^(ConnectError|ClientConnectorError)$/,
  },
  {
    name: 'answers with something else than HTTP',
    start: () => answeringServer('SSH-2.0-OpenSSH_9.2\r\n'),
    finding: 'not-http',
    phase: null,
    raised: /^(RemoteProtocolError|ClientResponseError)$/,
  },
  {
    name: 'breaks the framing of its reply',
    start: () => answeringServer('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n'),
    finding: 'malformed-reply',
    phase: null,
    raised: /^(RemoteProtocolError|ClientResponseError|ClientPayloadError)$/,
  },
];

describe('what users of httpx and aiohttp meet', () => {
  for (const { name, start, scheme = 'http', timeout = 20, finding, phase, raised } of CASES) {
    for (const library of ['httpx', 'async-httpx', 'aiohttp']) {
      it(`a server that ${name}, with ${library}`, async () => {
        const server = await start();
        const args = [client, library, `${scheme}://127.0.0.1:${server.port}/x`, String(timeout)];
        const recording = await Recording.of([python, ...args]);
        try {
          const plain = await runProgram(python, args);
          assert.equal(recording.outcome.code, plain.code, 'exit code');
          assert.equal(lastLine(recording.outcome.stderr), lastLine(plain.stderr), 'the exception that is printed');
          const { findings, exchanges } = recording.report;
          const said = JSON.stringify({ findings: findings.map(({ title }) => title), exchanges }, null, 1);
          assert.ok(findings.length > 0, said);
          for (const one of findings) assert.equal(one.id, finding, said);
          // aiohttp tries an idempotent request once more by itself
          const last = exchanges.at(-1) as ReportExchange;
          if (phase !== null) assert.equal(last.error?.phase, phase, said);
          assert.match(last.error?.chain[0]?.type ?? '', raised, said);
        } finally {
          recording.dispose();
          await server.stop();
        }
      });
    }
  }
});

/** The last line of what the program itself wrote: the report comes after an empty line. */
function lastLine(stderr: string): string {
  const own = stderr.split(/\n\n [✗!✓x+]/)[0] ?? '';
  return own.trimEnd().split('\n').at(-1) ?? '';
}
