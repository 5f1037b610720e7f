import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/export/report';
import { framewire, Recording, runProgram } from '../support/framewire';
import { findAsciinema, ORIGINAL_SIZE, startOriginalCase } from '../support/originalCase.mjs';
import { bytesAcceptedOnPeer } from '../support/strace';

const RUNS = Number(process.env.FRAMEWIRE_TEST_RUNS ?? 30);

const KINDS = ['TLSv1.3', 'TLSv1.2', 'plain'] as const;
type Kind = (typeof KINDS)[number];

describe('the original case: asciinema uploads 12,444,283 bytes to nginx that refuses at 5 MB', () => {
  let server: Awaited<ReturnType<typeof startOriginalCase>>;
  let older: typeof server;
  const asciinema = findAsciinema() ?? 'asciinema';

  before(async () => {
    server = await startOriginalCase();
    older = await startOriginalCase({ protocol: 'TLSv1.2' });
    server.castPath();
  });
  after(() => Promise.all([server.stop(), older.stop()]));

  for (const kind of KINDS) {
    it(`recovers the 413 in every one of ${RUNS} runs over ${kind}`, async function () {
      this.timeout(RUNS * 10_000);
      for (let run = 1; run <= RUNS; run += 1) {
        const recording = await Recording.of([asciinema, 'upload', server.castPath()], {
          env: environment(kind),
        });
        try {
          assertOriginalCase(recording.report, kind);
          assert.equal(recording.outcome.code, 1, 'the exit code stays asciinema’s own');
          assert.match(recording.outcome.stderr, /upload failed: <urlopen error/);
        } catch (error) {
          throw new Error(`run ${run}: ${(error as Error).message}\n${JSON.stringify(recording.report.exchanges[0])}`);
        } finally {
          recording.dispose();
        }
      }
    });

    it(`counts the bytes that the kernel accepted as strace does, over ${kind}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'framewire-strace-'));
      try {
        const trace = join(folder, 'trace');
        const recording = await Recording.of(
          ['strace', '-f', '-xx', '-s', '0', '-e', 'trace=connect,sendto,write,close', '-o', trace].concat([
            asciinema,
            'upload',
            server.castPath(),
          ]),
          { env: environment(kind) },
        );
        try {
          const [exchange] = recording.report.exchanges;
          assert.ok(exchange);
          const port = Number(new URL(actor(kind).url).port);
          const traced = bytesAcceptedOnPeer(readFileSync(trace, 'utf8'), port);
          assert.equal(exchange.bytes.connection.accepted, traced);
          if (kind === 'plain') assert.equal(exchange.bytes.accepted, traced);
        } finally {
          recording.dispose();
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it(`finds nothing in a recording of 3,000,000 bytes that is accepted, over ${kind}`, async () => {
      const recording = await Recording.of([asciinema, 'upload', server.castPath(3_000_000)], {
        env: environment(kind),
      });
      try {
        const { exchanges, findings } = recording.report;
        assert.deepEqual(findings, []);
        assert.equal(exchanges.length, 1);
        const [exchange] = exchanges;
        assert.equal(exchange?.response?.status, 201);
        assert.equal(exchange?.response?.readByProgram, true);
        assert.equal(exchange?.error, null);
        const { handed, accepted, acknowledged } = exchange?.bytes ?? {};
        assert.equal(handed, (exchange?.request?.headBytes ?? 0) + (exchange?.request?.bodyAnnounced ?? 0));
        assert.deepEqual([accepted, acknowledged], [handed, handed]);
        assert.equal(recording.outcome.code, 0);
        assert.match(recording.outcome.stdout + recording.outcome.stderr, /https:\/\/localhost\/a\/335/);
      } finally {
        recording.dispose();
      }
    });
  }

  it('is explained in words on the terminal, with the program’s own output untouched', async () => {
    const env = server.environment(server.tlsUrl);
    const folder = mkdtempSync(join(tmpdir(), 'framewire-terminal-'));
    try {
      const plain = await runProgram(asciinema, ['upload', server.castPath()], { env });
      const recorded = await framewire(
        ['run', '--capture', join(folder, 'capture'), '--', asciinema, 'upload', server.castPath()],
        { env: { ...env, COLUMNS: '110' } },
      );
      assert.equal(recorded.stdout, plain.stdout);
      assert.ok(recorded.stderr.startsWith(plain.stderr), `the program’s messages come first:\n${recorded.stderr}`);
      const said = recorded.stderr.slice(plain.stderr.length);
      const port = new URL(server.tlsUrl).port;
      for (const needed of [
        /413 Request Entity Too Large/,
        /never read/,
        new RegExp(`127\\.0\\.0\\.1:${port}`),
        /nginx\/1\./,
        /TLS 1\.3/,
        /CN=localhost/,
        /12,444,474/,
        /demo\.cast/,
        /memory/,
        /upload\.py:\d+/,
        /http\/client\.py:\d+/,
        /asciinema 2\./,
        /SSLEOFError|BrokenPipeError|ConnectionResetError/,
      ]) {
        assert.match(said, needed);
      }
      const shown = await framewire(['show', join(folder, 'capture')], { env: { COLUMNS: '110' } });
      assert.equal(shown.code, 0);
      assert.match(shown.stdout, /413 Request Entity Too Large/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  function actor(kind: Kind): { server: typeof server; url: string } {
    const chosen = kind === 'TLSv1.2' ? older : server;
    return { server: chosen, url: kind === 'plain' ? chosen.plainUrl : chosen.tlsUrl };
  }

  function environment(kind: Kind): Record<string, string> {
    const { server, url } = actor(kind);
    return server.environment(url);
  }

  function assertOriginalCase(report: Report, kind: Kind): void {
    assert.equal(report.exitCode, 1);
    assert.equal(report.exchanges.length, 1);
    const [exchange] = report.exchanges;
    assert.ok(exchange);
    assert.equal(exchange.request?.method, 'POST');
    assert.match(exchange.request?.url ?? '', /\/api\/asciicasts$/);
    assert.equal(exchange.response?.status, 413);
    assert.equal(exchange.response?.readByProgram, false);
    assert.equal(exchange.peer?.address, '127.0.0.1');
    assert.equal(exchange.tls?.version ?? null, kind === 'plain' ? null : kind);

    // the body holds the whole recording and the form around it
    const announced = exchange.request?.bodyAnnounced ?? 0;
    assert.ok(announced > ORIGINAL_SIZE && announced < ORIGINAL_SIZE + 1000, `announced ${announced}`);
    const { handed, accepted, acknowledged } = exchange.bytes;
    assert.equal(handed, announced + (exchange.request?.headBytes ?? 0));
    assert.ok(accepted !== null && acknowledged !== null && handed !== null);
    assert.ok(acknowledged <= accepted && accepted < handed, `${handed} ▸ ${accepted} ▸ ${acknowledged}`);
    assert.ok(accepted > 0);

    const [finding, ...more] = report.findings;
    assert.deepEqual(more, []);
    assert.equal(finding?.side, 'server');
    assert.equal(finding?.exchange, exchange.id);
    assert.match(finding?.title ?? '', /refused/);
    assert.doesNotMatch(finding?.title ?? '', /broken pipe/i);
    assert.match(exchange.error?.type ?? '', /^(SSLEOFError|BrokenPipeError|ConnectionResetError|SSLError)$/);

    const frames = exchange.frames.map(({ file }) => file);
    const client = frames.findIndex((file) => file.endsWith('http/client.py'));
    const upload = frames.findIndex((file) => file.endsWith('asciinema/commands/upload.py'));
    assert.ok(client >= 0 && upload > client, `innermost first, from http/client.py out to upload.py: ${frames}`);
  }
});
