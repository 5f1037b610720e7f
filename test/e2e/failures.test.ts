import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { makeCertificate } from '../../examples/certificate.mjs';
import type { Report } from '../../src/export/report';
import { checkout } from '../support/checkout';
import { temporaryFolder } from '../support/folders';
import { Recording, runProgram } from '../support/framewire';
import {
  answeringServer,
  closedPort,
  closingServer,
  cuttingServer,
  silentServer,
  tlsServer,
} from '../support/servers.mjs';

const requestsPython = process.env.FRAMEWIRE_TEST_REQUESTS_PYTHON ?? 'python3';
const CLIENTS = {
  urllib: ['python3', join(checkout, 'test/e2e/clients/upload_urllib.py')],
  requests: [requestsPython, join(checkout, 'test/e2e/clients/upload_requests.py')],
} as const;

interface Case {
  readonly name: string;
  /** Starts what the client talks to. */
  start(): Promise<{ url: string; env?: Record<string, string>; stop?: () => Promise<void> }>;
  readonly size?: number;
  readonly timeout?: number;
  readonly finding: RegExp;
  readonly side: string;
  /** What the program may print where it is a race what it meets; else the same as without us. */
  readonly prints?: RegExp;
  check?(report: Report): void;
}

const DAY = 86_400_000;
const folder = temporaryFolder();

async function tlsWith(options: Parameters<typeof makeCertificate>[0], trust: boolean, settings: TlsOptions = {}) {
  const pair = await makeCertificate(options);
  const server = await tlsServer({ ...pair, ...settings });
  const path = join(folder(), `cert-${server.port}.pem`);
  writeFileSync(path, pair.cert);
  const env: Record<string, string> = trust ? { SSL_CERT_FILE: path, REQUESTS_CA_BUNDLE: path } : {};
  return { url: `https://localhost:${server.port}/upload`, env, stop: server.stop };
}

const CASES: readonly Case[] = [
  {
    name: 'nothing listens on the port',
    start: async () => ({ url: `http://127.0.0.1:${await closedPort()}/upload` }),
    finding: /refused/i,
    side: 'server',
    check: ({ exchanges: [exchange] }) => {
      assert.equal(exchange?.error?.type, 'ConnectionRefusedError');
      assert.equal(exchange?.error?.errno, 111);
      assert.equal(exchange?.peer?.address, '127.0.0.1');
    },
  },
  {
    name: 'the name does not exist',
    start: async () => ({ url: 'http://no-such-host.invalid/upload' }),
    finding: /no-such-host\.invalid/,
    side: 'dns',
    check: ({ exchanges: [exchange] }) => {
      assert.equal(exchange?.error?.type, 'gaierror');
      assert.equal(exchange?.peer, null);
      assert.equal(exchange?.bytes.handed, 0);
    },
  },
  {
    name: 'the certificate has expired',
    start: () => tlsWith({ notBefore: new Date(Date.now() - 3 * DAY), notAfter: new Date(Date.now() - DAY) }, true),
    finding: /expired/i,
    side: 'tls',
    check: ({ exchanges: [exchange] }) => assert.equal(exchange?.error?.type, 'SSLCertVerificationError'),
  },
  {
    name: 'the certificate is for another host',
    start: () => tlsWith({ names: ['elsewhere.example'] }, true),
    finding: /localhost/,
    side: 'tls',
    check: ({ exchanges: [exchange] }) => assert.equal(exchange?.error?.type, 'SSLCertVerificationError'),
  },
  {
    name: 'nobody vouches for the certificate',
    start: () => tlsWith({}, false),
    finding: /self-signed|trust/i,
    side: 'tls',
  },
  {
    name: 'TLS is spoken to a plain port',
    start: async () => {
      const server = await closingServer();
      return { url: `https://localhost:${server.port}/upload`, stop: server.stop };
    },
    finding: /TLS|handshake/i,
    side: 'tls',
  },
  {
    name: 'the proxy is not there',
    start: async () => {
      const proxy = `http://127.0.0.1:${await closedPort()}`;
      return {
        url: 'http://api.example/upload',
        env: { HTTP_PROXY: proxy, http_proxy: proxy, NO_PROXY: '', no_proxy: '' },
      };
    },
    finding: /^Nothing accepts connections at 127\.0\.0\.1:\d+:/,
    side: 'server',
    check: ({ exchanges: [exchange], findings: [finding] }) => {
      assert.equal(exchange?.host, '127.0.0.1');
      assert.equal(exchange?.port, exchange?.peer?.port);
      assert.match(finding?.summary ?? '', /asked for api\.example; .* proxy/);
    },
  },
  ...(['TLSv1.2', 'TLSv1.3'] as const).map((version) => ({
    name: `the server wants a client certificate over ${version}`,
    start: () => tlsWith({}, true, { requestCert: true, rejectUnauthorized: true, maxVersion: version }),
    finding: /asks for a client certificate/,
    side: 'tls',
    // over 1.3 the alert comes after the handshake: while the request is sent, or with the first read
    prints: /URLError|SSLError|ConnectionError|ConnectionResetError|BrokenPipeError/,
  })),
  {
    name: 'the server accepts and never answers',
    start: async () => {
      const server = await silentServer();
      return { url: `http://127.0.0.1:${server.port}/upload`, stop: server.stop };
    },
    timeout: 1,
    finding: /answer|timed out|timeout/i,
    side: 'server',
    check: ({ exchanges: [exchange] }) => {
      assert.equal(exchange?.response, null);
      assert.equal(exchange?.bytes.accepted, exchange?.bytes.handed);
      assert.match(exchange?.error?.type ?? '', /^(timeout|TimeoutError)$/);
    },
  },
  {
    name: 'the server sends Early Hints ahead of its reply',
    start: async () => {
      const final = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
      const server = await answeringServer(`HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n${final}`);
      return { url: `http://127.0.0.1:${server.port}/upload`, stop: server.stop };
    },
    finding: /^http\.client took 103 Early Hints for the reply of 127\.0\.0\.1/,
    side: 'client library',
    check: ({ exchanges: [exchange] }) => {
      assert.equal(exchange?.response?.status, 200);
      assert.equal(exchange?.error?.message ?? 'HTTP Error 103: Early Hints', 'HTTP Error 103: Early Hints');
    },
  },
  {
    name: 'the server cuts the connection mid-body without a word',
    start: async () => {
      const server = await cuttingServer(200_000);
      return { url: `http://127.0.0.1:${server.port}/upload`, stop: server.stop };
    },
    size: 40_000_000,
    finding: /without (a|any) (reply|word|answer)|before (a|any) (reply|answer)/i,
    side: 'server',
    check: ({ exchanges: [exchange] }) => {
      assert.equal(exchange?.response, null);
      const { handed, accepted, acknowledged } = exchange?.bytes ?? {};
      assert.ok(handed && accepted && acknowledged && handed > 40_000_000 && accepted < handed);
      assert.ok(acknowledged <= accepted);
    },
  },
];

describe('a bare upload that fails', () => {
  for (const { name, start, size = 1000, timeout = 20, finding, side, prints, check } of CASES) {
    for (const [library, command] of Object.entries(CLIENTS)) {
      it(`${name}, with ${library}`, async () => {
        const { url, env = {}, stop } = await start();
        const args = [...command.slice(1), url, String(size), String(timeout)];
        const recording = await Recording.of([command[0] as string, ...args], { env });
        try {
          const plain = await runProgram(command[0] as string, args, { env });
          const { report, outcome } = recording;
          assert.equal(outcome.code, plain.code, 'exit code');
          assert.equal(outcome.stdout, plain.stdout, 'standard output');
          if (prints) for (const one of [outcome, plain]) assert.match(lastLine(one.stderr), prints);
          else assert.equal(lastLine(outcome.stderr), lastLine(plain.stderr), 'the exception that the program prints');
          const titles = report.findings.map((found) => found.title);
          assert.equal(report.findings.length, 1, `one finding, not ${JSON.stringify(titles)}`);
          assert.match(titles[0] ?? '', finding);
          assert.equal(report.findings[0]?.side, side);
          assert.ok((report.findings[0]?.advice.length ?? 0) > 0, 'says what to do');
          check?.(report);
        } finally {
          recording.dispose();
          await stop?.();
        }
      });
    }
  }
});

/** The traceback's last line, without the parts that differ from run to run (ports are equal, addresses in memory are not). */
function lastLine(stderr: string): string {
  const own = stderr.split('\n').filter((line) => /^[\w.]+(Error|Exception|Timeout|timeout)\b/.test(line));
  return (own.at(-1) ?? '').replace(/0x[0-9a-f]+/g, '0x');
}
